"""SQLite asked at once, in the caller's own thread: it answers from memory sooner than a thread is woken.

A statement takes SQLite some tens of microseconds; a trip to another thread and back costs ten times that,
and under load each way waits for the interpreter's lock besides. What waits for the disk or for another
process never comes here: BEGIN IMMEDIATE, COMMIT and the log's truncation (storage.writer), migrations, and
whole tables (`Backend.snapshot`) have threads of their own.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import StatementError

from bot.domain.errors import NotKept
from storage.session import Rows, Session
from storage.vault import Vault

BREATH = 0.005  # seconds of statements after which all others have their turn first
IN_THE_WAY = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_CANTOPEN")


class AtOnce(Session):
    """A transaction whose statements are answered when asked: none is ever under way."""

    def __init__(self, connection: Connection, vault: Vault, *, writes: bool) -> None:
        super().__init__("sqlite", vault, writes=writes)
        self._connection = connection
        self._breathed = time.monotonic()

    async def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """As every session's. A transaction of many statements lets others have a turn now and then."""
        if time.monotonic() - self._breathed > BREATH:
            await asyncio.sleep(0)
            self._breathed = time.monotonic()
        if self._over is not None:
            raise self._over
        try:
            return self._connection.execute(statement, rows)
        except StatementError as error:
            self._failed()
            if self.writes and error.orig is not None and is_disks(error.orig):
                raise not_kept(error.orig) from None
            raise

    async def _committed(self) -> None:
        """Nothing: a snapshot has nothing to keep. The writer's units say more (storage.writer)."""


class Readers:
    """The connections that only read. Each transaction is a snapshot, taken at its first statement."""

    def __init__(self, engine: Engine, count: int) -> None:
        self._connections = [engine.connect() for _ in range(count)]
        self._free: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        for connection in self._connections:
            self._free.put_nowait(connection)

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Connection]:
        """One of them within a transaction; waits where all are lent."""
        connection = await self._free.get()
        try:
            _say(connection, "BEGIN")
            yield connection
        finally:
            _say(connection, "ROLLBACK")
            self._free.put_nowait(connection)

    def close(self) -> None:
        """Closes them all; who still reads meets an error."""
        for connection in self._connections:
            connection.close()


def is_disks(error: BaseException) -> bool:
    """Whether the disk or another process is in the way, and not what was asked."""
    return str(getattr(error, "sqlite_errorname", "")).startswith(IN_THE_WAY)


def not_kept(error: BaseException) -> NotKept:
    """What its unit of work is told."""
    refusal = NotKept(f"the database did not keep this: {error}")
    refusal.__cause__ = error
    return refusal


def driver_of(connection: Connection) -> Any:
    """Python's own connection, for what is no statement of a repository."""
    return connection.connection.driver_connection


def _say(connection: Connection, words: str) -> None:
    driver_of(connection).execute(words)
