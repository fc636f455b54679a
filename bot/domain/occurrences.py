"""One due post: promised, claimed, then sent or explained."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.circles import Circle, paused_at
from bot.domain.ids import CircleId, OccurrenceId, PromptId, ScheduleId
from bot.domain.schedules import Due, Kind, Schedule, is_late


class State(StrEnum):
    """Where a due post stands."""

    CLAIMED = "claimed"  # a process took it; not yet known to be sent
    SENT = "sent"
    MISSED = "missed"  # a fault: lateness, permissions, a channel gone
    HELD = "held"  # by somebody's choice: skipped, paused


class Reason(StrEnum):
    """Why a promised post was not sent."""

    LATE = "late"  # Trellis was away for longer than MAX_LATENESS
    PAUSED = "paused"
    SKIPPED = "skipped"
    NOT_PERMITTED = "not-permitted"
    CHANNEL_GONE = "channel-gone"
    UNREACHABLE = "unreachable"  # Discord did not take it within MAX_LATENESS
    NOTHING_PLANNED = "nothing-planned"
    NO_THEME = "no-theme"  # the plan has nothing (more) of that kind for that week
    HOLIDAY = "holiday"
    REJECTED = "rejected"  # the platform refused the post as it is: our fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One due post of one schedule on one local date; `schedule` is None where it was posted by hand."""

    id: OccurrenceId
    circle: CircleId
    schedule: ScheduleId | None
    kind: Kind
    date: date
    due: datetime
    prompt: PromptId | None
    state: State
    claimed_at: datetime
    sent_at: datetime | None = None
    message: str | None = field(default=None, repr=False)  # the platform's message id, once sent
    reason: Reason | None = None

    @property
    def nonce(self) -> str:
        """Our own nonce, the same at each try (25 characters at most: Discord)."""
        return f"trellis-o{self.id}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be written for a due post: claimed (so it is sent), or held or missed with its reason."""

    state: State
    reason: Reason | None = None

    @property
    def send(self) -> bool:
        """Whether the post goes out."""
        return self.state is State.CLAIMED


def verdict(
    circle: Circle, schedule: Schedule, due: Due, now: datetime, skips: Collection[date] = ()
) -> Verdict:
    """What becomes of a due post at `now`. Somebody's choice made for its time goes before our own lateness.

    A pause that began after a post was overdue does not excuse it: that one is missed.
    """
    if due.date in skips:
        return Verdict(State.HELD, Reason.SKIPPED)
    if _rests(circle, schedule, due.at):
        return Verdict(State.HELD, Reason.PAUSED)
    if is_late(due, now):
        return Verdict(State.MISSED, Reason.LATE)
    if _rests(circle, schedule, now):
        return Verdict(State.HELD, Reason.PAUSED)
    return Verdict(State.CLAIMED)


def _rests(circle: Circle, schedule: Schedule, at: datetime) -> bool:
    own = schedule.pause
    return paused_at(circle, at) or (own is not None and own.covers(at))
