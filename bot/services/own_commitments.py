"""A member's own commitments, as all services of theirs find, check and show them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.commitments import Commitment, Log, rests_left
from bot.domain.ids import CommitmentId
from bot.domain.members import Scope
from bot.domain.practice_errors import CommitmentEnded, NoSuchCommitment
from bot.domain.streaks import Streak, review_due, streak
from bot.services.access import consenting
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentShown:
    """One commitment as its member sees it today."""

    circle: Circle
    commitment: Commitment
    log: Log = field(repr=False)
    streak: Streak
    today: date
    rests_left: int

    @property
    def review_due(self) -> bool:
        """Whether to ask now if it still fits."""
        return review_due(self.commitment, self.streak, self.today)


async def own(tx: Reading, actor: Actor, id_: CommitmentId) -> Commitment:
    """One of the actor's, live or not. Raises NoSuchCommitment, also for anyone else's."""
    it = await tx.commitments.get(id_)
    member = await tx.members.get(it.member)
    mine = None if member is None else await tx.members.find(member.circle, actor.account)
    if mine is None or mine.id != it.member or not mine.active:
        raise NoSuchCommitment
    return it


async def circle_of(tx: Reading, it: Commitment) -> Circle:
    """The circle that it is kept in."""
    member = await tx.members.get(it.member)
    if member is None:
        raise NoSuchCommitment
    return await tx.circles.get(member.circle)


async def changeable(tx: Reading, actor: Actor, id_: CommitmentId) -> Commitment:
    """One of the actor's that is live. Raises NoSuchCommitment, ConsentNeeded, CommitmentEnded."""
    it = await own(tx, actor, id_)
    await consenting(tx, actor, (await circle_of(tx, it)).id, Scope.STREAKS)
    return still_live(it)


def still_live(it: Commitment) -> Commitment:
    """Raises CommitmentEnded where it was let go."""
    if not it.live:
        raise CommitmentEnded
    return it


async def shown_now(tx: Reading, it: Commitment, now: datetime) -> CommitmentShown:
    """As its member sees it."""
    return as_shown(await circle_of(tx, it), it, await tx.commitments.log(it), now)


def as_shown(circle: Circle, it: Commitment, log: Log, now: datetime) -> CommitmentShown:
    """The same from what was read already."""
    today = it.day(now)
    return CommitmentShown(
        circle=circle,
        commitment=it,
        log=log,
        streak=streak(it, log, today),
        today=today,
        rests_left=rests_left(it, log, today),
    )
