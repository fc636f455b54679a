"""Ids as Discord makes them: strictly rising, with the time in them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)  # docs: Reference, Snowflakes
MILLISECOND = timedelta(milliseconds=1)

Now = Callable[[], datetime]  # the present, aware


def machine_time() -> datetime:
    """The machine's own present, aware, in UTC."""
    return datetime.now(UTC)


class Snowflakes:
    """Makes ids; each is greater than all before it, wherever the clock `now` stands by then."""

    def __init__(self, now: Now = machine_time) -> None:
        self.now = now
        self._last = 0

    def next(self) -> str:
        """A fresh id."""
        made = ((self.now() - EPOCH) // MILLISECOND) << 22
        self._last = max(made, self._last + 1)
        return str(self._last)

    def seen(self, id_: str) -> None:
        """An id that exists already, from an earlier run."""
        self._last = max(self._last, int(id_))


def made_at(id_: str | int) -> datetime:
    """When an id was made, aware, in UTC, to the millisecond."""
    return EPOCH + (int(id_) >> 22) * MILLISECOND


def iso(moment: datetime) -> str:
    """A timestamp as Discord writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
