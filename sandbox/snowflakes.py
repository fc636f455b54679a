"""Ids as Discord makes them: strictly rising, with the time in them."""

import time

EPOCH_MS = 1_420_070_400_000  # 2015-01-01 (docs: Reference, Snowflakes)


class Snowflakes:
    """Makes ids; each is greater than all before it, and than `after`."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """A fresh id."""
        made = (time.time_ns() // 1_000_000 - EPOCH_MS) << 22
        self._last = max(made, self._last + 1)
        return str(self._last)

    def seen(self, id_: str) -> None:
        """An id that exists already, from an earlier run."""
        self._last = max(self._last, int(id_))


def made_at_ms(id_: str | int) -> int:
    """When an id was made, in milliseconds of the Unix epoch."""
    return (int(id_) >> 22) + EPOCH_MS
