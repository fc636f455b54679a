"""PostgreSQL is waited for so long and no longer: who pressed hears something within Discord's three seconds.

A lock that another holds, a server that stands still and a deadlock each end the transaction with an error
of ours, which has a sentence. The server itself ends a transaction whose process stands still, and frees its
locks.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import Executable
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import Contended, NotAnswered
from storage.errors import TransactionOver
from storage.session import Rows, Session

LOCK = 1.5  # seconds a statement waits for others; longer than PostgreSQL needs to see a deadlock (1 s)
STATEMENT = 1.8  # seconds until an answer, or the connection is given up
CONNECTION = 1.0  # seconds for a new one, where one that was kept turns out to be dead
QUEUE = 2.0  # seconds for one of the pool's
STANDING = 15  # seconds after which the server ends a transaction that says nothing

SETTINGS = {
    "lock_timeout": f"{LOCK * 1000:.0f}",
    "idle_in_transaction_session_timeout": f"{STANDING * 1000}",
}
LOST = frozenset({"40001", "40P01"})  # serialization failure, deadlock: nothing was kept, and again it may go
GIVEN_UP = frozenset({"55P03", "57014", "25P03"})  # no lock, cancelled, stood still

log = structlog.get_logger(__name__)


class Bounded(Session):
    """A transaction on PostgreSQL. Raises Contended and NotAnswered."""

    async def _execute(self, statement: Executable, rows: Rows | None) -> CursorResult[Any]:
        try:
            return await super()._execute(statement, rows)
        except DBAPIError as error:
            raise (_ours(error) or error) from None
        except TimeoutError:
            raise await self._cut() from None

    async def _committed(self) -> None:
        try:
            await super()._committed()
        except DBAPIError as error:
            raise (_ours(error) or error) from None
        except TimeoutError:
            raise await self._cut() from None

    async def _cut(self) -> NotAnswered:
        """Gives the connection up at once: a goodbye would wait as long again."""
        self._over = TransactionOver("the database did not answer in this transaction")
        raw = await self._connection.get_raw_connection()
        if raw.driver_connection is not None:
            raw.driver_connection.terminate()
        log.warning("the database does not answer")
        return NotAnswered()


@asynccontextmanager
async def connection_of(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One of the pool's. Raises NotAnswered where there is none."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (NoConnectionFree, TimeoutError, OSError, DBAPIError) as error:
            log.warning("the database cannot be reached", error=type(error).__name__)
            raise NotAnswered from None
        yield connection


def _ours(error: DBAPIError) -> NotAnswered | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in LOST:
        log.info("a transaction gives way to another")
        return Contended()
    if state in GIVEN_UP or error.connection_invalidated or isinstance(error, InterfaceError):
        log.warning("the database does not answer", state=state)
        return NotAnswered()
    return None
