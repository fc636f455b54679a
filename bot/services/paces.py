"""Facilitators slow the circle's channel down, for good or for a while; its end outlives restarts.

Export and forgetting: nothing here is about a member.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.channel_errors import CannotSlow
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, NoCircle, NotPermitted, Unreachable
from bot.domain.ids import CircleId
from bot.domain.outbox import Recipient
from bot.domain.paces import PACES, Slowed, parse_span
from bot.services._audit import noted
from bot.services.access import facilitated
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Transaction

ENDED, STUCK = "pace-ended", "pace-stuck"  # letters: to the circle, and to facilitators where it cannot end

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceSet:
    """What the pace is now; `ends_at` None: until somebody changes it."""

    circle: Circle
    seconds: int
    ends_at: datetime | None = None


class Paces:
    """Of the circles' home channels."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger

    async def set_(
        self, actor: Actor, circle_id: CircleId, seconds: int, *, span: str | None = None, note: bool = True
    ) -> PaceSet:
        """Sets it. What is to end stands written before the channel changes.

        Raises NoCircle, NotFacilitator, BadSpan, CannotSlow and DeliveryErrors.
        """
        ends_at = self._clock.now() + parse_span(span) if span is not None and seconds else None
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            stands = await tx.slow_modes.of(circle_id)
        before = await self._messenger.pace(circle)
        kept = stands is not None and stands.seconds == before  # else somebody has set another since
        back_to = stands.before if stands is not None and kept else before
        await self._write(circle_id, seconds, back_to, ends_at, noted_=note)
        try:
            await self._messenger.set_pace(circle, seconds)
        except DeliveryError as error:
            if not isinstance(error, Unreachable):  # nothing was changed, so what stood before stands
                await self._put_back(circle_id, stands)
            raise CannotSlow if isinstance(error, NotPermitted) else error from error
        about = PACES[seconds] + (f" for {span}" if ends_at else "")
        async with self._storage.begin() as tx:
            await noted(tx, actor, circle_id, Deed.PACE_SET, self._clock.now(), about)
            await tx.commit()
        return PaceSet(circle=circle, seconds=seconds, ends_at=ends_at)

    async def tick(self) -> None:
        """Ends what is over: back to the pace of before, unless somebody has set another since."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.slow_modes.next_at()
            due = await tx.slow_modes.due(now) if first is not None and first <= now else []
        for slowed in due:
            try:
                await self._end(slowed)
            except DeliveryError as error:
                log.info("a slower pace waits for its end", error=type(error).__name__)

    async def _end(self, slowed: Slowed) -> None:
        kind = ENDED if slowed.noted else ""
        try:
            async with self._storage.read() as tx:
                circle = await tx.circles.get(slowed.circle)
            if await self._messenger.pace(circle) == slowed.seconds:
                await self._messenger.set_pace(circle, slowed.before)
            else:
                kind = ""  # somebody has set another by hand; that one is theirs to end
        except Unreachable:
            raise
        except NoCircle:
            return
        except DeliveryError:
            kind = STUCK
        async with self._storage.begin() as tx:
            if await tx.slow_modes.of(slowed.circle) == slowed:
                await self._over(tx, slowed, kind)
                await tx.commit()

    async def _over(self, tx: Transaction, slowed: Slowed, kind: str) -> None:
        removed = await tx.slow_modes.remove(slowed.circle)
        if removed and kind:  # else another process has seen to it
            to = Recipient.FACILITATORS if kind == STUCK else Recipient.CIRCLE
            await tx.outbox.add(slowed.circle, to, kind, {}, self._clock.now())

    async def _write(
        self, circle: CircleId, seconds: int, before: int, ends_at: datetime | None, *, noted_: bool
    ) -> None:
        async with self._storage.begin() as tx:
            if ends_at is None:
                await tx.slow_modes.remove(circle)
            else:
                slowed = Slowed(circle=circle, seconds=seconds, before=before, ends_at=ends_at, noted=noted_)
                await tx.slow_modes.put(slowed)
            await tx.commit()

    async def _put_back(self, circle: CircleId, stood: Slowed | None) -> None:
        async with self._storage.begin() as tx:
            await (tx.slow_modes.put(stood) if stood else tx.slow_modes.remove(circle))
            await tx.commit()
