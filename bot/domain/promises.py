"""The promise log: what was promised in a span of time and what became of it, folded from the occurrences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.occurrences import Occurrence, Reason, State
from bot.domain.schedules import Kind

ON_TIME = timedelta(minutes=5)  # a post sent later than this after its due instant counts as late


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A post that did not go as promised: missed or held with its reason, or (`state` SENT) sent late."""

    due: datetime
    kind: Kind
    state: State
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLog:
    """Counts over a span. `promised` is sent and missed; held ones were called off by somebody: apart."""

    since: datetime
    until: datetime
    sent: int
    late: int  # of those sent
    missed: int
    held: int
    waiting: int  # claimed and not yet known to be sent
    exceptions: tuple[Exceptional, ...]  # oldest first

    @property
    def promised(self) -> int:
        """How many posts there was a promise for that is settled by now."""
        return self.sent + self.missed


def promise_log(occurrences: Iterable[Occurrence], *, since: datetime, until: datetime) -> PromiseLog:
    """Folds the occurrences due from `since` up to `until`, in any order.

    Posts by hand are left out: nobody was promised them beforehand.
    """
    counted = sorted(
        (one for one in occurrences if one.schedule is not None and since <= one.due <= until),
        key=lambda one: (one.due, one.id),
    )
    states = [one.state for one in counted]
    return PromiseLog(
        since=since,
        until=until,
        sent=states.count(State.SENT),
        late=sum(map(sent_late, counted)),
        missed=states.count(State.MISSED),
        held=states.count(State.HELD),
        waiting=states.count(State.CLAIMED),
        exceptions=tuple(
            Exceptional(one.due, one.kind, one.state, one.reason)
            for one in counted
            if one.state in (State.MISSED, State.HELD) or sent_late(one)
        ),
    )


def sent_late(occurrence: Occurrence) -> bool:
    """Whether it was sent, but more than ON_TIME after it was due."""
    sent = occurrence.sent_at
    return occurrence.state is State.SENT and sent is not None and sent - occurrence.due > ON_TIME
