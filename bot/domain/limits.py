"""How often one person may have what costs much: a few at once, then one after another. Help is not counted.

The generic cell rate algorithm (ITU-T I.371): one instant for each person says it all, and passes by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.errors import TrellisError


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once; one more comes back after each `every`."""

    at_once: int
    every: timedelta


class Costly(Enum):
    """What costs a machine or a facilitator much, and what anyone may have of it: far above ordinary use."""

    PICTURE = Allowance(12, timedelta(seconds=10))  # 0.2 s of a processor each, one at a time for everyone
    EXPORT = Allowance(4, timedelta(minutes=5))  # reads and unseals all that there is
    IMPORT = Allowance(12, timedelta(seconds=30))  # people mend a file and bring it again
    OFFER = Allowance(8, timedelta(minutes=10))  # each waits for a facilitator to read it


class TooOften(TrellisError):
    """More than anyone may have at once; goes again at `again`."""

    def __init__(self, again: datetime) -> None:
        super().__init__(again)
        self.again = again


def taken(full_at: datetime | None, allowance: Allowance, now: datetime) -> datetime:
    """When all of it will be back after one more; None: nothing was taken yet. Raises TooOften."""
    full_at = max(full_at or now, now)
    again = full_at - allowance.every * (allowance.at_once - 1)
    if again > now:
        raise TooOften(again)
    return full_at + allowance.every
