"""Alerts: a facilitator takes one, hands it on or closes it; who asked for a person is told how it stands.

Export: a member's own alerts, and what they told about messages. Forgetting: they go with their member at
once; a facilitator's name leaves those they had. Closed ones are kept 30 days; a false match names nobody.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain import alerts as rules
from bot.domain.accounts import Actor
from bot.domain.alert_errors import NoSuchAlert
from bot.domain.alerts import Alert, AlertState, Concern, NewAlert, Report, Safe, Source
from bot.domain.audit import Deed
from bot.domain.channel_errors import AnothersToTake
from bot.domain.circles import Circle
from bot.domain.errors import TooLong
from bot.domain.ids import AlertId, CircleId, OutboxId
from bot.domain.looks import Look, Seen
from bot.services import _answering
from bot.services._again import again
from bot.services._alert_letters import about, shown
from bot.services._alerting import Raised, ask, raised, revise, told
from bot.services._audit import noted
from bot.services._standing import Standing, mine, own, standing
from bot.services.access import check_server, facilitated
from bot.services.keep_apart import kept_from
from bot.services.messenger import AlertShown
from storage import Storage
from storage.transaction import Reading, Transaction

PATIENCE = timedelta(milliseconds=1500)  # how long a press waits to hear that its alert has arrived
BATCH = 50  # alerts in one transaction
MAX_WORDS, MAX_WHEN = 1000, 100  # characters

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRead:
    """An alert with what goes with it, for a facilitator who asks."""

    shown: AlertShown
    circle: Circle
    reports: tuple[Report, ...] = field(default=(), repr=False)


class Alerts:
    """The facilitators' side is theirs alone; a member sees their own."""

    def __init__(self, storage: Storage, clock: Clock, hurry: Callable[[], Awaitable[None]]) -> None:
        """`hurry` sends what waits to be sent."""
        self._storage = storage
        self._clock = clock
        self._hurry = hurry
        self._hurrying: set[asyncio.Future[None]] = set()

    async def open(self, actor: Actor, circle_id: CircleId) -> list[AlertShown]:
        """Those that are not closed; those that nobody has first, the oldest first. Raises NotFacilitator."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
            found = await tx.alerts.open(circle_id)
            found.sort(key=lambda alert: (alert.state is not AlertState.OPEN, alert.id))
            return [await shown(tx, alert) for alert in found]

    async def read(self, actor: Actor, id_: AlertId) -> AlertRead:
        """One of them with what goes with it; words that are read are a look. Raises NoSuchAlert."""
        async with self._storage.begin() as tx:
            alert, circle = await _of_facilitator(tx, actor, id_)
            if alert.words or alert.when:
                await _seen(tx, alert, actor, self._clock.now())
            found = AlertRead(
                shown=await shown(tx, alert),
                circle=circle,
                reports=tuple(await tx.alert_reports.of(alert.id)),
            )
            await tx.commit()
        return found

    async def acknowledge(self, actor: Actor, id_: AlertId) -> AlertShown:
        """The actor has it. Raises AlertTaken, AlertClosed, NoSuchAlert, NotFacilitator."""

        def take(alert: Alert, now: datetime) -> Alert:
            return rules.acknowledged(alert, actor.account, now)

        return await self._changed(actor, id_, take, Deed.ALERT_TAKEN)

    async def hand_on(self, actor: Actor, id_: AlertId) -> AlertShown:
        """Nobody has it now, and another is asked at once. Raises AlertClosed, NoSuchAlert."""
        return await self._changed(actor, id_, rules.handed_on, Deed.ALERT_HANDED_ON)

    async def close(self, actor: Actor, id_: AlertId) -> AlertShown:
        """Done with. Raises AlertClosed, NoSuchAlert, NotFacilitator."""
        return await self._changed(actor, id_, rules.closed, Deed.ALERT_CLOSED)

    async def misread(self, actor: Actor, id_: AlertId) -> AlertShown:
        """A false match: nothing of anybody is left of it. Raises AlertClosed, NoWordMatch, NoSuchAlert."""
        return await self._changed(actor, id_, rules.misread, Deed.ALERT_MISREAD)

    async def standing(self, actor: Actor, circle_id: CircleId) -> list[Standing]:
        """What the actor may know of their own, in this circle; the newest first."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await tx.circles.get(circle_id)
            return [
                await standing(tx, circle, alert, now, about_me=about_me)
                for alert, about_me in await mine(tx, actor, circle_id)
            ]

    async def answered(self, actor: Actor, id_: AlertId) -> Standing:
        """How one of the actor's own stands. Raises NoSuchAlert, for everybody else too."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            alert, about_me = await own(tx, actor, id_)
            return await standing(tx, await tx.circles.get(alert.circle), alert, now, about_me=about_me)

    async def outside(self, actor: Actor) -> int:
        """How much is kept of the actor where they have not joined: what they raised, and what they told."""
        async with self._storage.read() as tx:
            told_of = [
                each for _, each in await tx.alert_reports.by_account(actor.account) if each.member is None
            ]
            return len(await tx.alerts.of_account(actor.account)) + len(told_of)

    async def say_safe(self, actor: Actor, id_: AlertId, safe: Safe, when: str = "") -> Standing:
        """Whether a private message is safe. Raises NoSuchAlert, AlertClosed, TooLong."""
        if len(when) > MAX_WHEN:
            raise TooLong(when, MAX_WHEN)
        return await self._of_mine(
            actor, id_, lambda alert: replace(alert, safe=safe.value, when=when or None)
        )

    async def want_word(self, actor: Actor, id_: AlertId) -> Standing:
        """To be told directly once somebody has it. Raises NoSuchAlert, AlertClosed."""
        return await self._of_mine(actor, id_, lambda alert: replace(alert, word_wanted=True))

    async def tell(
        self,
        actor: Actor,
        circle_id: CircleId,
        *,
        link: str,
        concern: Concern,
        words: str = "",
        named: bool = False,
        theirs: bool = False,
    ) -> tuple[Circle, Raised]:
        """Tells the facilitators of a message; `theirs`: the actor wrote it. Raises NoCircle, TooLong."""
        if len(words) > MAX_WORDS:
            raise TooLong(words, MAX_WORDS)
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await tx.circles.get(circle_id)
            check_server(actor, circle)
            if theirs:
                new = NewAlert(source=Source.PRESSED, account=actor.account, link=link, words=words or None)
                done = await raised(tx, circle, new, now)
            else:
                done = await raised(tx, circle, NewAlert(source=Source.PEER, link=link, concern=concern), now)
                await self._keep_report(tx, actor, done, concern, words, named=named, now=now)
            await tx.commit()
        return circle, done

    async def told(self, done: Raised) -> Raised:
        """Sends what waits, and says truly whether the alert has arrived; within PATIENCE. Never raises.

        Where that cannot be read it counts as not arrived: it stands written, and is tried on.
        """
        if done.standing is None:
            return done
        sending = asyncio.ensure_future(self._hurry())
        self._hurrying.add(sending)
        sending.add_done_callback(self._hurried)
        await asyncio.wait({sending}, timeout=PATIENCE.total_seconds())
        try:
            async with self._storage.read() as tx:
                return await told(tx, done)
        except Exception as error:  # noqa: BLE001 - it is written; that is not to read like a failure
            log.warning("whether an alert has arrived could not be read", error=type(error).__name__)
            return done

    async def tick(self) -> None:
        """Asks again, or others, for what nobody has taken. What is late comes once."""
        more = True
        while more:
            now = self._clock.now()
            async with self._storage.read() as tx:
                first = await tx.alerts.next_at()
            more = first is not None and first <= now and await self._escalated(now)

    async def _escalated(self, now: datetime) -> bool:
        async with self._storage.begin() as tx:
            due = await tx.alerts.due(now, BATCH)
            for alert in due:
                after, steps = rules.escalated(alert, now)
                await tx.alerts.put(after)
                if steps:
                    for letter, _ in await tx.alerts.letters(alert.id):
                        await _withdraw(tx, letter)
                    await ask(tx, await tx.circles.get(alert.circle), after, steps[-1], now)
            await tx.commit()
        return bool(due)

    async def _changed(
        self, actor: Actor, id_: AlertId, change: Callable[[Alert, datetime], Alert], deed: Deed
    ) -> AlertShown:
        return await again(lambda: self._change(actor, id_, change, deed))

    async def _change(
        self, actor: Actor, id_: AlertId, change: Callable[[Alert, datetime], Alert], deed: Deed
    ) -> AlertShown:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            before, circle = await _of_facilitator(tx, actor, id_)
            alert = change(before, now)
            if alert != before:
                await tx.alerts.put(alert)
                await noted(tx, actor, circle.id, deed, now)
                await self._follow(tx, actor, circle, before, alert, now)
            told_of = await shown(tx, alert)
            await tx.commit()
        return told_of

    async def _follow(
        self, tx: Transaction, actor: Actor, circle: Circle, before: Alert, alert: Alert, now: datetime
    ) -> None:
        """What comes of a change: the cards, the member's own word, who is asked instead."""
        if alert.state is AlertState.ACKNOWLEDGED:
            await _seen(tx, alert, actor, now)
        if alert.state is AlertState.OPEN:
            duty = await tx.duty.find(circle.id, actor.account)
            await ask(tx, circle, alert, alert.step, now, passed_on_by=int(duty.id) if duty else 0)
        await revise(tx, alert, now)
        await _answering.answered(tx, before if alert.misread else alert, now)

    async def _of_mine(self, actor: Actor, id_: AlertId, change: Callable[[Alert], Alert]) -> Standing:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            before, about_me = await own(tx, actor, id_)
            if not about_me:
                raise NoSuchAlert
            rules.check_not_closed(before)
            alert = change(before)
            if alert != before:
                await tx.alerts.put(alert)
                await revise(tx, alert, now)
                if alert.holder is not None:
                    await _answering.answered(tx, alert, now)
            found = await standing(tx, await tx.circles.get(alert.circle), alert, now, about_me=True)
            await tx.commit()
        return found

    async def _keep_report(
        self,
        tx: Transaction,
        actor: Actor,
        done: Raised,
        concern: Concern,
        words: str,
        *,
        named: bool,
        now: datetime,
    ) -> None:
        assert done.standing is not None  # noqa: S101 - what somebody tells is never turned away
        member = await tx.members.find(done.standing.circle, actor.account)
        report = Report(
            account=actor.account,
            member=member.id if member else None,
            named=named,
            concern=concern,
            words=words,
            at=now,
        )
        await tx.alert_reports.put(done.standing.id, report)

    def _hurried(self, sending: asyncio.Future[None]) -> None:
        self._hurrying.discard(sending)
        if not sending.cancelled():
            sending.exception()  # the letters' own job tries again, and logs it


async def _of_facilitator(tx: Reading, actor: Actor, id_: AlertId) -> tuple[Alert, Circle]:
    """Raises NoSuchAlert, NotFacilitator, NoCircle; AnothersToTake to one kept apart from who it is of."""
    alert = await tx.alerts.get(id_)
    circle = await facilitated(tx, actor, alert.circle)
    if await kept_from(tx, circle.id, actor.account, await about(tx, alert)):
        raise AnothersToTake
    return alert, circle


async def _seen(tx: Transaction, alert: Alert, actor: Actor, now: datetime) -> None:
    """Whom it is about can read that this facilitator looked; who takes it reads that they want a person."""
    if alert.member is not None:
        seen = Seen.PERSON if Source.PRESSED in alert.sources else Seen.ALERT
        await tx.looks.note(alert.member, Look(at=now, seen=seen, viewer=actor.account))


async def _withdraw(tx: Transaction, letter: OutboxId) -> None:
    """Takes a letter back that tells of one alert and was never tried: a newer one says all that it would."""
    if len(await tx.alerts.told_in(letter)) == 1:
        await tx.outbox.stop(letter)
