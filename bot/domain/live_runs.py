"""A run as it stands on somebody's screen: where its card is, and when something is to be done with it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.grounding import Run, ends_at
from bot.domain.ids import RunId
from bot.domain.languages import Language

TOKEN_GOOD = timedelta(minutes=14, seconds=30)  # Discord: 15 minutes from each tap
LEASE = timedelta(seconds=6)  # in which one process brings a step onto the screen, or another tries again
SPREAD = timedelta(milliseconds=100)  # over which those who tap together are spread
GOLDEN = 0.6180339887  # its multiples fill an interval evenly, however many there are (Knuth, TAOCP 3, 6.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the card stands. `token` lets us change it for a while after each tap."""

    token: str = field(repr=False)
    got_at: datetime
    language: Language = Language.EN  # of whoever tapped
    channel: str | None = field(default=None, repr=False)  # of direct messages; None: seen by them alone
    message: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRun:
    """A run that goes on; nobody is named by it."""

    id: RunId
    run: Run
    next_at: datetime  # when something is to be done
    place: Place | None = None  # known from the first tap on
    turn: int = 0  # counts its changes, so that a late hand sees that it is late
    pending: bool = False  # its step is on the way to the screen, and not known to be there


def changed(live: LiveRun, run: Run, place: Place | None = None) -> LiveRun:
    """After a tap, which brings the card with it."""
    return replace(
        live,
        run=run,
        place=place or live.place,
        next_at=_next(run),
        turn=live.turn + 1,
        pending=False,
    )


def taken(live: LiveRun, run: Run, now: datetime) -> LiveRun:
    """In the hands of a process that brings it onto the screen."""
    return replace(live, run=run, next_at=now + LEASE, turn=live.turn + 1, pending=True)


def again(live: LiveRun, at: datetime) -> LiveRun:
    """To be brought onto the screen then, as it could not be before."""
    return replace(live, next_at=at, pending=True)


def is_over(live: LiveRun, now: datetime) -> bool:
    """Nobody has tapped for long."""
    return now >= ends_at(live.run)


def by_token(place: Place, now: datetime) -> bool:
    """Whether the token of the last tap still lets us change the card."""
    return now - place.got_at < TOKEN_GOOD


def spread(id_: RunId) -> timedelta:
    """This run's own part of SPREAD."""
    return SPREAD * ((id_ * GOLDEN) % 1)


def _next(run: Run) -> datetime:
    end = ends_at(run)
    return end if run.due is None else min(run.due, end)
