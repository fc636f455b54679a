"""A member is left alone until a time of their own: nothing is sent to them by itself, and posting may rest.

It holds in every circle they are in; posting rests on one server, and only where the platform lets us see to
it and the member wished it. It ends by itself, and at any time at their press. Export: until when, and
whether posting rests. Forgetting: it goes with the member's key; a timeout ends by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, NotPermitted, Unreachable
from bot.domain.ids import CircleId
from bot.domain.members import Member
from bot.domain.mutes import Mute, checked_until, parse_until
from bot.services.access import membership
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteShown:
    """How it stands in one circle, or (`asked`) how it would."""

    circle: Circle
    until: datetime | None = None
    posting: datetime | None = None  # until when posting rests there
    cannot: str = ""  # why posting cannot rest, by the id of a reason; empty: it can


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteEnded:
    """What ended: `was_on` any at all; `left_off` is where posting could not be switched on again by us."""

    was_on: bool
    left_off: tuple[datetime, ...] = field(default=())


class Mutes:
    """Everyone for themselves alone."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger

    async def of(self, actor: Actor, circle_id: CircleId) -> MuteShown:
        """How it stands. Raises NotAMember, NoCircle."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            mute = await tx.mutes.of(member.id)
        if mute is None or not mute.holds(now):
            return MuteShown(circle=circle)
        return MuteShown(circle=circle, until=mute.until, posting=mute.posting)

    async def asked(self, actor: Actor, circle_id: CircleId, until: str) -> MuteShown:
        """What would happen, before anything does. Raises NotAMember, NoCircle, BadEnd."""
        async with self._storage.read() as tx:
            await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
        at = parse_until(until, circle.settings.zone, self._clock.now())
        ours = _ours(await self._posting_of(actor), circle)
        try:
            cannot = await self._messenger.cannot_hush(circle, actor.account, ours)
        except DeliveryError:
            cannot = "unknown"
        return MuteShown(circle=circle, until=at, posting=ours, cannot=cannot)

    async def begin(
        self, actor: Actor, circle_id: CircleId, until: datetime, *, posting: bool = False
    ) -> MuteShown:
        """Begins it, over one that stands. Raises NotAMember, NoCircle, BadEnd, Unreachable.

        Where posting cannot rest after all, the rest of it holds, and `cannot` says why.
        """
        until = checked_until(until, self._clock.now())
        async with self._storage.read() as tx:
            await membership(tx, actor, circle_id)
        stood = await self._posting_of(actor)
        if not posting:
            await self._lift(actor, stood)
        circle = await self._written(actor, circle_id, until, until if posting else None)
        if not posting:
            return MuteShown(circle=circle, until=until)
        cannot, rests = await self._hushed(circle, actor, until, _ours(stood, circle))
        if cannot:
            await self._written(actor, circle_id, until, rests)
            return MuteShown(circle=circle, until=until, cannot=cannot)
        return MuteShown(circle=circle, until=until, posting=until)

    async def end(self, actor: Actor) -> MuteEnded:
        """Ends it in every circle, and posting is on again where it rested by us. Raises Unreachable."""
        left_off = await self._lift(actor, await self._posting_of(actor))
        now, was_on = self._clock.now(), False
        async with self._storage.begin() as tx:
            for member in await tx.members.of(actor.account):
                mute = await tx.mutes.of(member.id)
                was_on = was_on or (mute is not None and mute.holds(now))
                await tx.mutes.remove(member.id)
                await tx.outbox.hasten(member.id, now)
            await tx.commit()
        return MuteEnded(was_on=was_on, left_off=tuple(left_off))

    async def let_go(self, actor: Actor) -> None:
        """Ends it for who leaves or deletes everything, and would have no way back after; never refused."""
        try:
            await self.end(actor)
        except DeliveryError as error:
            log.warning("a timeout ends by itself", error=type(error).__name__)

    async def tick(self) -> None:
        """What is over is deleted."""
        async with self._storage.begin() as tx:
            await tx.mutes.delete_over(self._clock.now())
            await tx.commit()

    async def _written(
        self, actor: Actor, circle_id: CircleId, until: datetime, posting: datetime | None
    ) -> Circle:
        async with self._storage.begin() as tx:
            await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            for member in await _active(tx, actor):
                stands = await tx.mutes.of(member.id)
                elsewhere = stands.posting if stands else None
                server = (await tx.circles.get(member.circle)).home.server
                here = posting if server == circle.home.server else elsewhere  # it rests on a whole server
                await tx.mutes.put(Mute(member=member.id, until=until, posting=here))
                await tx.outbox.hasten(member.id, self._clock.now())  # each is put off anew
            await tx.commit()
        return circle

    async def _hushed(
        self, circle: Circle, actor: Actor, until: datetime, ours: datetime | None
    ) -> tuple[str, datetime | None]:
        """Sees to it that posting rests; else why it does not, and until when it rests by us all the same."""
        try:
            cannot = await self._messenger.cannot_hush(circle, actor.account, ours)
            if not cannot:
                await self._messenger.hush(circle, actor.account, until)
        except NotPermitted:
            return "no-permission", ours
        except DeliveryError:
            return "unknown", await self._undone(circle, actor, until, ours)
        return cannot, ours

    async def _undone(
        self, circle: Circle, actor: Actor, until: datetime, ours: datetime | None
    ) -> datetime | None:
        """Takes back what may have been set though no answer came; kept in mind where that fails, too."""
        try:
            await self._messenger.unhush(circle, actor.account, until)
        except DeliveryError:
            return until
        return ours

    async def _posting_of(self, actor: Actor) -> list[tuple[Circle, Mute]]:
        """Where posting rests by us, as far as we know."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            found = [(member, await tx.mutes.of(member.id)) for member in await tx.members.of(actor.account)]
            return [
                (await tx.circles.get(member.circle), mute)
                for member, mute in found
                if mute is not None and mute.posting is not None and mute.posting > now
            ]

    async def _lift(self, actor: Actor, stood: list[tuple[Circle, Mute]]) -> list[datetime]:
        """Posting is on again; until when it is not, where that is out of our hands. Raises Unreachable."""
        left_off = []
        for circle, mute in stood:
            assert mute.posting is not None  # noqa: S101 - as _posting_of gives them
            try:
                await self._messenger.unhush(circle, actor.account, mute.posting)
            except Unreachable:
                raise
            except DeliveryError:
                left_off.append(mute.posting)
            else:
                await self._lifted(mute)
        return left_off

    async def _lifted(self, mute: Mute) -> None:
        async with self._storage.begin() as tx:
            if await tx.members.get(mute.member) is not None:
                await tx.mutes.put(replace(mute, posting=None))
            await tx.commit()


async def muted_until(tx: Reading, member: Member, now: datetime) -> datetime | None:
    """Until when nothing is sent to this member by itself; None where no quiet of theirs is on."""
    return await tx.mutes.until(member.id, now)


def _ours(stood: Iterable[tuple[Circle, Mute]], circle: Circle) -> datetime | None:
    """Until when posting rests by us on the circle's server, whichever circle it was wished in."""
    return next((mute.posting for each, mute in stood if each.home.server == circle.home.server), None)


async def _active(tx: Transaction, actor: Actor) -> list[Member]:
    return [member for member in await tx.members.of(actor.account) if member.active]
