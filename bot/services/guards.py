"""Facilitators who manage their server switch a guard on: rules of the platform's word filter, made and kept.

All circles of a server share its rules, which act in guarded circles' channels alone. What a person deleted
or switched off on the platform was meant so: then the guard is off, and facilitators are told. How rules are
kept is in `bot.services._guard_keeping`; what the filter tells of goes to `bot.services._guarding`. Export
and forgetting: nothing here is about a member.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor, Platform
from bot.domain.audit import Deed
from bot.domain.channel_errors import CannotGuard, NotGuardian
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError
from bot.domain.guard import Ground, Guard, Policy, Rule, compared
from bot.domain.ids import CircleId
from bot.domain.prompts import Content
from bot.services import _guarding
from bot.services._again import again
from bot.services._audit import noted
from bot.services._guard_keeping import AGAIN, LOOKED_AT, Keeping, Server, server_of
from bot.services._guarding import Met
from bot.services.access import facilitated
from bot.services.messenger import Messenger
from storage import Storage

LATEST = 30.0  # seconds after which what was heard is begun no more; nobody waits for an answer

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


class Guards:
    """Who may: a facilitator of the circle who manages the server, as is asked of who makes such rules."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._keeping = Keeping(storage, clock, content, messenger)
        self._changed: set[tuple[Platform, str]] = set()  # servers to be looked at before their time

    async def preview(
        self, actor: Actor, circle_id: CircleId, policy: Policy, copies: str | None = None
    ) -> GuardShown:
        """What would be made, before anything is.

        Raises NoCircle, NotFacilitator, NotGuardian, DeliveryErrors.
        """
        circle, server = await self._server(actor, circle_id)
        _check_manager(actor)
        guard = Guard(circle=circle_id, policy=policy, copies=copies or server.copies)
        return await self._shown(circle, policy, server.having(guard))

    async def on(
        self, actor: Actor, circle_id: CircleId, policy: Policy, copies: str | None = None
    ) -> GuardShown:
        """Makes the rules; what could not be made yet is made by `tick`.

        Raises as `preview` does, and CannotGuard.
        """
        before = await self.preview(actor, circle_id, policy, copies)
        if before.trouble is not None:
            raise before.trouble
        now = self._clock.now()
        async with self._storage.begin() as tx:
            server = await server_of(tx, await facilitated(tx, actor, circle_id))
            copies = copies or server.copies
            known = {label: id_ for each in server.guards for label, id_ in each.rules.items()}
            guard = Guard(circle=circle_id, policy=policy, rules=known)
            for each in server.having(guard).guards:  # all of it is meant anew
                await tx.guards.put(replace(each, copies=copies, anew=True), now + AGAIN)
            await noted(tx, actor, circle_id, Deed.GUARD_ON, now, policy.value)
            await tx.commit()
        await self._keeping.bring_up(circle_id)
        return await self.status(actor, circle_id)

    async def off(self, actor: Actor, circle_id: CircleId) -> GuardShown:
        """Takes the rules away, or this circle out of them; `trouble` where they are still there.

        Raises NoCircle, NotFacilitator, NotGuardian.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            _check_manager(actor)
            guard = await tx.guards.get(circle_id)
            if guard is not None and not guard.ending:
                await tx.guards.put(replace(guard, ending=True), now + AGAIN)
                await noted(tx, actor, circle_id, Deed.GUARD_OFF, now)
            await tx.commit()
        await self._keeping.bring_up(circle_id)
        async with self._storage.read() as tx:
            left = await tx.guards.get(circle_id)
        trouble = CannotGuard("still-there") if left is not None else None
        return GuardShown(circle=circle, trouble=trouble)

    async def let_go(self, circle_id: CircleId) -> bool:
        """Takes a circle that closes out of the rules, whoever asks; whether nothing of it stands there."""
        async with self._storage.begin() as tx:
            guard = await tx.guards.get(circle_id)
            if guard is None:
                return True
            await tx.guards.put(replace(guard, ending=True), self._clock.now() + AGAIN)
            await tx.commit()
        await self._keeping.bring_up(circle_id)
        async with self._storage.read() as tx:
            return await tx.guards.get(circle_id) is None

    async def status(self, actor: Actor, circle_id: CircleId) -> GuardShown:
        """How it stands, asked of the platform itself. Raises NoCircle, NotFacilitator, DeliveryErrors."""
        circle, server = await self._server(actor, circle_id)
        guard = next((each for each in server.live() if each.circle == circle_id), None)
        if guard is None:
            return GuardShown(circle=circle)
        return await self._shown(circle, guard.policy, server)

    async def tick(self) -> None:
        """Compares the rules of each server whose time has come with what they are to be, and mends them."""
        now, changed = self._clock.now(), frozenset(self._changed)
        async with self._storage.read() as tx:
            first = await tx.guards.next_at()
        if first is None or (first > now and not changed):
            self._changed -= changed
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
        self._changed -= changed
        for circle_id in servers.values():
            await self._keeping.bring_up(circle_id)

    def look_soon(self, platform: Platform, server: str) -> None:
        """The server's channels have changed, and rules name those in which they do not act."""
        self._changed.add((platform, server))

    async def heard(self, met: Met) -> None:
        """The filter tells that a message met one of our phrases. Others' rules count for nothing."""
        done = await again(lambda: self._followed(met), within=LATEST)
        if done is not None and done.copies is not None and met.note is not None:
            try:
                await self._messenger.drop_copies(done.circle, done.copies, met.note)
            except DeliveryError as error:
                log.warning("a note of the word filter is still there", error=type(error).__name__)
                self.look_soon(done.circle.home.platform, done.circle.home.server)  # which sweeps

    async def _followed(self, met: Met) -> _guarding.Heard | None:
        async with self._storage.begin() as tx:
            done = await _guarding.met(tx, met, self._content, self._clock.now())
            await tx.commit()
        return done

    async def _server(self, actor: Actor, circle_id: CircleId) -> tuple[Circle, Server]:
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return circle, await server_of(tx, circle)

    async def _shown(self, circle: Circle, policy: Policy, server: Server) -> GuardShown:
        """How it stands, or what is in its way."""
        try:
            ground, rules = await self._keeping.looked_at(server, policy)
        except CannotGuard as trouble:
            return GuardShown(circle=circle, policy=policy, trouble=trouble)
        return _of(circle, policy, rules, ground)


def _check_manager(actor: Actor) -> None:
    if not actor.manages_server:
        raise NotGuardian


def _of(circle: Circle, policy: Policy, rules: Sequence[Rule], ground: Ground) -> GuardShown:
    changes = compared(rules, ground, {}, anew=True)
    missing = len(changes.make) + len(changes.change)
    exempt = max((len(rule.exempt) for rule in rules), default=0)
    return GuardShown(circle=circle, policy=policy, rules=tuple(rules), missing=missing, exempt=exempt)
