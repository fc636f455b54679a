"""Facilitators who manage their server switch a guard on: rules of the platform's word filter, made and kept.

All circles of a server share its rules, which act in guarded circles' channels alone. What a person deleted
or switched off on the platform was meant so: then the guard is off, and facilitators are told. What the
filter tells of goes to `bot.services._guarding`. Export and forgetting: nothing here is about a member.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor, Platform
from bot.domain.audit import Deed
from bot.domain.channel_errors import CannotGuard, NotGuardian
from bot.domain.circles import Circle
from bot.domain.errors import (
    ChannelGone,
    DeliveryError,
    NoCircle,
    NotPermitted,
    Unreachable,
)
from bot.domain.guard import Changes, Ground, Guard, Policy, Rule, check_room, compared, desired
from bot.domain.ids import CircleId
from bot.domain.outbox import Recipient
from bot.domain.prompts import Content
from bot.services import _guarding
from bot.services._audit import noted
from bot.services._guarding import Met
from bot.services.access import facilitated
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

LOOKED_AT = timedelta(minutes=10)  # how often the rules are compared with what they are to be
BY_HAND, TROUBLE = "guard-off-by-hand", "guard-trouble"  # letters to facilitators

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardShown:
    """How it stands for a circle, or how it would; `trouble` is why it is not, or could not be, so."""

    circle: Circle
    policy: Policy | None = None  # None: it is off
    rules: tuple[Rule, ...] = field(default=(), repr=False)  # the server's, for all its circles
    missing: int = 0  # rules that do not stand yet
    exempt: int = 0  # channels that the rules leave alone
    trouble: CannotGuard | None = None


@dataclass(frozen=True, slots=True)
class _Server:
    """The circles of one server that are guarded, or whose guard is ending."""

    circles: Mapping[CircleId, Circle]
    guards: Sequence[Guard]

    @property
    def any(self) -> Circle:
        """One of its circles, to say which server it is."""
        return next(iter(self.circles.values()))

    @property
    def copies(self) -> str | None:
        """The channel of the filter's own notes; one for the server."""
        return next((each.copies for each in reversed(self.guards) if each.copies is not None), None)

    @property
    def known(self) -> dict[str, str]:
        """The rules that were made before."""
        return {label: id_ for each in self.guards for label, id_ in each.rules.items()}

    def live(self) -> list[Guard]:
        """Those that are not ending."""
        return [each for each in self.guards if not each.ending]


