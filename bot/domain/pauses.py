"""A rest with a beginning, of a whole circle or of one of its schedules."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is posted from `since` on; `until` is None for an open end."""

    since: datetime
    until: datetime | None

    def covers(self, at: datetime) -> bool:
        """Whether it is on at this instant; one whose `until` has passed is over."""
        return self.since <= at and (self.until is None or at < self.until)
