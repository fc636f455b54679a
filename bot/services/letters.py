"""What leaves by itself is delivered at least once: under one nonce, ever more slowly, visible while stuck.

Export: nothing of its own. Forgetting: a letter about a member is sealed with their key and goes with them.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, MessagesClosed, Unreachable
from bot.domain.ids import OutboxId
from bot.domain.outbox import NEVER, REVISE, TAKE_DOWN, Letter, Recipient
from bot.domain.preferences import as_wished
from bot.domain.quiet import quiet_until
from bot.metrics import Came, Metrics, Where
from bot.services import (
    _alert_letters,
    _answering,
    _closing_letters,
    _following,
    _guarding,
    _nudging,
    _reminding,
    _watching,
    life,
)
from bot.services._again import again
from bot.services._alerting import ALERT
from bot.services._arrived import arrived
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)
ALERT_WAIT = timedelta(seconds=30)  # the longest between two tries where somebody may need a person
BATCH = 50  # letters taken in one transaction
IN_FLIGHT = 6  # tries of a change, over about a minute, while what it changes may yet arrive
PATIENCE = 5.0  # seconds a tick waits for its deliveries: a slow one holds up no other
ASKED_FOR = {  # by the kind of letter
    **{each.KIND: each for each in (_reminding, _nudging, _following)},
    **dict.fromkeys(_closing_letters.KINDS, _closing_letters),
}
IF_CLOSED = {_guarding.KIND: _guarding.undelivered}  # what follows where direct messages are closed
TELLS_WHO = frozenset({"person-wanted"})  # notes to others that name the member whom they are about
NOW = {  # letters that say how things stand when they leave
    _watching.DUTY_NOTE: _watching.fresh,
    _answering.ANSWERED: _answering.fresh,
    life.AWAY: life.fresh,
    **dict.fromkeys(_answering.FROM_A_FACILITATOR, _answering.fresh_from),
}
AT_ANY_HOUR = frozenset(  # no phone rings for the first, a member waits for the second, the third is help
    {REVISE, _answering.ANSWERED, _guarding.KIND}
)

log = structlog.get_logger(__name__)


def undeliverable(letter: Letter) -> bool:
    """Whether it was given up: its time has passed, or the member takes no direct messages."""
    return letter.delivered_at is None and letter.next_try_at >= NEVER


def waits_on_purpose(letter: Letter, now: datetime) -> bool:
    """Whether it is held back, by quiet hours or by its member's wish, rather than stuck."""
    return letter.recipient is Recipient.MEMBER and letter.next_try_at > now + LONGEST_WAIT


def wait_after(tries: int, kind: str = "") -> timedelta:
    """How long after a try the next one comes: 1 s, 2 s, 4 s … 15 min, or 30 s for alerts.

    `tries` are those before it.
    """
    return min(FIRST_WAIT * (1 << min(tries, 20)), ALERT_WAIT if kind == ALERT else LONGEST_WAIT)


