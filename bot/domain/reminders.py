"""A member's own reminder of the day's check-in: at their time, in their zone, as strong as they chose."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId


class Strength(StrEnum):
    """How much of a nudge; each comes only to who has not answered."""

    QUIET = "quiet"  # one message, without a sound
    PLAIN = "plain"  # one message
    TWICE = "twice"  # and one more, two hours later


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What the member asked for; `next_at` is the next instant to look whether it is needed."""

    member: MemberId
    at: time = field(repr=False)  # local to zone
    zone: ZoneInfo = field(repr=False)
    strength: Strength = Strength.QUIET
    next_at: datetime | None = None
    again: bool = False  # the next one is the day's second
