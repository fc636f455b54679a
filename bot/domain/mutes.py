"""A member's own quiet: until then nothing is sent to them by itself, and their posting may rest too."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.channel_errors import BadEnd
from bot.domain.errors import BadDate, BadTime
from bot.domain.ids import MemberId
from bot.domain.schedules import due_at, parse_date, parse_time

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=28)  # a timeout is no longer on Discord (docs: Modify Guild Member)
SAME = timedelta(seconds=2)  # a platform may cut an instant to whole seconds

_SPAN = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_WORDS = {"today": 0, "tomorrow": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """One member's, in one circle."""

    member: MemberId
    until: datetime
    posting: datetime | None = field(default=None)  # until when the platform keeps them from posting, by us

    def holds(self, now: datetime) -> bool:
        """Whether it is still on."""
        return now < self.until


def parse_until(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Until when, in whole seconds, from what was typed. Raises BadEnd.

    `18:30` is today or tomorrow, `2h` and `3d` count from now, a date (`2026-03-05`, `tomorrow`) is its
    beginning or, with a time after it, that time of it; days and times are the zone's.
    """
    words = " ".join(text.lower().split())
    span = _SPAN.fullmatch(words)
    if span is not None:
        at = now + int(span[1]) * _UNITS[span[2][0].lower()]
    else:
        at = _local(text, words, zone, now)
    return checked_until(at.replace(microsecond=0), now, text)


def checked_until(at: datetime, now: datetime, given: str = "") -> datetime:
    """The instant, if a quiet may end then. Raises BadEnd."""
    if not SHORTEST <= at - now <= LONGEST:
        raise BadEnd(given, LONGEST.days, read=True)
    return at


def same_instant(one: datetime | None, other: datetime | None) -> bool:
    """Whether what the platform holds is what we set."""
    return one is not None and other is not None and abs(one - other) <= SAME


def read_instant(seconds: int) -> datetime | None:
    """From seconds since 1970, as a button carries them; None for what is no instant."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _local(text: str, words: str, zone: ZoneInfo, now: datetime) -> datetime:
    day, at = _split(text, words, now.astimezone(zone).date())
    if day is None:
        assert at is not None  # noqa: S101 - _split gives one of the two
        today = now.astimezone(zone).date()
        first = due_at(today, at, zone)
        return first if first > now else due_at(today + timedelta(days=1), at, zone)
    return due_at(day, at or time(0, 0), zone)


def _split(text: str, words: str, today: date) -> tuple[date | None, time | None]:
    """A day, a time of day, or both."""
    first, _, rest = words.partition(" ")
    try:
        if first in _WORDS:
            day = today + timedelta(days=_WORDS[first])
            return day, parse_time(rest) if rest else None
        if ":" in first:
            return None, parse_time(words)
        return parse_date(first), parse_time(rest) if rest else None
    except (BadDate, BadTime):
        raise BadEnd(text, LONGEST.days) from None
