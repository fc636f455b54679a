"""Facilitators read what members marked for them, one answer at a time, and nothing else.

Each look is written into the member's access log, and that is durable, before the answer is shown.
Export: the access log is the member's to read and export. Forgetting: it goes with the member's key; a
facilitator who deletes their own data is no longer named in it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.check_ins import Audience, CheckIn
from bot.domain.circles import Circle, local_date
from bot.domain.ids import CircleId
from bot.domain.looks import Look, Seen
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.services.access import facilitated
from storage import Storage
from storage.transaction import Reading, Transaction

READABLE = timedelta(days=30)  # after which an answer is the member's alone again
ONE_WORD = timedelta(hours=1)  # in which facilitators are told once that something was marked
KIND = "marked"


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One answer, and whose it is; `place` of `count`, the newest first."""

    check_in: CheckIn
    account: Account = field(repr=False)
    place: int
    count: int


class Marked:
    """Asks anew at each look what may be seen now."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def read(self, actor: Actor, circle_id: CircleId, place: int = 0) -> MarkedAnswer | None:
        """The place-th newest (the last where there are fewer), its look written first; None for none.

        Raises NoCircle, NotFacilitator.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            marked = await _marked(tx, circle, now)
            if not marked:
                return None
            place = min(place, len(marked) - 1)
            member, check_in = marked[place]
            look = Look(at=now, seen=Seen.ANSWER, about=check_in.date, viewer=actor.account)
            await tx.looks.note(member.id, look)
            account = await tx.members.account(member.id)
            await tx.commit()
        return MarkedAnswer(check_in, account, place, len(marked))


async def tell_of_mark(
    tx: Transaction, member: Member, before: CheckIn | None, check_in: CheckIn, now: datetime
) -> None:
    """Tells the facilitators that something was marked, naming nobody; once an hour and circle."""
    fresh = before is None or before.answer.audience is not Audience.FACILITATORS
    if not (fresh and check_in.answer.audience is Audience.FACILITATORS and _may(member)):
        return
    if not await tx.outbox.written_since(member.circle, KIND, now - ONE_WORD):
        await tx.outbox.add(member.circle, Recipient.FACILITATORS, KIND, {}, now)


async def _marked(tx: Reading, circle: Circle, now: datetime) -> list[tuple[Member, CheckIn]]:
    today = local_date(circle, now)
    found = [
        (member, check_in)
        for member in await tx.members.here(circle.id)
        if _may(member)
        for check_in in await tx.check_ins.between(member.id, today - READABLE, today)
        if check_in.answer.audience is Audience.FACILITATORS
    ]
    return sorted(found, key=lambda one: one[1].changed_at or one[1].answered_at, reverse=True)


def _may(member: Member) -> bool:
    return consented(member, Scope.FACILITATORS) and consented(member, Scope.CHECK_INS)
