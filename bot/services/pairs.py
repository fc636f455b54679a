"""Members practise listening in pairs: they say so for a week, are drawn together, and either can step out.

Nothing that is said in a thread reaches us. Export: the wish, from how many one is kept apart, the pairs.
Forgetting: all of it goes with the member; a pair that lacks one of its two has ended.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.circles import Circle, check_open
from bot.domain.ids import CircleId, MemberId, PairId
from bot.domain.members import Member, Scope
from bot.domain.pairs import Pair, Press, Wish, next_drawing, pressed
from bot.domain.practice_errors import ItTakesTwo, NoSuchPair, PairOver
from bot.services import _pairing
from bot.services._pairing import shown
from bot.services.access import check_facilitator, consenting, membership
from bot.services.messenger import Messenger, PairShown
from storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStanding:
    """Where a member stands with it."""

    circle: Circle
    draws_at: datetime
    wish: Wish | None = None
    apart: int = 0  # from how many they are kept apart
    pair: Pair | None = field(default=None, repr=False)  # one that goes on now


class Pairs:
    """By one's own wish, a week at a time."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger

    async def of(self, actor: Actor, circle_id: CircleId) -> PairStanding:
        """Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            found = await tx.pairs.wish(member.id)
            live = [each for each in await tx.pairs.of(member.id) if not each.over]
            return PairStanding(
                circle=circle,
                draws_at=found[1] if found else next_drawing(circle.settings.zone, self._clock.now()),
                wish=found[0] if found else None,
                apart=await tx.pairs.apart(member.id),
                pair=live[-1] if live else None,
            )

    async def join(self, actor: Actor, circle_id: CircleId, *, ear: bool) -> PairStanding:
        """In for the next drawing. Raises NotAMember, ConsentNeeded, NoCircle, CircleClosing."""
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            circle = await tx.circles.get(circle_id)
            check_open(circle)
            found = await tx.pairs.wish(member.id)
            waited = found[0].waited if found else 0
            due_at = found[1] if found else next_drawing(circle.settings.zone, self._clock.now())
            await tx.pairs.put_wish(Wish(member.id, ear, waited), due_at)
            await tx.commit()
        return await self.of(actor, circle_id)

    async def leave(self, actor: Actor, circle_id: CircleId) -> PairStanding:
        """Not this week after all. Raises NotAMember."""
        async with self._storage.begin() as tx:
            await tx.pairs.remove_wish((await membership(tx, actor, circle_id)).id)
            await tx.commit()
        return await self.of(actor, circle_id)

    async def keep_apart(self, actor: Actor, circle_id: CircleId, other: Account) -> PairStanding:
        """Never paired with this person, who learns nothing of it. Raises NotAMember, ItTakesTwo."""
        if other == actor.account:
            raise ItTakesTwo
        async with self._storage.begin() as tx:
            await tx.pairs.keep_apart(circle_id, (await membership(tx, actor, circle_id)).id, other)
            await tx.commit()
        return await self.of(actor, circle_id)

    async def end_apart(self, actor: Actor, circle_id: CircleId) -> PairStanding:
        """Kept apart from nobody any more. Raises NotAMember."""
        async with self._storage.begin() as tx:
            await tx.pairs.end_apart((await membership(tx, actor, circle_id)).id)
            await tx.commit()
        return await self.of(actor, circle_id)

    async def press(self, actor: Actor, id_: PairId, press: Press) -> PairShown:
        """One of the two presses. Raises NoSuchPair (for anyone else), NotYourTurn, PairOver."""
        async with self._storage.begin() as tx:
            pair = await tx.pairs.get(id_)
            member = await tx.members.find(pair.circle, actor.account)
            if member is None or not _in(pair, member):
                raise NoSuchPair
            changed = pressed(pair, member.id, press, self._clock.now())
            await tx.pairs.put(changed)
            told = await shown(tx, changed)
            await tx.commit()
        return told

    async def listen(self, actor: Actor, id_: PairId) -> PairShown:
        """The pair, for a facilitator who comes to read along where it was wished for.

        Raises NoSuchPair, NoCircle, NotFacilitator, PairOver.
        """
        async with self._storage.read() as tx:
            pair = await tx.pairs.get(id_)
            check_facilitator(actor, await tx.circles.get(pair.circle))
            if not pair.ear:
                raise NoSuchPair
            if pair.over or pair.thread is None:
                raise PairOver
            told = await shown(tx, pair)
            for account in told.accounts.values():
                if await tx.held_apart.holds(pair.circle, actor.account, account):
                    raise NoSuchPair  # another facilitator's to hear, and no reason is told
            return told

    async def tick(self) -> None:
        """Draws what is due, and brings every pair's thread to where the pair is."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.pairs.next_at()
        if first is None or first > now:
            return
        async with self._storage.begin() as tx:
            await _pairing.draw(tx, now)
            await tx.commit()
        async with self._storage.begin() as tx:
            taken = await _pairing.taken(tx, now)
            await tx.commit()
        for each in taken:
            await _pairing.bring_up(self._storage, self._messenger, each, self._clock)


def _in(pair: Pair, member: Member) -> bool:
    people: list[MemberId] = list(pair.people.values())
    return member.active and member.id in people