class Letters:
    """Delivers the outbox."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        messenger: Messenger,
        room: Callable[[], int] = lambda: BATCH,
        metrics: Metrics | None = None,
    ) -> None:
        """`room` is how many may well be on their way; what is more others may take."""
        self._metrics = metrics or Metrics()
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._room = room
        self._in_hand: dict[OutboxId, asyncio.Task[None]] = {}

    async def tick(self) -> None:
        """Tries what is due; returns when that has ended, or goes on by itself after PATIENCE."""
        for circle, letter, account in await self._taken():
            task = asyncio.create_task(self._deliver(circle, letter, account), name=letter.nonce)
            self._in_hand[letter.id] = task
            task.add_done_callback(lambda _, id_=letter.id: self._in_hand.pop(id_, None))  # type: ignore[misc]
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=PATIENCE)

    @property
    def in_hand(self) -> int:
        """How many letters are on their way."""
        return len(self._in_hand)

    async def drain(self) -> None:
        """Waits for all that is in hand."""
        while self._in_hand:
            await asyncio.wait(self._in_hand.values())

    async def _taken(self) -> list[tuple[Circle, Letter, Account | None]]:
        """The due letters, each in hand and with its next try set: no other takes it while this one lives."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.outbox.next_at()
        room = self._room() - len(self._in_hand)
        if first is None or first > now or room <= 0:
            return []
        taken, changed = [], []
        async with self._storage.begin() as tx:
            for letter in await tx.outbox.due(now, min(BATCH, room)):
                circle = await _wished(tx, letter)
                put_off = _put_off(circle, letter, now) or await _left_alone(tx, letter, now)
                asked = ASKED_FOR.get(letter.kind)
                if _closing_letters.rests(circle, letter) or (
                    asked is not None and not await asked.still_needed(tx, letter, now)
                ):
                    put_off = NEVER
                if put_off is None:
                    await tx.outbox.take(letter.id, now + wait_after(letter.tries, letter.kind))
                else:
                    await tx.outbox.put_off(letter.id, put_off)
                if letter.kind == REVISE:
                    changed.append(_other(letter))
                if put_off is None and letter.id not in self._in_hand:
                    taken.append((circle, *await _as_it_is(tx, letter)))
            await tx.commit()
        if changed:
            await again(lambda: self._open_for_changes(changed), within=PATIENCE)
        return taken

    async def _open_for_changes(self, letters: list[OutboxId]) -> None:
        """What comes from now on is changed anew. On its own: nothing else is held while this waits."""
        async with self._storage.begin() as tx:
            for id_ in sorted(letters):
                await tx.alerts.revising(id_, on=False)
            await tx.commit()

    async def _deliver(self, circle: Circle, letter: Letter, account: Account | None) -> None:
        try:
            if letter.kind in (TAKE_DOWN, REVISE):
                await self._change(circle, letter)
            else:
                await self._try(circle, letter, account)
        except Exception as error:  # noqa: BLE001 - one letter's fault ends no other; its next try is set
            self._metrics.letter(Came.FAILED)
            self._metrics.error(Where.LETTER, error)
            log.warning("letter failed", letter=letter.id, error=type(error).__name__)

    async def _let_go(self, letter: Letter) -> None:
        """Its next try is set, and anybody's: where only this process is cut off, another one delivers it."""
        if self._storage.process is None:
            return
        async with self._storage.begin() as tx:
            await tx.outbox.let_go(letter.id)
            await tx.commit()

    async def _try(self, circle: Circle, letter: Letter, account: Account | None) -> None:
        message, put_off, over = None, None, False
        try:
            message = await self._sent(circle, letter, account)
            over = message is None
        except Unreachable:
            self._metrics.letter(Came.LATER)
            await self._let_go(letter)
            return
        except DeliveryError as error:
            self._metrics.letter(Came.CLOSED if isinstance(error, MessagesClosed) else Came.REFUSED)
            log.warning("letter not delivered", letter=letter.id, error=type(error).__name__)
            put_off = NEVER if isinstance(error, MessagesClosed) else self._clock.now() + LONGEST_WAIT
        async with self._storage.begin() as tx:
            if message is not None:
                self._metrics.letter(Came.DELIVERED)
                await tx.outbox.delivered(letter.id, self._clock.now(), message)
            if over:
                await tx.outbox.delete([letter.id])
            if put_off is not None:
                await tx.outbox.retry(letter.id, put_off)
            if put_off is NEVER and letter.kind in ASKED_FOR:
                await ASKED_FOR[letter.kind].switch_off(tx, letter)
            if put_off is NEVER and letter.kind in IF_CLOSED:
                await IF_CLOSED[letter.kind](tx, letter, self._clock.now())
            await tx.commit()

    async def _sent(self, circle: Circle, letter: Letter, account: Account | None) -> str | None:
        """Its message id; None where there is nothing left to be told."""
        now = self._clock.now()
        if letter.kind != ALERT:
            changes = letter.kind in NOW

            async def look(others: frozenset[str]) -> str | None:
                return await self._messenger.find_letter(circle, letter, account, others, changes=changes)

            stands = await arrived(self._storage, letter, now, look)
            return stands or await self._messenger.deliver(circle, letter, account)
        return await _alert_letters.told(self._storage, self._messenger, circle, letter, now)

    async def _change(self, circle: Circle, letter: Letter) -> None:
        """Changes or deletes what another letter has posted; one that may still arrive is waited for."""
        async with self._storage.read() as tx:
            posted = await tx.outbox.get(_other(letter))
            posted, account = await _as_it_is(tx, posted) if posted is not None else (None, None)
        if posted is not None and _may_yet_arrive(posted, letter):
            await self._let_go(letter)
            return
        gone = False
        if posted is not None and posted.message is not None:
            try:
                await self._change_posted(circle, letter, posted, account)
            except Unreachable:
                await self._let_go(letter)
                return
            except DeliveryError as error:
                if letter.kind == TAKE_DOWN:
                    raise
                gone = isinstance(error, ChannelGone)
                say = log.info if gone else log.warning  # who hid our messages took it out
                say("letter not changed", letter=posted.id, error=type(error).__name__)
        async with self._storage.begin() as tx:
            await tx.outbox.delivered(letter.id, self._clock.now(), "")
            if gone and posted is not None and posted.kind == _watching.DUTY_NOTE:
                await _watching.lost(tx, posted, self._clock.now())
            await tx.commit()

    async def _change_posted(
        self, circle: Circle, letter: Letter, posted: Letter, account: Account | None
    ) -> None:
        if letter.kind == TAKE_DOWN:
            await self._messenger.take_down(circle, posted.message or "")
        elif posted.kind == ALERT:
            now = self._clock.now()
            await _alert_letters.revised(self._storage, self._messenger, circle, posted, now)
        else:
            await self._messenger.revise(circle, posted, account)


