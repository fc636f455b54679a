"""Facilitators keep two apart: never drawn together, never alongside, nothing of one handed to the other.

Neither is told, nor who asked for it; reasons are kept nowhere. A facilitator who is one of two neither sees
that nor ends it. Export: none, as it tells of another; what facilitators did stands in theirs, without names.
Forgetting: names go with their person; a keyed hash stays, so that it holds for who deletes and returns.
"""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.audit import Deed
from bot.domain.channel_errors import NoSuchTwo, TooManyTwos
from bot.domain.circles import Circle
from bot.domain.held_apart import Two
from bot.domain.ids import CircleId, MemberId, TwoId
from bot.domain.pairs import ended
from bot.domain.practice_errors import ItTakesTwo
from bot.services._audit import noted
from bot.services.access import facilitated
from storage import Storage
from storage.transaction import Reading, Transaction

MOST = 100  # twos in a circle


@dataclass(frozen=True, slots=True)
class Twos:
    """Those that the actor may see."""

    circle: Circle
    twos: tuple[Two, ...]
    changed: bool = True  # False where it stood so already, as far as the actor may see


class KeepApart:
    """For a circle's facilitators alone."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def add(self, actor: Actor, circle_id: CircleId, one: Account, other: Account) -> Twos:
        """Keeps them apart from now on; a practice that the two are in ends.

        Raises NoCircle, NotFacilitator, ItTakesTwo, TooManyTwos.
        """
        if one == other:
            raise ItTakesTwo
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            members = {each: await tx.members.find(circle_id, each) for each in (one, other)}
            unknown = [account for account, member in members.items() if member is None]
            if await tx.held_apart.count(circle_id) >= MOST:
                raise TooManyTwos(MOST)
            changed = await tx.held_apart.add(circle_id, (one, other), unknown)
            changed = changed or actor.account in (one, other)  # who is one of them learns nothing by asking
            if changed:
                ids = frozenset(member.id for member in members.values() if member is not None)
                await self._end_practice(tx, ids)
                await noted(tx, actor, circle_id, Deed.KEPT_APART, now)
            twos = await _seen_by(tx, actor, circle_id)
            await tx.commit()
        return Twos(circle, twos, changed)

    async def of(self, actor: Actor, circle_id: CircleId) -> Twos:
        """All but those that the actor is one of. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return Twos(circle, await _seen_by(tx, actor, circle_id))

    async def end(self, actor: Actor, circle_id: CircleId, one: Account, other: Account) -> Twos:
        """They may meet again. Raises NoCircle, NotFacilitator, NoSuchTwo."""
        twos = (await self.of(actor, circle_id)).twos
        found = next((each.id for each in twos if {each.one, each.other} == {one, other}), None)
        if found is None:
            raise NoSuchTwo
        return await self.remove(actor, circle_id, found)

    async def remove(self, actor: Actor, circle_id: CircleId, id_: TwoId) -> Twos:
        """The same, by its id. Raises NoCircle, NotFacilitator, NoSuchTwo."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            if id_ not in [each.id for each in await _seen_by(tx, actor, circle_id)]:
                raise NoSuchTwo
            await tx.held_apart.remove(circle_id, id_)
            await noted(tx, actor, circle_id, Deed.APART_ENDED, now)
            twos = await _seen_by(tx, actor, circle_id)
            await tx.commit()
        return Twos(circle, twos)

    async def _end_practice(self, tx: Transaction, two: frozenset[MemberId]) -> None:
        for id_ in two:
            for pair in await tx.pairs.of(id_):
                if not pair.over and two == frozenset(pair.people.values()):
                    await tx.pairs.put(ended(pair, self._clock.now()))


async def kept_from(tx: Reading, circle: CircleId, facilitator: Account, about: Account | None) -> bool:
    """Whether what is about this person is not this facilitator's to take."""
    return about is not None and await tx.held_apart.holds(circle, facilitator, about)


async def _seen_by(tx: Reading, actor: Actor, circle_id: CircleId) -> tuple[Two, ...]:
    members = await tx.members.here(circle_id)
    known = {actor.account, *[await tx.members.account(member.id) for member in members]}
    found = await tx.held_apart.of(circle_id, known)
    return tuple(each for each in found if actor.account not in (each.one, each.other))
