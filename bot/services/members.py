"""Members come, say what may be kept, go, and may come back; what they leave is deleted when it was promised.

Export: `kept` tells what is kept, in counts. Forgetting: deletion destroys a member's key and every row.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.alerts import AlertState
from bot.domain.circles import Circle, check_open
from bot.domain.errors import NotAMember
from bot.domain.ids import AlertId, CircleId, MemberId
from bot.domain.members import CONSENT_VERSION, Member, Scope, consenting, leaving, returning
from bot.domain.pairs import ended
from bot.domain.shares import OPEN, withdrawn
from bot.services._forgetting import forgotten, let_go
from bot.services._safety_maps import handed_on
from bot.services.access import check_server, membership
from storage import Storage
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """`returned`: came back before what they had left was deleted, and finds it all again."""

    member: Member
    circle: Circle
    returned: bool


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """What they left is deleted at `delete_at`; None: it was deleted at once."""

    circle: Circle
    delete_at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about a person in one circle, since `member.joined_at`."""

    circle: Circle
    member: Member
    check_ins: int
    shares: int
    reminded: bool = False  # asked for a word before each meeting
    alerts: int = 0  # about them
    told: int = 0  # messages that they told a facilitator of
    open_alert: AlertId | None = None  # the newest of theirs that is not closed
    favourites: int = 0  # exercises
    numbers: int | None = None  # pairs of numbers before and after exercises; None: not kept


class Members:
    """Everyone decides for themselves; nobody joins or leaves for anyone else."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def join(self, actor: Actor, circle_id: CircleId, consents: Collection[Scope]) -> MemberJoined:
        """Joins with these consents, which may be none: then nothing is kept but the membership.

        Who is a member already gets the consents as given now. Raises NoCircle from anywhere but its server,
        and CircleClosing for who is new; who left may come back to what is theirs for as long as it is there.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await tx.circles.get(circle_id)
            check_server(actor, circle)
            before = await tx.members.find(circle_id, actor.account)
            if before is not None and before.delete_at is not None and before.delete_at <= now:
                await tx.members.delete(before.id)  # the promise to delete it was made, whoever comes now
                before = None
            if before is None:
                check_open(circle)
                member = await tx.members.add(circle_id, actor.account, consents, CONSENT_VERSION, now)
                await tx.held_apart.forget(actor.account)  # a keyed hash finds them from now on
            else:
                member = consenting(returning(before), consents)
                await tx.members.put(member)
            await tx.preferences.spoken_to(member.id, actor.language)
            await tx.commit()
        return MemberJoined(member, circle, returned=before is not None and not before.active)

    async def leave(self, actor: Actor, circle_id: CircleId, *, now: bool = False) -> MemberLeft:
        """Leaves; kept for GRACE, or with `now` deleted at once. Raises NotAMember, NoCircle.

        Words that wait for review are withdrawn: nobody's are posted after they went.
        """
        at = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await tx.circles.get(circle_id)
            member = await tx.members.find(circle_id, actor.account)
            if member is None:
                raise NotAMember(circle_id)
            gone = leaving(member, at)
            await _untie(tx, member, actor.account, at)
            if now:
                await let_go(tx, member, actor.account, at)
                await tx.members.delete(member.id)
            else:
                await tx.members.put(gone)
                await _withdraw_waiting(tx, member.id, at)
            await tx.commit()
        return MemberLeft(circle, None if now else gone.delete_at)

    async def consents(self, actor: Actor, circle_id: CircleId, consents: Collection[Scope]) -> Member:
        """Sets exactly these consents, in the words that stand now. Raises NotAMember."""
        async with self._storage.begin() as tx:
            member = consenting(await membership(tx, actor, circle_id), consents)
            await tx.members.put(member)
            await tx.preferences.spoken_to(member.id, actor.language)
            await tx.commit()
        return member

    async def kept(self, actor: Actor) -> list[Kept]:
        """All that is kept about the actor, circle by circle; also what waits for its deletion."""
        async with self._storage.read() as tx:
            return [await _kept(tx, member) for member in await tx.members.of(actor.account)]

    async def memberships(self, actor: Actor) -> list[tuple[Circle, Member]]:
        """The actor's circles, those being left too (`member.active`)."""
        async with self._storage.read() as tx:
            return [
                (await tx.circles.get(member.circle), member) for member in await tx.members.of(actor.account)
            ]

    async def delete_all(self, actor: Actor) -> int:
        """Deletes the actor from every circle at once, with all that was kept; of how much that was: circles,
        and alerts outside them.

        What they did and looked at as a facilitator stays written down, without their name.
        """
        async with self._storage.begin() as tx:
            await tx.exercise_runs.forget(actor.account)  # first, as a tap holds its run before all else
            members = await tx.members.of(actor.account)
            for member in members:
                await _untie(tx, member, actor.account, self._clock.now())
                await let_go(tx, member, actor.account, self._clock.now())
                await tx.members.delete(member.id)
            await tx.audit.forget(actor.account)
            await tx.held_apart.forget(actor.account)
            await tx.looks.forget(actor.account)
            await tx.lines.forget(actor.account)
            others = await forgotten(tx, actor.account, self._clock.now())
            await tx.commit()
        return len(members) + others

    async def erase_due(self) -> None:
        """Deletes those whose time for a change of mind is over; a unit of work each."""
        async with self._storage.read() as tx:
            over = await tx.members.leaving_before(self._clock.now())
        for member in over:
            await self._erase(member.id)
            await asyncio.sleep(0)

    async def _erase(self, id_: MemberId) -> None:
        async with self._storage.begin() as tx:
            member = await tx.members.get(id_)
            if member is None or member.delete_at is None or member.delete_at > self._clock.now():
                return  # came back meanwhile
            account = await tx.members.account(id_)
            await _untie(tx, member, account, self._clock.now())
            await let_go(tx, member, account, self._clock.now())
            await tx.members.delete(id_)
            await tx.commit()


async def _kept(tx: Reading, member: Member) -> Kept:
    alerts = await tx.alerts.of(member.id)
    open_ = [alert.id for alert in alerts if alert.state is not AlertState.CLOSED]
    own = await tx.own_exercises.of(member.id)
    return Kept(
        circle=await tx.circles.get(member.circle),
        member=member,
        check_ins=len(await tx.check_ins.all_of(member.id)),
        shares=len(await tx.shares.of(member.id)),
        reminded=await tx.meetings.wishes(member.id),
        alerts=len(alerts),
        told=len(await tx.alert_reports.by_member(member.id)),
        open_alert=max(open_, default=None),
        favourites=len(own.favourites),
        numbers=len(own.ratings) if own.keeps else None,
    )


async def _untie(tx: Transaction, member: Member, account: Account, at: datetime) -> None:
    """What holds them together with others in the circle ends; others stay kept apart from them.

    Their safety map goes to another circle of theirs, if there is one.
    """
    await handed_on(tx, member, account)
    await tx.partners.forget(member.circle, account)
    await tx.partners.remove(member.id)
    await tx.pairs.remove_wish(member.id)
    for pair in await tx.pairs.of(member.id):
        await tx.pairs.put(ended(pair, at))


async def _withdraw_waiting(tx: Transaction, member: MemberId, at: datetime) -> None:
    for share in await tx.shares.of(member):
        if share.review in OPEN:
            await tx.shares.put(withdrawn(share, at), was=share.review)
