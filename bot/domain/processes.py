"""Several processes over one database: each says that it lives, and holds what it takes while it is seen.

Of what the platform lets all of them ask together each has its part, written down: no two count on the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import ProcessId

BEAT = timedelta(seconds=2)  # how often each says that it lives
SOON = timedelta(milliseconds=500)  # the same, while its part is smaller than it is to be
GONE_AFTER = timedelta(seconds=20)  # who was not seen for so long is gone, and what they held is free


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One that lives. `seat` is what it alone serves: a second one on it comes in the first one's place."""

    id: ProcessId
    seat: str
    since: datetime
    seen_at: datetime
    pace: int  # requests in any second that it counts on


def part_of(whole: int, most: int, others: Iterable[Process]) -> tuple[int, bool]:
    """Requests a second for one more beside these, and whether that is its full part of the whole.

    Of `whole` each has the same part; `most` is never overdrawn. So who comes new has what the others leave
    until they have made room.
    """
    paces = [each.pace for each in others]
    fair = max(1, whole // (len(paces) + 1))
    pace = max(0, min(fair, most - sum(paces)))
    return pace, pace == fair


def is_first(mine: Process, others: Iterable[Process]) -> bool:
    """Whether this one is to do what one alone does: the one that has lived longest."""
    return all((mine.since, mine.id) < (each.since, each.id) for each in others)
