"""Walking alongside: two members who named each other see what the other shows, kept and rest days alone.

Nothing is sent to who is named, and nobody learns that they were, until both have named each other.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.accounts import Account
from bot.domain.commitments import KEEPS, Commitment, Log, Mark
from bot.domain.ids import CommitmentId, MemberId

SHOWN_BACK = 14  # days that the other sees, today among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Whom a member named, and what stands between the two."""

    member: MemberId
    named: Account = field(repr=False)
    shows: tuple[CommitmentId, ...] = ()  # of the member's own: what the other sees
    sent_on: date | None = None  # the last day on which the member sent a word
    word: str = ""  # the last one that reached the member, by the id of its text
    word_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One commitment as the other sees it; what did not go well is no part of it."""

    text: str = field(repr=False)
    kept: tuple[date, ...] = field(repr=False)
    rested: tuple[date, ...] = field(repr=False)


def seen(commitment: Commitment, log: Log, today: date) -> Seen:
    """The last SHOWN_BACK days up to the member's own `today`: kept and rest, oldest first."""
    days = [today - timedelta(days=n) for n in reversed(range(SHOWN_BACK))]
    paused = {day for day in days for rest in commitment.rests if rest.holds(day)}
    return Seen(
        text=commitment.words.text,
        kept=tuple(day for day in days if log.get(day) in KEEPS),
        rested=tuple(day for day in days if log.get(day) is Mark.REST or (day in paused and day not in log)),
    )