class Guards:
    """Who may: a facilitator of the circle who manages the server, as is asked of who makes such rules."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._one_at_a_time = asyncio.Lock()
        self._changed: set[tuple[Platform, str]] = set()  # servers to be looked at before their time

    async def preview(
        self, actor: Actor, circle_id: CircleId, policy: Policy, copies: str | None = None
    ) -> GuardShown:
        """What would be made, before anything is.

        Raises NoCircle, NotFacilitator, NotGuardian, DeliveryErrors.
        """
        circle, server = await self._server(actor, circle_id)
        _check_manager(actor)
        copies = copies or server.copies
        wanted = _with(server, Guard(circle=circle_id, policy=policy, copies=copies))
        try:
            ground = await self._messenger.ground(circle, copies)
            rules = self._desired(wanted, ground)
            _check(wanted, rules, ground)
        except CannotGuard as trouble:
            return GuardShown(circle=circle, policy=policy, trouble=trouble)
        return _shown(circle, policy, rules, ground)

    async def on(
        self, actor: Actor, circle_id: CircleId, policy: Policy, copies: str | None = None
    ) -> GuardShown:
        """Makes the rules; what could not be made yet is made by `tick`.

        Raises as `preview` does, and CannotGuard.
        """
        before = await self.preview(actor, circle_id, policy, copies)
        if before.trouble is not None:
            raise before.trouble
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            others = [each for each in (await _server_of(tx, circle)).guards if each.circle != circle_id]
            copies = copies or next((each.copies for each in others if each.copies is not None), None)
            for guard in (*others, Guard(circle=circle_id, policy=policy, copies=copies)):
                await self._put(tx, replace(guard, copies=copies, rules={}))  # all of it is meant anew
            await noted(tx, actor, circle_id, Deed.GUARD_ON, self._clock.now(), policy.value)
            await tx.commit()
        await self._bring_up(circle_id, anew=True)
        return await self.status(actor, circle_id)

    async def off(self, actor: Actor, circle_id: CircleId) -> GuardShown:
        """Takes the rules away, or this circle out of them; `trouble` where they are still there.

        Raises NoCircle, NotFacilitator, NotGuardian.
        """
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            _check_manager(actor)
            guard = await tx.guards.get(circle_id)
            if guard is not None and not guard.ending:
                await self._put(tx, replace(guard, ending=True))
                await noted(tx, actor, circle_id, Deed.GUARD_OFF, self._clock.now())
            await tx.commit()
        await self._bring_up(circle_id)
        async with self._storage.read() as tx:
            left = await tx.guards.get(circle_id)
        trouble = CannotGuard("still-there") if left is not None else None
        return GuardShown(circle=circle, trouble=trouble)

    async def status(self, actor: Actor, circle_id: CircleId) -> GuardShown:
        """How it stands, asked of the platform itself. Raises NoCircle, NotFacilitator, DeliveryErrors."""
        circle, server = await self._server(actor, circle_id)
        guard = next((each for each in server.live() if each.circle == circle_id), None)
        if guard is None:
            return GuardShown(circle=circle)
        try:
            ground = await self._messenger.ground(circle, server.copies)
            rules = self._desired(server, ground)
            _check(server, rules, ground)
        except CannotGuard as trouble:
            return GuardShown(circle=circle, policy=guard.policy, trouble=trouble)
        return _shown(circle, guard.policy, rules, ground)

    async def tick(self) -> None:
        """Compares the rules of each server whose time has come with what they are to be, and mends them."""
        now, changed = self._clock.now(), self._changed
        self._changed = set()
        async with self._storage.read() as tx:
            first = await tx.guards.next_at()
        if first is None or (first > now and not changed):
            return
        async with self._storage.begin() as tx:
            for place in changed:
                circles = await tx.circles.of_server(*place)
                await tx.guards.look_at([circle.id for circle in circles], now)
            due = await tx.guards.due(now, now + LOOKED_AT)
            servers: dict[str, CircleId] = {}
            for guard in due:
                servers.setdefault((await tx.circles.get(guard.circle)).home.server, guard.circle)
            await tx.commit()
        for circle_id in servers.values():
            await self._bring_up(circle_id)

    def look_soon(self, platform: Platform, server: str) -> None:
        """The server's channels have changed, and rules name those in which they do not act."""
        self._changed.add((platform, server))

    async def heard(self, met: Met) -> None:
        """The filter tells that a message met one of our phrases. Others' rules count for nothing."""
        async with self._storage.begin() as tx:
            done = await _guarding.met(tx, met, self._content, self._clock.now())
            await tx.commit()
        if done is not None and done.copies is not None and met.note is not None:
            try:
                await self._messenger.drop_copies(done.circle, done.copies, met.note)
            except DeliveryError as error:
                log.warning("a note of the word filter is still there", error=type(error).__name__)

    async def _server(self, actor: Actor, circle_id: CircleId) -> tuple[Circle, _Server]:
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return circle, await _server_of(tx, circle)

    async def _put(self, tx: Transaction, guard: Guard) -> None:
        await tx.guards.put(guard, self._clock.now() + LOOKED_AT)

    def _desired(self, server: _Server, ground: Ground) -> tuple[Rule, ...]:
        guarded = [(server.circles[each.circle].home.channel, each.policy) for each in server.live()]
        return desired(self._content.guard, guarded, ground.channels, server.copies)

    async def _bring_up(self, circle_id: CircleId, *, anew: bool = False) -> None:
        """Sees to it that the server's rules are as they are to be; what fails is tried again, told once."""
        async with self._one_at_a_time:
            async with self._storage.read() as tx:
                try:
                    server = await _server_of(tx, await tx.circles.get(circle_id))
                except NoCircle:
                    return
            if not server.guards:
                return
            try:
                await self._bring_server_up(server, anew=anew)
            except Unreachable:
                log.info("the rules of a server wait")
            except CannotGuard as error:
                await self._tell_once(server, error.why)
            except NotPermitted:
                await self._tell_once(server, "no-permission")
            except ChannelGone:
                await self._tell_once(server, "copies-gone")
            except DeliveryError as error:
                log.warning("a rule was refused", error=type(error).__name__)
                await self._tell_once(server, "refused")

    async def _bring_server_up(self, server: _Server, *, anew: bool) -> None:
        ground = await self._messenger.ground(server.any, server.copies)
        rules = self._desired(server, ground)
        _check(server, rules, ground)
        changes = compared(rules, ground, {} if anew else server.known, anew=anew)
        if changes.off:
            await self._off_by_hand(server, changes)
            return
        known = {each.rule.label: each.id for each in ground.ours if each.id not in changes.remove}
        for id_ in changes.remove:
            await self._messenger.drop_rule(server.any, id_)
        for id_, rule in changes.change:
            await self._messenger.put_rule(server.any, rule, id_)
        for rule in changes.make:
            known[rule.label] = await self._messenger.put_rule(server.any, rule, None)
        if server.copies is not None and rules:
            await self._messenger.drop_copies(server.any, server.copies, None)
        await self._settle(server, known)

    async def _settle(self, server: _Server, known: Mapping[str, str]) -> None:
        """Writes down what stands; what was ending has ended."""
        async with self._storage.begin() as tx:
            for was in server.guards:
                now_is = await tx.guards.get(was.circle)
                if now_is is None:
                    continue
                if now_is.ending and was.ending:
                    await tx.guards.remove(was.circle)
                elif now_is.policy is was.policy:
                    await self._put(tx, replace(now_is, rules=dict(known), told=""))
                else:  # changed meanwhile: looked at again at the next tick
                    await tx.guards.put(replace(now_is, rules=dict(known)), self._clock.now())
            await tx.commit()

    async def _off_by_hand(self, server: _Server, changes: Changes) -> None:
        """Off it is, in every circle of the server; what is left of ours goes."""
        for id_ in changes.remove:
            await self._messenger.drop_rule(server.any, id_)
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for guard in server.guards:
                await tx.guards.remove(guard.circle)
                if not guard.ending:
                    await tx.outbox.add(guard.circle, Recipient.FACILITATORS, BY_HAND, {}, now)
            await tx.commit()

    async def _tell_once(self, server: _Server, why: str) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for guard in await tx.guards.of(list(server.circles)):
                if guard.told != why and not guard.ending:
                    facts: dict[str, str | int | bool | None] = {"why": why}
                    await tx.outbox.add(guard.circle, Recipient.FACILITATORS, TROUBLE, facts, now)
                await self._put(tx, replace(guard, told=why))
            await tx.commit()


