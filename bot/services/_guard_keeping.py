"""Keeps the rules of a server's guards on the platform as they were meant, whatever comes in between.

What cannot stand as it was meant does not stand: a rule that would act in other channels, or whose notes
others could read, is taken away until that is mended, and its facilitators are told once. Each rule is
written down as soon as it is made, so that what it tells of is known to be ours after a crash, too.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.domain.channel_errors import CannotGuard
from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, NoCircle, NotPermitted, Unreachable
from bot.domain.guard import Changes, Ground, Guard, Policy, Rule, check_room, compared, desired
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

LOOKED_AT = timedelta(minutes=10)  # how often the rules are compared with what they are to be
AGAIN = timedelta(minutes=1)  # the same, where something is unfinished
BY_HAND, TROUBLE = "guard-off-by-hand", "guard-trouble"  # letters to facilitators
OF_COPIES = frozenset({"no-copies", "copies-lacking", "copies-seen", "copies-gone"})  # where messages stay

WHAT = "; "  # between the things that a trouble names

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """The circles of one server that are guarded, or whose guard is ending."""

    circles: Mapping[CircleId, Circle]
    guards: Sequence[Guard]

    @property
    def any(self) -> Circle:
        """One of its circles, to say which server it is."""
        return next(iter(self.circles.values()))

    @property
    def language(self) -> Language:
        """Of what an author is shown: a rule is one for the server, so its oldest circle's."""
        return self.any.settings.language

    @property
    def copies(self) -> str | None:
        """The channel that was named for the filter's own notes; one for the server."""
        return next((each.copies for each in reversed(self.guards) if each.copies is not None), None)

    @property
    def noted_in(self) -> str | None:
        """The same, as long as messages are left where they are in any circle."""
        return self.copies if any(each.policy is Policy.TELL for each in self.live()) else None

    @property
    def known(self) -> dict[str, str]:
        """The rules that were made before; none where somebody has just switched it on."""
        if any(each.anew for each in self.live()):
            return {}
        return {label: id_ for each in self.guards for label, id_ in each.rules.items()}

    @property
    def anew(self) -> bool:
        """Whether somebody has just switched it on, so that what is missing was taken away by nobody."""
        return any(each.anew for each in self.live())

    def live(self) -> list[Guard]:
        """Those that are not ending."""
        return [each for each in self.guards if not each.ending]

    def having(self, guard: Guard) -> "Server":
        """With this one in the place of its circle's."""
        return Server(self.circles, [*(each for each in self.guards if each.circle != guard.circle), guard])

    def holding(self) -> "Server":
        """Without the circles in which messages are left where they are."""
        return Server(self.circles, [each for each in self.guards if each.policy is not Policy.TELL])


async def server_of(tx: Reading, circle: Circle) -> Server:
    """The circle's, with all its guards."""
    circles = await tx.circles.of_server(circle.home.platform, circle.home.server)
    by_id = {each.id: each for each in circles}
    return Server(by_id, await tx.guards.of(list(by_id)))


