"""Two members walk alongside each other: by mutual consent alone, and it ends at either's wish.

Nothing is sent to who is named, and they learn nothing of it, until both have named each other. Each then
sees what the other shows: kept and rest. Each look is written into the other's access log before it is shown.
Export: whom a member named, what they show, the last word. Forgetting: it goes with the key of either.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.circles import Circle
from bot.domain.commitments import Commitment
from bot.domain.ids import CircleId, CommitmentId
from bot.domain.looks import Look
from bot.domain.looks import Seen as Looked
from bot.domain.members import Member, Scope, consented
from bot.domain.outbox import Recipient
from bot.domain.partners import Partner, Seen, seen
from bot.domain.practice_errors import ItTakesTwo, NotAlongside, SentToday
from bot.services.access import consenting, membership
from storage import Storage
from storage.transaction import Reading, Transaction

BEGUN, WORD = "partner-begun", "partner-word"  # of the letters


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerShown:
    """What a member sees of it. `named` is None where they named nobody."""

    circle: Circle
    named: Account | None = field(default=None, repr=False)
    mutual: bool = False
    live: tuple[Commitment, ...] = ()  # the member's own, that could be shown
    shows: tuple[CommitmentId, ...] = ()
    theirs: tuple[Seen, ...] = field(default=(), repr=False)
    word: str = ""  # the id of the last text that reached the member
    sent: bool = False  # a word of the member's went out today


@dataclass(frozen=True, slots=True)
class _Two:
    """The other one, where both named each other."""

    member: Member
    partner: Partner


class Partners:
    """Everyone has one at most in a circle, and needs none."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of(self, actor: Actor, circle_id: CircleId) -> PartnerShown:
        """How it stands; what of the other's is shown is logged first. Raises NotAMember, ConsentNeeded."""
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            shown = await self._shown(tx, actor, member)
            await tx.commit()
        return shown

    async def name(self, actor: Actor, circle_id: CircleId, other: Account) -> PartnerShown:
        """Names someone; it begins where they have named the actor too. What stood before ends.

        Raises NotAMember, ConsentNeeded, ItTakesTwo.
        """
        if other == actor.account:
            raise ItTakesTwo
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            before = await tx.partners.of(member.id)
            if before is None or before.named != other:
                await _end(tx, actor, member, before)
                await tx.partners.put(circle_id, Partner(member=member.id, named=other))
                two = await _two(tx, actor.account, member, other)
                if two is not None:
                    await self._tell(tx, two.member, BEGUN, {})
            shown = await self._shown(tx, actor, member)
            await tx.commit()
        return shown

    async def end(self, actor: Actor, circle_id: CircleId) -> Circle:
        """Ends it for both, or takes the naming back. Never refused to a member. Raises NotAMember."""
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            await _end(tx, actor, member, await tx.partners.of(member.id))
            circle = await tx.circles.get(circle_id)
            await tx.commit()
        return circle

    async def show(self, actor: Actor, circle_id: CircleId, ids: Collection[CommitmentId]) -> PartnerShown:
        """Exactly these of the actor's own are shown; others' ids count for nothing. Raises NotAlongside."""
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            partner = await tx.partners.of(member.id)
            if partner is None:
                raise NotAlongside
            own = tuple(each.id for each in await _live(tx, member) if each.id in ids)
            await tx.partners.put(circle_id, replace(partner, shows=own))
            shown = await self._shown(tx, actor, member)
            await tx.commit()
        return shown

    async def send(self, actor: Actor, circle_id: CircleId, text: str) -> None:
        """Sends a ready word, by its text's id; one a day. Raises NotAlongside, SentToday."""
        today = self._clock.now().date()
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            mine = await tx.partners.of(member.id)
            if mine is None or (two := await _two(tx, actor.account, member, mine.named)) is None:
                raise NotAlongside
            if mine.sent_on == today:
                raise SentToday
            await tx.partners.put(circle_id, replace(mine, sent_on=today))
            await tx.partners.put(circle_id, replace(two.partner, word=text, word_on=today))
            await self._tell(tx, two.member, WORD, {"text": text})
            await tx.commit()

    async def _tell(self, tx: Transaction, to: Member, kind: str, facts: dict[str, str]) -> None:
        """By direct message where they said yes to those; else they find it where they look."""
        if consented(to, Scope.REMINDERS):
            now = self._clock.now()
            await tx.outbox.add(to.circle, Recipient.MEMBER, kind, facts, now, member=to.id)

    async def _shown(self, tx: Transaction, actor: Actor, member: Member) -> PartnerShown:
        now, circle = self._clock.now(), await tx.circles.get(member.circle)
        live = tuple(await _live(tx, member))
        partner = await tx.partners.of(member.id)
        if partner is None:
            return PartnerShown(circle=circle, live=live)
        two = await _two(tx, actor.account, member, partner.named)
        theirs: list[Seen] = []
        if two is not None:
            shows = [each for each in await _live(tx, two.member) if each.id in two.partner.shows]
            theirs = [seen(each, await tx.commitments.log(each), each.day(now)) for each in shows]
            if theirs:
                look = Look(at=now, seen=Looked.ALONGSIDE, viewer=actor.account)
                await tx.looks.note(two.member.id, look)
        return PartnerShown(
            circle=circle,
            named=partner.named,
            mutual=two is not None,
            live=live,
            shows=partner.shows,
            theirs=tuple(theirs),
            word=partner.word if two is not None else "",
            sent=partner.sent_on == now.date(),
        )


async def _live(tx: Reading, member: Member) -> list[Commitment]:
    return [each for each in await tx.commitments.of(member.id) if each.live]


async def _two(tx: Reading, me: Account, member: Member, other: Account) -> _Two | None:
    """The other, if they are a member who says yes to it and named `me` too, and nobody keeps them apart."""
    found = await tx.members.find(member.circle, other)
    if found is None or not found.active or not consented(found, Scope.STREAKS):
        return None
    if await tx.held_apart.holds(member.circle, me, other):
        return None
    theirs = await tx.partners.of(found.id)
    return _Two(found, theirs) if theirs is not None and theirs.named == me else None


async def _end(tx: Transaction, actor: Actor, member: Member, stood: Partner | None) -> None:
    """Both namings go where there were two, so that none comes back by one alone."""
    if stood is None:
        return
    two = await _two(tx, actor.account, member, stood.named)
    if two is not None:
        await tx.partners.remove(two.member.id)
    await tx.partners.remove(member.id)