def _may_yet_arrive(posted: Letter, change: Letter) -> bool:
    """Whether it is on its way. What has not left yet will say how things stand when it does."""
    if posted.message is not None or change.tries >= IN_FLIGHT:
        return False
    return change.kind == TAKE_DOWN or posted.tries > 0


def _other(letter: Letter) -> OutboxId:
    """Which letter a change is of."""
    return OutboxId(int(letter.facts["letter"] or 0))


async def _as_it_is(tx: Reading, letter: Letter) -> tuple[Letter, Account | None]:
    """The letter as it is to be said now, and whom it goes to or is about."""
    now = NOW.get(letter.kind)
    return (await now(tx, letter) if now is not None else letter), await _account(tx, letter)


async def _wished(tx: Reading, letter: Letter) -> Circle:
    """The letter's circle, as discreet and as quiet as the member wants it whom the letter goes to."""
    circle = await tx.circles.get(letter.circle)
    if letter.recipient is not Recipient.MEMBER or letter.member is None:
        return circle
    return as_wished(circle, await tx.preferences.of(letter.member))


async def _account(tx: Reading, letter: Letter) -> Account | None:
    told = letter.recipient is Recipient.MEMBER or letter.kind in TELLS_WHO or letter.facts.get("named")
    return await tx.members.account(letter.member) if told and letter.member is not None else None


async def _left_alone(tx: Reading, letter: Letter, now: datetime) -> datetime | None:
    """Until when a letter waits because its member wants to be left alone."""
    if letter.recipient is not Recipient.MEMBER or letter.member is None or letter.kind in AT_ANY_HOUR:
        return None
    return await tx.mutes.until(letter.member, now)


def _put_off(circle: Circle, letter: Letter, now: datetime) -> datetime | None:
    """Until when a letter waits: in quiet hours, or for good once its time has passed; else None."""
    until = letter.facts.get("until")
    if isinstance(until, int) and until <= now.timestamp():
        return NEVER
    if letter.recipient is not Recipient.MEMBER or letter.kind in AT_ANY_HOUR:
        return None
    end = quiet_until(circle.settings.quiet, circle.settings.zone, now)
    return max(end, now + FIRST_WAIT) if end is not None else None
