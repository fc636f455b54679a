"""A circle that closes: from then on it rests, and after GRACE all of it is deleted, unless it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(days=7)  # for a change of mind, and for everybody to take theirs along (surface: close)


@dataclass(frozen=True, slots=True)
class Closing:
    """That a circle closes, and when it does."""

    since: datetime
    closes_at: datetime

    def covers(self, at: datetime) -> bool:
        """Whether it was on at this instant. It has no end but being taken back, or the circle's own."""
        return self.since <= at

    def over(self, now: datetime) -> bool:
        """Whether the time for a change of mind is over: what is promised to be deleted, is."""
        return self.closes_at <= now


def begun(now: datetime) -> Closing:
    """One that begins now."""
    return Closing(now, now + GRACE)
