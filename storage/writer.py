"""SQLite's one writer, with group commit: many units of work share one durable COMMIT, each as if alone.

Units queue first come, first served. The writer begins a transaction and gives each unit its turn inside a
SAVEPOINT. A unit that commits hands the turn on at once and waits; one that fails rolls back to its savepoint
and harms no other. When the queue is empty or the batch is full, one COMMIT (an fsync: synchronous=FULL)
makes the batch durable, and only then does each `commit()` return. Where the COMMIT fails, every unit of the
batch is told that it was not kept.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.domain.errors import NotKept
from storage.at_once import AtOnce, driver_of, not_kept
from storage.errors import HeldTooLong
from storage.session import unbroken
from storage.vault import Vault

BATCH_UNITS = 64
BATCH_SECONDS = 0.02  # after this no further unit joins, so that the first one's wait stays unfelt
ROUNDS = 8  # of the loop, for which a batch is held open where nobody waits
TURN_SECONDS = 5.0  # a unit takes milliseconds; one that waits for a network must not stop everybody
BUSY_MS = 5000  # what a statement waits for another process
SCRUB_AGAIN, SCRUB_LATEST = (
    0.5,
    60.0,
)  # seconds: who reads on, as a backup or Litestream do, must slow down nobody
SCRUB_PATIENCE_MS = 100  # what the log's truncation waits for readers before it is put off to the next batch

log = structlog.get_logger(__name__)


class Unit(AtOnce):
    """One unit of work: waits for its turn, works, then says whether it is to be kept."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        super().__init__(connection, vault, writes=True)
        loop = asyncio.get_running_loop()
        self.turn: asyncio.Future[None] = loop.create_future()
        self.done: asyncio.Future[bool] = loop.create_future()  # to be kept, or not
        self.durable: asyncio.Future[None] = loop.create_future()
        self.durable.add_done_callback(lambda told: told.cancelled() or told.exception())  # heard or not

    async def _committed(self) -> None:
        self.done.set_result(True)
        await asyncio.shield(self.durable)

    def overdue(self) -> None:
        """Its turn is taken away."""
        if not self.done.done():
            self._over = HeldTooLong("a unit of work held the writer while it waited for something else")
            self.done.set_result(False)

    def leave(self) -> None:
        """The end of the unit however it came; rolls back unless it has committed."""
        self.turn.cancel()
        if not self.done.done():
            self.done.set_result(False)


