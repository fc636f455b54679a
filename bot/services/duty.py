"""Facilitators go on duty and off it; whoever asks for a person is told truly whether anybody is.

Export: what a person did as a facilitator stands in the audit list. Forgetting: their turns go when they have
everything deleted, or 30 days after they were last on duty.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.domain import duty as rules
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle
from bot.domain.duty import Duty as Turn
from bot.domain.ids import CircleId, DutyId
from bot.domain.outbox import Recipient
from bot.services import _answering
from bot.services._audit import noted
from bot.services._roles import end_lost, who_facilitate
from bot.services._watching import look
from bot.services.access import facilitated
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

BATCH = 20  # circles in one transaction


async def anyone_on_duty(tx: Reading, circle: Circle, now: datetime) -> bool:
    """Whether a facilitator of the circle is on duty at this instant."""
    return bool(await now_on_duty(tx, circle.id, now))


async def now_on_duty(tx: Reading, circle: CircleId, now: datetime) -> list[Turn]:
    """Who is, the longest first."""
    return rules.on_duty(await tx.duty.of_circle(circle), now)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStanding:
    """Who is on duty in a circle, for its facilitators."""

    circle: Circle
    on: tuple[Turn, ...] = field(repr=False)
    callable: int  # how many more can be asked, as they were on duty lately
    mine: Turn | None = field(repr=False)  # the actor's, where they are on duty
    alerts: int  # that are not closed


class Duty:
    """By each facilitator for themself."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger

    async def on_duty(self, circle_id: CircleId) -> list[Turn]:
        """Who is on duty now; for whoever may know it."""
        async with self._storage.read() as tx:
            return await now_on_duty(tx, circle_id, self._clock.now())

    async def of(self, actor: Actor, circle_id: CircleId) -> DutyStanding:
        """Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            return await self._standing(tx, actor, await facilitated(tx, actor, circle_id))

    async def begin(self, actor: Actor, circle_id: CircleId, until: str | None = None) -> DutyStanding:
        """The actor is on duty, until a time as it is typed or until they end it.

        Raises NoCircle, NotFacilitator, BadUntil.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            end = rules.until(until, circle.settings.zone, now) if until else None
            await self._begin(tx, actor, circle, end, now)
            standing = await self._standing(tx, actor, circle)
            await tx.commit()
        return standing

    async def end(self, actor: Actor, circle_id: CircleId) -> DutyStanding:
        """The actor is off duty; fine where they were. Raises NoCircle, NotFacilitator."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            mine = await tx.duty.find(circle_id, actor.account)
            if mine is not None and mine.on(now):
                await self._end(tx, actor, mine, now)
            standing = await self._standing(tx, actor, circle)
            await tx.commit()
        return standing

    async def take(self, actor: Actor, id_: DutyId, circle_id: CircleId) -> DutyStanding:
        """The actor takes a colleague's turn: on duty as long as that runs, and the colleague off it.

        Raises NoCircle, NotFacilitator.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            theirs = await tx.duty.get(id_)
            swapped = theirs is not None and theirs.circle == circle_id and theirs.on(now)
            end = theirs.until if theirs is not None and swapped else None
            await self._begin(tx, actor, circle, end, now)
            if theirs is not None and swapped and theirs.account != actor.account:
                await tx.duty.put(rules.off(theirs, now))
                await look(tx, circle_id, now)
            standing = await self._standing(tx, actor, circle)
            await tx.commit()
        return standing

    async def ask_to_talk(self, actor: Actor, circle_id: CircleId) -> None:
        """Tells the actor's colleagues that they would like to talk. Raises NoCircle, NotFacilitator."""
        await self._write(actor, circle_id, _answering.TALK)

    async def ask_to_swap(self, actor: Actor, circle_id: CircleId) -> None:
        """Asks the actor's colleagues to take over. Raises NoCircle, NotFacilitator."""
        await self._write(actor, circle_id, _answering.SWAP)

    async def tick(self) -> None:
        """Says what is to be said of who is on duty and who is not."""
        more = True
        while more:
            now = self._clock.now()
            async with self._storage.read() as tx:
                first = await tx.duty.next_at()
            more = first is not None and first <= now and await self._looked(now)

    async def check_roles(self) -> None:
        """Who lost the role is on duty no more: members are told that somebody is, and it is to be so."""
        async with self._storage.read() as tx:
            running = await tx.duty.running(self._clock.now())
            circles = {turn.circle: await tx.circles.get(turn.circle) for turn in running}
        for turn in running:
            _, lost = await who_facilitate(self._messenger, circles[turn.circle], [turn])
            if lost:
                await end_lost(self._storage, lost, self._clock.now())

    async def _looked(self, now: datetime) -> bool:
        async with self._storage.begin() as tx:
            due = await tx.duty.due(now, BATCH)
            for watch in due:
                await look(tx, watch.circle, now)
            await tx.commit()
        return bool(due)

    async def _begin(
        self, tx: Transaction, actor: Actor, circle: Circle, end: datetime | None, now: datetime
    ) -> None:
        mine = await tx.duty.own(circle.id, actor.account)
        await tx.duty.watched(circle.id)
        if not mine.on(now):
            await noted(tx, actor, circle.id, Deed.DUTY_BEGUN, now)
        await tx.duty.put(rules.on(mine, now, end))
        await look(tx, circle.id, now, announced=end)

    async def _end(self, tx: Transaction, actor: Actor, mine: Turn, now: datetime) -> None:
        await noted(tx, actor, mine.circle, Deed.DUTY_ENDED, now)
        await tx.duty.put(rules.off(mine, now))
        await look(tx, mine.circle, now)

    async def _write(self, actor: Actor, circle_id: CircleId, kind: str) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            mine = await tx.duty.own(circle_id, actor.account)
            facts = {"duty": int(mine.id), "circle": int(circle_id)}
            await tx.outbox.add(circle_id, Recipient.FACILITATORS, kind, facts, now)
            await tx.commit()

    async def _standing(self, tx: Reading, actor: Actor, circle: Circle) -> DutyStanding:
        now = self._clock.now()
        duties = await tx.duty.of_circle(circle.id)
        there = rules.on_duty(duties, now)
        return DutyStanding(
            circle=circle,
            on=tuple(there),
            callable=len(rules.rota(duties, now)) - len(there),
            mine=next((each for each in there if each.account == actor.account), None),
            alerts=await tx.alerts.count_open(circle.id),
        )
