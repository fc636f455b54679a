"""Everything due is claimed once, sent once and marked, or explained, wherever a crash may come between.

Claim, send, mark: a tick claims in short transactions and spawns the sends, which the messenger paces; claims
that no send came back from are settled later. Nothing here is about a member: nothing to export or to forget.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.errors import DeliveryError
from bot.domain.ids import OccurrenceId
from bot.domain.occurrences import Occurrence
from bot.domain.prompts import Content
from bot.metrics import Metrics, Where
from bot.services._claims import claim_due
from bot.services._sending import Sending
from bot.services.messenger import Messenger
from storage import Storage

LEFT_ALONE = timedelta(seconds=5)  # a younger claim is in the hand of whoever made it
BATCHES = 30  # transactions of claims in one tick; after a long absence the next ticks go on
AT_ONCE = 64  # sends on their way; more would only queue before the messenger's pacer
ROOM = 96  # claims in hand: what leaves in two seconds, so that a tick comes in time; more is left to others
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Wait:
    """When a claim that could not be settled is tried again."""

    span: timedelta
    until: datetime


class Dispatch:
    """Posts what is due. Several may work on one database; each has a claim in hand once at a time."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        content: Content,
        messenger: Messenger,
        room: Callable[[], int] = lambda: ROOM,
        metrics: Metrics | None = None,
    ) -> None:
        """`room` is how many claims may be in hand now; it falls where the pace is shared with others."""
        self._metrics = metrics or Metrics()
        self._storage = storage
        self._clock = clock
        self._content = content
        self._room = room
        self._sending = Sending(storage, clock, content, messenger, self._metrics)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._in_hand: dict[OccurrenceId, asyncio.Task[Occurrence]] = {}
        self._waits: dict[OccurrenceId, _Wait] = {}  # a restart tries again at once

    async def tick(self) -> None:
        """Claims what is due and begins to send it; settles what is left from before. For each second."""
        await self._claim()
        await self.settle()

    async def settle(self) -> None:
        """Takes up claims in nobody's hand: of a process that is gone, or that could not be sent yet."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            loose = await tx.occurrences.loose(now)
        self._forget_waits(one.id for one in loose)
        ready = [one.id for one in loose if one.id not in self._in_hand and self._is_ready(one, now)]
        ready = ready[: max(0, self._room() - len(self._in_hand))]
        for id_ in await self._taken(ready, now):
            if id_ not in self._in_hand:
                self._begin(id_)

    async def send(self, occurrence: Occurrence) -> Occurrence:
        """Sends a claim and waits for it, together with whoever does already. Raises DeliveryErrors.

        After Unreachable the claim stands and is settled by itself; after the others it is missed.
        """
        return await asyncio.shield(self._in_hand.get(occurrence.id) or self._begin(occurrence.id))

    @property
    def in_hand(self) -> int:
        """How many posts are on their way."""
        return len(self._in_hand)

    async def drain(self) -> None:
        """Waits for all that is in hand; ticks meanwhile may bring more."""
        while self._in_hand:
            await asyncio.wait(self._in_hand.values())

    async def _claim(self) -> None:
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.schedules.next_at()
        if first is None or first > now:
            return
        for _ in range(BATCHES):
            room = self._room() - len(self._in_hand)
            if room <= 0:
                return
            async with self._storage.begin() as tx:
                claims = await claim_due(tx, self._content, now, room)
                await tx.commit()
            for state, reason in claims.unsent:
                self._metrics.post(state, reason)
            for occurrence in claims.posts:
                self._begin(occurrence.id)
            if not claims.schedules:
                return

    async def _taken(self, ready: list[OccurrenceId], now: datetime) -> list[OccurrenceId]:
        """Those of them that are in this process's hand now; another may have been quicker."""
        if not ready or self._storage.process is None:
            return ready
        async with self._storage.begin() as tx:
            taken = await tx.occurrences.take(ready, now)
            await tx.commit()
        return taken

    def _is_ready(self, occurrence: Occurrence, now: datetime) -> bool:
        wait = self._waits.get(occurrence.id)
        return now >= (wait.until if wait is not None else occurrence.claimed_at + LEFT_ALONE)

    def _begin(self, id_: OccurrenceId) -> asyncio.Task[Occurrence]:
        task = asyncio.create_task(self._work(id_), name=f"post {id_}")
        self._in_hand[id_] = task
        task.add_done_callback(lambda done: self._end(id_, done))
        return task

    def _end(self, id_: OccurrenceId, task: asyncio.Task[Occurrence]) -> None:
        self._in_hand.pop(id_, None)
        error = None if task.cancelled() else task.exception()
        if error is None:
            self._waits.pop(id_, None)
            return
        before = self._waits.get(id_)
        span = FIRST_WAIT if before is None else min(before.span * 2, LONGEST_WAIT)
        self._waits[id_] = _Wait(span, self._clock.now() + span)
        if not isinstance(error, DeliveryError):
            self._metrics.error(Where.POST, error)
        log.warning("post not sent", occurrence=id_, error=type(error).__name__)

    async def _work(self, id_: OccurrenceId) -> Occurrence:
        async with self._slots:
            return await self._sending.settle(id_)

    def _forget_waits(self, unsettled: Iterable[OccurrenceId]) -> None:
        present = {*unsettled, *self._in_hand}
        self._waits = {id_: wait for id_, wait in self._waits.items() if id_ in present}
