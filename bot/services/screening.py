"""Screens what people write, and is loud where it cannot: facilitators are told, once an hour at the most.

The words themselves are kept nowhere and logged nowhere. A snapshot of the circles stands in memory, so that
word gets out while the database is away. Export and forgetting: nothing here is about a member.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.errors import ContentError, DeliveryError
from bot.domain.ids import CircleId, OutboxId
from bot.domain.listening import Heard, screen
from bot.domain.listening.tiers import ALERTS, Tier, gravest
from bot.domain.outbox import Letter, Recipient
from bot.domain.prompts import Content
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading

KNOWN = "I want to kill myself", Tier.SUICIDE_ACTIVE  # what any listener that works hears
DOWN, BACK = "screening-down", "screening-back"  # kinds of letters
AGAIN = timedelta(hours=1)
LASTS = timedelta(minutes=5)  # what goes again so soon after it was said to work is told once it has lasted
SAME = 180  # seconds: a straight letter of these is the same one; Discord knows a nonce for a few minutes
PATIENCE = timedelta(seconds=5)  # that the database has to answer

log = structlog.get_logger(__name__)


class Fault(StrEnum):
    """What does not work."""

    LISTENER = "listener"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a circle was told last."""

    fault: Fault
    at: datetime  # that it is down
    over: bool = False  # and that it works again


class Screening:
    """Hears, or says loudly that it cannot."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._circles: Sequence[Circle] = ()
        self._unheard = False  # something could not be screened since the last look
        self._told: dict[CircleId, _Told] = {}
        self._since: datetime | None = None  # it is down
        self._look: asyncio.Task[bool] | None = None  # one that the database has not answered yet goes on
        self._remembered = False  # what was told before this start
        self.failures = 0

    def hear(self, texts: Iterable[str]) -> Heard | None:
        """The gravest of what these say; None where they could not be screened. Never raises."""
        try:
            heard = [screen(text, self._content.phrasebooks) for text in texts if text.strip()]
        except Exception as error:  # noqa: BLE001 - whatever it was, the words are kept and help is shown
            self.failures += 1
            self._unheard = True
            log.error("words could not be screened", error=type(error).__name__)  # noqa: TRY400 - no values
            return None
        among = frozenset(tier for each in heard for tier in each.among) - {Tier.NONE}
        tier = gravest(among)
        language = next((each.language for each in heard if each.tier is tier), "")
        return Heard(tier, ALERTS[tier], "", among, language)

    def check(self) -> None:
        """Raises ContentError where the phrasebooks do not hear what any would: nothing is to start then."""
        text, tier = KNOWN
        heard = self.hear([text])
        if heard is None or heard.tier is not tier:
            raise ContentError("listener", "phrasebooks", "it does not hear what it is there for")

    def circle_of(self, actor: Actor, channel: str | None) -> Circle | None:
        """The circle of this channel, or the server's only one, as last seen; also with the database away."""
        here = [each for each in self._circles if each.home.server == actor.server]
        for each in here:
            if channel in (each.home.channel, each.home.facilitators):
                return each
        return here[0] if len(here) == 1 else None

    async def tick(self) -> None:
        """Looks whether it all works; tells who is to know. For each half minute."""
        away = not await self._looked()
        deaf = self._unheard or not self._hears()
        self._unheard = False
        fault = Fault.DATABASE if away else Fault.LISTENER if deaf else None
        self._since = None if fault is None else self._since or self._clock.now()
        for circle in self._circles:
            if fault is not None:
                await self._tell(circle, DOWN, fault)
            elif circle.id in self._told and not self._told[circle.id].over:
                await self._tell(circle, BACK, self._told[circle.id].fault)

    def _hears(self) -> bool:
        failures, (text, tier) = self.failures, KNOWN
        heard = self.hear([text])
        self.failures, self._unheard = failures, False  # nobody wrote these words
        return heard is not None and heard.tier is tier

    async def _looked(self) -> bool:
        """Whether the database answers in time; its circles are remembered then."""
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._read(), name="look at the database")
        await asyncio.wait({self._look}, timeout=PATIENCE.total_seconds())
        return self._look.done() and not self._look.cancelled() and self._look.result()

    async def _read(self) -> bool:
        try:
            async with self._storage.read() as tx:
                self._circles = await tx.circles.all()
                if not self._remembered:
                    await self._remember(tx)
        except Exception as error:  # noqa: BLE001 - that it does not answer is what is to be seen here
            log.warning("the database does not answer", error=type(error).__name__)
            return False
        return True

    async def _remember(self, tx: Reading) -> None:
        """Who was told that it is down before a restart is told that it works."""
        down, back = await tx.outbox.last_written(DOWN), await tx.outbox.last_written(BACK)
        for circle, at in down.items():
            over = circle in back and back[circle] >= at
            self._told.setdefault(circle, _Told(Fault.LISTENER, at, over))
        self._remembered = True

    async def _tell(self, circle: Circle, kind: str, fault: Fault) -> None:
        """By letter, or straight where the database is away; a failed try is made again at the next look."""
        now = self._clock.now()
        told = self._told.get(circle.id)
        if kind == DOWN and told is not None and self._known(told, fault, now):
            return
        try:
            if fault is Fault.DATABASE and kind == DOWN:
                await self._messenger.deliver(circle, _straight(circle, kind, fault, now), None)
            elif not await self._write(circle, kind, fault, now):
                return
        except DeliveryError as error:
            log.warning("nobody could be told that screening is down", error=type(error).__name__)
            return
        self._told[circle.id] = replace(told, over=True) if told and kind == BACK else _Told(fault, now)

    def _known(self, told: _Told, fault: Fault, now: datetime) -> bool:
        """Whether they were told of it a while ago; after its end only while it may be a moment again."""
        lasts = self._since is not None and now - self._since >= LASTS
        return told.fault is fault and now - told.at < AGAIN and not (told.over and lasts)

    async def _write(self, circle: Circle, kind: str, fault: Fault, now: datetime) -> bool:
        """Writes the note, unless another process of ours has written the same."""
        told = self._told.get(circle.id)
        since = told.at if told is not None else now - AGAIN
        try:
            async with self._storage.begin() as tx:
                await tx.circles.hold(circle.id)  # or two of our processes would each write it
                if not await tx.outbox.written_since(circle.id, kind, since):
                    facts = {"fault": fault.value}
                    await tx.outbox.add(circle.id, Recipient.FACILITATORS, kind, facts, now)
                await tx.commit()
        except Exception as error:  # noqa: BLE001 - the next look sees that the database is away
            log.warning("a note could not be written", error=type(error).__name__)
            return False
        return True


def _straight(circle: Circle, kind: str, fault: Fault, now: datetime) -> Letter:
    """A letter that no database holds; whichever process tells it, Discord takes it once in these minutes."""
    number = -(int(now.timestamp()) // SAME * 1_000_000 + int(circle.id))
    return Letter(
        id=OutboxId(number),
        circle=circle.id,
        recipient=Recipient.FACILITATORS,
        kind=kind,
        facts={"fault": fault.value},
        written_at=now,
        next_try_at=now,
    )