def _check_manager(actor: Actor) -> None:
    if not actor.manages_server:
        raise NotGuardian


def _check(server: _Server, rules: Sequence[Rule], ground: Ground) -> None:
    """Raises CannotGuard for what is in the way on the platform."""
    if not ground.manages:
        raise CannotGuard("no-permission")
    check_room(rules, ground)
    if any(each.policy is Policy.TELL for each in server.live()):
        if ground.lacking:
            raise CannotGuard("copies-lacking", ground.lacking)
        if ground.seen_by:
            raise CannotGuard("copies-seen", [str(ground.seen_by)])


def _shown(circle: Circle, policy: Policy, rules: Sequence[Rule], ground: Ground) -> GuardShown:
    changes = compared(rules, ground, {}, anew=True)
    missing = len(changes.make) + len(changes.change)
    exempt = max((len(rule.exempt) for rule in rules), default=0)
    return GuardShown(circle=circle, policy=policy, rules=tuple(rules), missing=missing, exempt=exempt)


def _with(server: _Server, guard: Guard) -> _Server:
    others = [each for each in server.guards if each.circle != guard.circle]
    return _Server(server.circles, [*others, guard])


async def _server_of(tx: Reading, circle: Circle) -> _Server:
    circles = await tx.circles.of_server(circle.home.platform, circle.home.server)
    by_id = {each.id: each for each in circles}
    return _Server(by_id, await tx.guards.of(list(by_id)))
