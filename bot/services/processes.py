"""Says that this process lives, and reckons with the others what each may ask of the platform in a second.

What a process takes stays its own for as long as it is seen; nobody else begins it meanwhile, however slow
it is. Once it was not seen for GONE_AFTER, or its successor has come, the others go on with it. Over SQLite
there is one process: nothing is written. Nothing here is about a member: nothing to export or to forget.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.domain.errors import Contended
from bot.domain.processes import BEAT, GONE_AFTER, SOON, Process, is_first, part_of
from storage import Storage

APART = timedelta(seconds=6)  # between two shards' turns (Discord: 5 s between introductions, mostly)

log = structlog.get_logger(__name__)


class Paced(Protocol):
    """Whatever keeps requests under a limit that can change."""

    whole: int  # requests a second of which each process has its part
    most: int  # what the platform takes

    @property
    def in_use(self) -> int:
        """Requests that may still count in some second."""
        ...

    def allow(self, limit: int) -> None:
        """From now on so many in any second."""
        ...


class Processes:
    """One a process. `join` before anything is asked of the platform, then `run`, and `leave` at the end."""

    def __init__(self, storage: Storage, clock: Clock, seat: str, paced: Paced) -> None:
        self._storage = storage
        self._clock = clock
        self._seat = seat
        self._paced = paced
        self._since = clock.now()
        self._seen_at = self._since
        self._first = True
        self._is_full = True
        self.living = 1
        self.pace = paced.whole

    @property
    def first(self) -> bool:
        """Whether what one alone is to do is this one's to do."""
        cut_off = self._clock.now() - self._seen_at >= GONE_AFTER - BEAT  # the others may take it for gone
        return self._first and (self._storage.process is None or not cut_off)

    async def join(self) -> None:
        """Says for the first time that this one lives; who served the same shards before is gone."""
        self._since = self._clock.now()
        if self._storage.process is not None:
            self._set(0, full=False)
            await self._beat(joins=True)

    async def run(self) -> None:
        """Goes on saying so, until cancelled; a fault is logged."""
        if self._storage.process is None:
            return
        while True:
            await asyncio.sleep((BEAT if self._is_full else SOON).total_seconds())
            try:
                await self.beat()
            except Exception as error:  # noqa: BLE001 - the next one may come through
                log.warning(
                    "the others could not be told that this process lives", error=type(error).__name__
                )

    async def beat(self) -> None:
        """Once."""
        if self._storage.process is not None:
            await self._beat(joins=False)

    async def leave(self) -> None:
        """Its part and what it could not finish are the others' at once. Never raises."""
        if self._storage.process is None:
            return
        with contextlib.suppress(Exception):  # then they take it over once it is seen no more
            async with self._storage.begin() as tx:
                await tx.processes.remove()
                await tx.commit()

    async def introduce(self) -> bool:
        """Waits until a shard may introduce itself to the gateway, which takes one after the other.

        False where no turn was taken: there are no others, or they could not be asked.
        """
        if self._storage.process is None:
            return False
        try:
            while (wait := await self._my_turn()) > timedelta(0):  # noqa: ASYNC110 - the others cannot tell it
                await asyncio.sleep(wait.total_seconds())
        except Exception as error:  # noqa: BLE001 - refused by the gateway it would only have to come again
            log.warning("no turn could be taken", error=type(error).__name__)
            return False
        return True

    def alone(self, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """The same work, left to the one who has lived longest."""

        async def if_first() -> None:
            if self.first:
                await work()

        return if_first

    async def _beat(self, *, joins: bool) -> None:
        assert self._storage.process is not None  # noqa: S101 - as is asked before
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.processes.alone()
            if joins:
                await tx.processes.displace(self._seat)
            gone = await tx.processes.bury(now - GONE_AFTER)
            others = await tx.processes.others()
            pace, full = part_of(self._paced.whole, self._paced.most, others)
            if pace < self.pace:
                self._paced.allow(pace)  # before anybody counts on the rest
            mine = Process(
                id=self._storage.process,
                seat=self._seat,
                since=self._since,
                seen_at=now,
                pace=max(pace, min(self._paced.in_use, self.pace)),
            )
            stood = await tx.processes.put(mine)
            await tx.commit()
        self._seen_at, self.living, self._first = now, len(others) + 1, is_first(mine, others)
        self._set(pace, full=full)
        if gone:
            log.warning("processes are gone, and what they had in hand is taken over", gone=gone)
        if not stood and not joins:
            log.warning("this process was taken for gone: is another one on its shards, or was it held up?")

    def _set(self, pace: int, *, full: bool) -> None:
        if pace != self.pace:
            log.info("pace", requests_a_second=pace, processes=self.living)
        self.pace, self._is_full = pace, full
        self._paced.allow(pace)

    async def _turn(self) -> timedelta:
        """How long to wait; zero: this one's turn is now, and written down."""
        async with self._storage.begin() as tx:
            await tx.processes.alone()
            now = self._clock.now()  # after the wait for the others: one of them may just have had its turn
            last = await tx.processes.identified_at()
            if last is not None and _early(last, now):
                return last + APART - now
            await tx.processes.identify(now)
            await tx.commit()
        return timedelta(0)

    async def _my_turn(self) -> timedelta:
        """The same; while all others ask, too, it asks again."""
        while True:
            with contextlib.suppress(Contended):
                return await self._turn()


def _early(last: datetime, now: datetime) -> bool:
    return abs(now - last) < APART  # another machine's clock may run a little before this one's