class Keeping:
    """Brings servers' rules up, one server at a time."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._one_at_a_time = asyncio.Lock()

    async def looked_at(self, server: Server, policy: Policy) -> tuple[Ground, tuple[Rule, ...]]:
        """How things stand, and the rules that are to be. Raises CannotGuard and DeliveryErrors.

        What is in the way of other circles of the server alone is not in the way of one with this policy.
        """
        try:
            return await self._looked_at(server)
        except CannotGuard as trouble:
            if policy is Policy.TELL or trouble.why not in OF_COPIES:
                raise
            return await self._looked_at(server.holding())

    async def _looked_at(self, server: Server) -> tuple[Ground, tuple[Rule, ...]]:
        try:
            ground = await self._messenger.ground(server.any, server.noted_in)
        except ChannelGone:
            if server.noted_in is None:
                raise
            raise CannotGuard("copies-gone") from None
        return ground, self._meant(server, ground)

    async def bring_up(self, circle_id: CircleId) -> None:
        """Sees to it that the server's rules are as they are to be; what fails is tried again, told once."""
        async with self._one_at_a_time:
            async with self._storage.read() as tx:
                try:
                    server = await server_of(tx, await tx.circles.get(circle_id))
                except NoCircle:
                    return
            if not server.guards:
                return
            try:
                await self._bring_up(server)
            except Unreachable:
                log.info("the rules of a server wait")
                await self._look_again(server)
            except CannotGuard as error:
                await self._tell(server, error)
            except (NotPermitted, ChannelGone):  # where we are on the server no more
                await self._tell(server, CannotGuard("no-permission"))
            except DeliveryError as error:
                log.warning("a rule was refused", error=type(error).__name__)
                await self._tell(server, CannotGuard("refused"))

    async def _bring_up(self, server: Server) -> None:
        ground, rules, trouble = await self._able(server)
        changes = compared(rules, ground, server.known, anew=server.anew)
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
            await self._note(server, known)
        await self._settle(server, known, trouble)
        await self._sweep(server)

    async def _able(self, server: Server) -> tuple[Ground, tuple[Rule, ...], CannotGuard | None]:
        """How things stand, the rules that can stand as they are meant, and what is in the others' way."""
        try:
            return *await self._looked_at(server), None
        except CannotGuard as trouble:
            if trouble.why in OF_COPIES:
                return *await self._looked_at(server.holding()), trouble
            if trouble.why != "too-many-channels":
                raise
            ground = await self._messenger.ground(server.any, None)
            if not ground.manages:
                raise CannotGuard("no-permission") from None
            return ground, (), trouble  # no rule can leave all of them alone

    def _meant(self, server: Server, ground: Ground) -> tuple[Rule, ...]:
        """Raises CannotGuard for what is in the way on the platform."""
        guarded = [(server.circles[each.circle].home.channel, each.policy) for each in server.live()]
        words = self._content.spoken(server.language).guard
        rules = desired(words, guarded, ground.channels, server.copies)
        if not ground.manages:
            raise CannotGuard("no-permission")
        check_room(rules, ground)
        if server.noted_in is not None:
            if ground.lacking:
                raise CannotGuard("copies-lacking", ground.lacking)
            if ground.seen_by:
                raise CannotGuard("copies-seen", [str(ground.seen_by)])
        return rules

    async def _note(self, server: Server, known: Mapping[str, str]) -> None:
        """Writes down what stands so far."""
        async with self._storage.begin() as tx:
            for guard in await tx.guards.of(list(server.circles)):
                await tx.guards.put(replace(guard, rules=dict(known)), self._clock.now() + AGAIN)
            await tx.commit()

    async def _settle(self, server: Server, known: Mapping[str, str], trouble: CannotGuard | None) -> None:
        """Writes down what stands; what was ending has ended."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            for was in server.guards:
                now_is = await tx.guards.get(was.circle)
                if now_is is None:
                    continue
                if now_is.ending and was.ending:
                    await tx.guards.remove(was.circle)
                    continue
                settled = replace(now_is, rules=dict(known), anew=now_is.anew and not was.anew)
                if now_is.policy is was.policy:
                    await self._told(tx, settled, trouble)
                else:  # changed meanwhile: looked at again at the next tick
                    await tx.guards.put(settled, now)
            await tx.commit()

    async def _sweep(self, server: Server) -> None:
        """The platform's own notes, which hold words, go; those that were told of have gone before."""
        if server.copies is None or all(each.policy is not Policy.TELL for each in server.guards):
            return
        try:
            await self._messenger.drop_copies(server.any, server.copies, None)
        except DeliveryError as error:
            log.warning("notes of the word filter may still be there", error=type(error).__name__)

    async def _look_again(self, server: Server) -> None:
        async with self._storage.begin() as tx:
            await tx.guards.look_at(list(server.circles), self._clock.now() + AGAIN)
            await tx.commit()

    async def _off_by_hand(self, server: Server, changes: Changes) -> None:
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

    async def _tell(self, server: Server, trouble: CannotGuard) -> None:
        async with self._storage.begin() as tx:
            for guard in await tx.guards.of(list(server.circles)):
                await self._told(tx, guard, trouble)
            await tx.commit()

    async def _told(self, tx: Transaction, guard: Guard, trouble: CannotGuard | None) -> None:
        """Keeps the guard; facilitators in whose way something is learn of it once."""
        now, why = self._clock.now(), trouble.why if trouble is not None else ""
        if guard.ending or (why in OF_COPIES and guard.policy is not Policy.TELL):
            why = ""
        if trouble is not None and why not in ("", guard.told):
            facts: dict[str, str | int | bool | None] = {"why": why, "what": WHAT.join(trouble.what)}
            await tx.outbox.add(guard.circle, Recipient.FACILITATORS, TROUBLE, facts, now)
        await tx.guards.put(replace(guard, told=why), now + LOOKED_AT)


def trouble_of(letter: Letter) -> CannotGuard:
    """What a letter tells of."""
    what = str(letter.facts.get("what") or "")
    return CannotGuard(str(letter.facts.get("why")), what.split(WHAT) if what else ())


def acts_meanwhile(trouble: CannotGuard) -> bool:
    """Whether rules that stood go on; else they are taken away until it is mended."""
    return trouble.why not in OF_COPIES | {"too-many-channels"}
