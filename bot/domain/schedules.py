"""Recurring posts: a kind, a local time, weekdays; and when they are due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.ids import CircleId, ScheduleId

MAX_LATENESS = timedelta(hours=2)  # a later post is not sent but recorded as missed


class Kind(StrEnum):
    """What a schedule posts."""

    CHECK_IN = "check-in"
    BOUNDARY = "boundary"
    THEME = "theme"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class Due:
    """The next post of a schedule: the local date is its key, the instant (UTC) is when."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring post in the circle's zone. `days` holds ISO weekdays, 1 (Monday) to 7."""

    id: ScheduleId
    circle: CircleId
    kind: Kind
    time: time
    days: frozenset[int]
    added_at: datetime
    next: Due | None
