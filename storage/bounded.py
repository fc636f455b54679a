"""PostgreSQL is waited for so long and no longer: who pressed hears something within Discord's three seconds.

A lock that another holds, a server that stands still and a deadlock each end the transaction with an error
of ours, which has a sentence. The server itself ends a transaction whose process stands still, and frees its
locks.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from sqlalchemy import Executable
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import Contended, NotAnswered, NotKept
from storage.errors import TransactionOver
from storage.session import Remote, Result, Rows

LOCK = 1.5  # seconds a statement waits for others; longer than PostgreSQL needs to see a deadlock (1 s)
STATEMENT = 1.8  # seconds until an answer, or the connection is given up
CONNECTION = 2.4  # seconds for one of the pool's, or a new one
STANDING = 15  # seconds after which the server ends a transaction that says nothing

PATIENT = 30.0  # seconds instead, for work that nobody waits for
LOST = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, no lock: nothing was kept
NO_WRITES = (
    "25006",
    "53",
    "58",
)  # read-only, as hosted servers are when they fill up; no room; a broken disk
GIVEN_UP = ("57014", "25P03", "57P", "08")  # cancelled, stood still, shut down, cut

log = structlog.get_logger(__name__)


def is_away(error: BaseException) -> bool:
    """Whether a database that could not be opened may well open later: it is held, starting or not there."""
    if isinstance(error, ConnectionError | TimeoutError):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return str(getattr(cause, "sqlstate", None) or "").startswith(GIVEN_UP)


_patient: ContextVar[bool] = ContextVar("patient", default=False)


def patiently(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """The same work, and all that it starts, with time for a slow statement: nobody has pressed for it."""

    async def with_time() -> None:
        _patient.set(True)
        await work()

    return with_time


def settings() -> dict[str, str]:
    """What a connection asks of the server."""
    return {
        "lock_timeout": f"{LOCK * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{STANDING * 1000}",
    }


class Bounded(Remote):
    """A transaction on PostgreSQL. Raises Contended and NotAnswered."""

    async def _execute(self, statement: Executable, rows: Rows | None) -> CursorResult[Any]:
        return await self._in_time(super()._execute(statement, rows))

    async def _committed(self) -> None:
        await self._in_time(super()._committed())

    async def _in_time(self, work: Coroutine[Any, Any, Result]) -> Result:
        task = asyncio.ensure_future(work)
        await asyncio.wait({task}, timeout=PATIENT if _patient.get() else STATEMENT)
        if not task.done():
            self._cut()  # which ends it
            await asyncio.wait({task})
            task.exception()
            raise NotAnswered
        try:
            return task.result()
        except DBAPIError as error:
            told = _ours(error, writes=self.writes)
            if isinstance(told, NotKept):  # opened while the server took no writes, it never would
                await self._connection.invalidate()
            raise (told or error) from None

    def _cut(self) -> None:
        """Gives the connection up at once: to cancel, or to say goodbye, would wait as long again."""
        log.warning("the database does not answer")
        self._over = TransactionOver("the database did not answer in this transaction")
        sync = self._connection.sync_connection
        driver = sync.connection.driver_connection if sync is not None and not sync.invalidated else None
        if driver is not None:
            driver.terminate()


@asynccontextmanager
async def connection_of(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One of the pool's. Raises NotAnswered where there is none, or it is gone when it is given back."""
    try:
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(CONNECTION):
                    connection = await stack.enter_async_context(engine.connect())
            except (NoConnectionFree, TimeoutError, OSError, DBAPIError) as error:
                log.warning("the database cannot be reached", error=type(error).__name__)
                raise NotAnswered from None
            yield connection
    except DBAPIError as error:  # a rollback on a cut connection, which would hide why there is one
        raise (_ours(error) or error) from None


def _ours(error: DBAPIError, *, writes: bool = True) -> NotAnswered | None:
    """The error as one of ours. A snapshot in which something is written is a fault of ours: it stays one."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state in LOST:
        log.info("a transaction gives way to another")
        return Contended()
    if writes and state and state.startswith(NO_WRITES):
        log.error("the database kept nothing of a unit", state=state)
        return NotKept(f"the database did not keep this: {state}")
    gone = error.connection_invalidated or isinstance(error, InterfaceError)
    if gone or (state and state.startswith(GIVEN_UP)):
        log.warning("the database does not answer", state=state)
        return NotAnswered()
    return None
