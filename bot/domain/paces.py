"""A channel's pace: how long each waits between two messages, for good or for a while."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.channel_errors import BadSpan
from bot.domain.ids import CircleId

PACES = {  # seconds, as facilitators choose them; Discord takes up to six hours (docs: Channel)
    0: "off",
    10: "10 seconds",
    30: "30 seconds",
    60: "1 minute",
    300: "5 minutes",
    900: "15 minutes",
    3600: "1 hour",
}
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=7)
_SPAN = re.compile(r"(\d{1,4})\s*(m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowed:
    """A pace that ends by itself."""

    circle: CircleId
    seconds: int
    before: int  # the pace to which it goes back
    ends_at: datetime
    noted: bool  # the channel was told of it


def parse_span(text: str) -> timedelta:
    """From `30m`, `2h` or `1d`. Raises BadSpan, also for what is longer than LONGEST."""
    found = _SPAN.fullmatch(" ".join(text.split()))
    span = int(found[1]) * _UNITS[found[2][0].lower()] if found else timedelta(0)
    if not SHORTEST <= span <= LONGEST:
        raise BadSpan(text)
    return span