class Writer:
    """Owns the writing connection, which must be in AUTOCOMMIT: BEGIN and COMMIT are said here alone."""

    def __init__(self, connection: Connection, *, turn_seconds: float = TURN_SECONDS) -> None:
        self.commits = 0
        self.busy_ms = BUSY_MS
        self._driver: sqlite3.Connection = driver_of(connection)
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, "storage writer")  # waits for the disk and for other processes
        self._turn_seconds = turn_seconds
        self._queue: deque[Unit] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._scrub_due = False
        self._scrub_at, self._scrub_wait = 0.0, SCRUB_AGAIN
        self._task = asyncio.create_task(self._serve(), name="storage writer")

    @property
    def waiting(self) -> int:
        """How many units wait for their turn."""
        return len(self._queue)

    @asynccontextmanager
    async def unit(self, vault: Vault) -> AsyncIterator[Unit]:
        """A unit at its turn; rolled back unless committed inside. Raises NotKept where it cannot begin."""
        if self._closing:
            raise NotKept("the storage is closed")
        unit = Unit(self._connection, vault)
        self._queue.append(unit)
        self._arrived.set()
        try:
            await unit.turn
            yield unit
        finally:
            unit.leave()

    async def close(self) -> None:
        """Lets all that queued end, then stops; the log is scrubbed where that is due."""
        self._closing = True
        self._arrived.set()
        await self._task
        await self._scrub()
        self._thread.shutdown()
        self._connection.close()

    async def _serve(self) -> None:
        while not self._closing or self._queue:
            if self._queue:
                await self._batch()
            else:
                self._arrived.clear()
                await self._arrived.wait()

    async def _batch(self) -> None:
        kept: list[Unit] = []
        try:
            await self._begin()
            await self._turns(kept)
            await self._say("COMMIT" if kept else "ROLLBACK")
        except Exception as error:  # noqa: BLE001 - all who wait are told, whatever it was
            await self._fail(kept, error)
            return
        self.commits += bool(kept)
        self._scrub_due = self._scrub_due or any(unit.scrubs for unit in kept)
        await self._scrub()
        for unit in kept:
            unit.durable.set_result(None)

    async def _begin(self) -> None:
        """At once, unless another process is writing: that is waited for in the thread."""
        self._driver.execute("PRAGMA busy_timeout = 0")
        try:
            self._driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
        finally:
            self._driver.execute(f"PRAGMA busy_timeout = {self.busy_ms}")
        if not self._driver.in_transaction:
            await self._say("BEGIN IMMEDIATE")

    async def _turns(self, kept: list[Unit]) -> None:
        clock = asyncio.get_running_loop().time
        ends = clock() + BATCH_SECONDS
        while len(kept) < BATCH_UNITS and clock() < ends and await self._somebody_waits():
            if not self._queue[0].turn.cancelled():
                self._driver.execute("SAVEPOINT unit")  # where this fails the unit is still in the queue
                await self._give_turn(self._queue.popleft(), kept)
            else:
                self._queue.popleft()

    async def _somebody_waits(self) -> bool:
        """Whether there is a next one. Who is about to arrive may join: that costs less than a flush."""
        for _ in range(ROUNDS):
            if not self._queue:
                await asyncio.sleep(0)
        return bool(self._queue)

    async def _give_turn(self, unit: Unit, kept: list[Unit]) -> None:
        if not unit.turn.cancelled():
            unit.turn.set_result(None)
        patience = asyncio.get_running_loop().call_later(self._turn_seconds, unit.overdue)
        is_kept = await unit.done
        patience.cancel()
        await unit.end()
        if is_kept:
            kept.append(unit)
        else:
            self._driver.execute("ROLLBACK TO unit")
        self._driver.execute("RELEASE unit")

    async def _fail(self, kept: list[Unit], error: Exception) -> None:
        """Tells everyone concerned; those still waiting would meet the same refusal (locked, full)."""
        log.error(
            "the database kept nothing of a batch",
            cause=type(error).__name__,
            state=getattr(error, "sqlite_errorname", None),  # a name of SQLite's, and never its words
            units=len(kept),
        )
        if not kept:
            waiting, self._queue = self._queue, deque()
        else:
            waiting = deque()
        for unit in waiting:
            if not unit.turn.done():
                unit.turn.set_exception(not_kept(error))
        for unit in kept:
            unit.durable.set_exception(not_kept(error))
        try:
            await self._say("ROLLBACK")
        except sqlite3.Error:
            return  # SQLite had rolled back by itself: there is no transaction left to end

    async def _scrub(self) -> None:
        """Empties the log after deletions: what was deleted stands in its older frames."""
        now = asyncio.get_running_loop().time()
        if not self._scrub_due or (now < self._scrub_at and not self._closing):
            return
        try:
            await self._say(f"PRAGMA busy_timeout = {SCRUB_PATIENCE_MS}")
            [(busy, *_)] = await self._say("PRAGMA wal_checkpoint(TRUNCATE)")
            await self._say(f"PRAGMA busy_timeout = {self.busy_ms}")
        except (sqlite3.Error, ValueError):
            return  # stays due; what was deleted is deleted all the same
        self._scrub_due = bool(busy)
        self._scrub_wait = min(2 * self._scrub_wait, SCRUB_LATEST) if busy else SCRUB_AGAIN
        self._scrub_at = now + self._scrub_wait if busy else 0.0

    async def _say(self, words: str) -> list[Any]:
        """In the thread: what this waits for holds up who writes, and nobody else."""
        loop = asyncio.get_running_loop()
        return await unbroken(loop.run_in_executor(self._thread, self._said, words))

    def _said(self, words: str) -> list[Any]:
        return self._driver.execute(words).fetchall()
