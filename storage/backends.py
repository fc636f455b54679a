"""The two databases behind one shape: transactions that write, snapshots that read."""

import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from storage import bounded
from storage.at_once import AtOnce, Readers
from storage.errors import StorageError
from storage.session import Session
from storage.vault import Vault
from storage.writer import BUSY_MS, Writer

READERS = 4  # SQLite reads side by side; more gain nothing on one disk
POOL = 10  # PostgreSQL connections a process
SERVER = {"application_name": "trellis", "synchronous_commit": "on"}
PRIVATE = 0o600
PATIENCE = 5.0  # seconds that a starting process waits for another one that is turning WAL on


class Backend(Protocol):
    """A database that is open."""

    @property
    def figures(self) -> Mapping[str, float]:
        """Commits since the start, and how many units of work wait for the database or are in it now."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a read-only snapshot, for reading whole tables."""
        ...

    def writing(self, vault: Vault) -> AbstractAsyncContextManager[Session]:
        """A transaction; rolled back unless committed inside."""
        ...

    def reading(self, vault: Vault) -> AbstractAsyncContextManager[Session]:
        """A snapshot that blocks nobody and writes nothing."""
        ...

    async def close(self) -> None:
        """Ends what is queued, then every connection."""
        ...


class SqliteBackend:
    """One writer with group commit, and a few readers; whole tables are read in threads of their own."""

    def __init__(self, url: URL) -> None:
        """Connects; the file is there already and migrated."""
        self.writer = Writer(_at_once(url, _as_writer).connect())
        self._readers = Readers(_at_once(url, _as_reader), READERS)
        self._snapshots = _reading_engine(url)

    @property
    def figures(self) -> Mapping[str, float]:
        """As the writer counts them."""
        return {"commits": self.writer.commits, "in_hand": self.writer.waiting}

    def snapshot(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a read-only snapshot."""
        return self._snapshots.connect()

    def writing(self, vault: Vault) -> AbstractAsyncContextManager[Session]:
        """A unit of work in the writer's queue."""
        return self.writer.unit(vault)

    @asynccontextmanager
    async def reading(self, vault: Vault) -> AsyncIterator[Session]:
        """A snapshot, taken at its first statement."""
        async with self._readers.lent() as connection:
            session = AtOnce(connection, vault, writes=False)
            try:
                yield session
            finally:
                await session.end()

    async def close(self) -> None:
        """Ends what is queued, then every connection."""
        self._readers.close()  # first: a reader would keep deleted bytes in the log
        await self._snapshots.dispose()
        await self.writer.close()


class PostgresBackend:
    """Ordinary transactions from a pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._pool = cast("AsyncAdaptedQueuePool", engine.pool)
        self._commits = 0
        event.listen(engine.sync_engine, "commit", self._committed)
        self._snapshots = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def figures(self) -> Mapping[str, float]:
        """As this process sees them."""
        return {"commits": self._commits, "in_hand": self._pool.checkedout()}

    def snapshot(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection in a read-only snapshot."""
        return self._snapshots.connect()

    @asynccontextmanager
    async def writing(self, vault: Vault) -> AsyncIterator[Session]:
        """A transaction (READ COMMITTED); what must be once is held by unique indexes."""
        async with self._session(self._engine, vault, writes=True) as session:
            yield session

    @asynccontextmanager
    async def reading(self, vault: Vault) -> AsyncIterator[Session]:
        """A read-only snapshot."""
        async with self._session(self._snapshots, vault, writes=False) as session:
            yield session

    def _committed(self, _connection: Connection) -> None:
        self._commits += 1

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine, vault: Vault, *, writes: bool) -> AsyncIterator[Session]:
        async with bounded.connection_of(engine) as connection:
            session = bounded.Bounded(connection, vault, writes=writes)
            try:
                yield session
            finally:
                await session.end()

    async def close(self) -> None:
        """Ends every connection."""
        await self._engine.dispose()


async def connected(url: URL) -> Backend:
    """Opens the database at `url`, which is migrated already."""
    if url.get_backend_name() == "sqlite":
        return SqliteBackend(url)
    return PostgresBackend(_bounded_engine(url))


def parsed(database_url: str) -> URL:
    """The address with its async driver. Raises StorageError where it is none of ours."""
    try:
        url = make_url(database_url)
        name = url.get_backend_name()
    except ArgumentError as error:
        raise StorageError("The database address cannot be read; see DATABASE_URL in .env.") from error
    if name == "postgresql":
        return url.set(drivername="postgresql+asyncpg")
    if name == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+aiosqlite")
    raise StorageError(
        "The database is a SQLite file (sqlite+aiosqlite:///…) or PostgreSQL (postgresql+asyncpg://…)."
    )


def exists(url: URL) -> bool:
    """Whether there is a file; a PostgreSQL database is taken to be there."""
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def prepare_file(url: URL) -> None:
    """Makes a new SQLite file readable to its owner alone; no more than the folder for one that stands."""
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=PRIVATE, exist_ok=True)


def prepare_folder(folder: Path) -> None:
    """Makes a folder for backups, open to its owner alone; one that stands stays as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)


def writing_engine(url: URL) -> AsyncEngine:
    """For what has its time, as a migration; SQLite's in AUTOCOMMIT: the writer says BEGIN and COMMIT."""
    if url.get_backend_name() == "postgresql":
        return create_async_engine(
            url,
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,  # an error's text must not quote a member
            connect_args={"server_settings": SERVER},
        )
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _as_writer)
    return engine


def _bounded_engine(url: URL) -> AsyncEngine:
    """PostgreSQL's for all that people wait for."""
    return create_async_engine(
        url,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=bounded.CONNECTION,  # no ping before use: it would double the wait for one that hangs
        hide_parameters=True,
        connect_args={
            "server_settings": {**SERVER, **bounded.settings()},
        },
    )


def _reading_engine(url: URL) -> AsyncEngine:
    """SQLite connections that can only read; each transaction is one snapshot."""
    engine = create_async_engine(url, pool_size=READERS, max_overflow=0, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _as_reader)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _at_once(url: URL, prepared: Callable[[Any, object], None]) -> Engine:
    """SQLite connections for any one thread at a time; their owner says BEGIN and COMMIT."""
    engine = create_engine(
        url.set(drivername="sqlite"),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )
    event.listen(engine, "connect", prepared)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")  # the driver by itself begins only before it writes


def _as_reader(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    _say(connection, f"PRAGMA busy_timeout = {BUSY_MS}", "PRAGMA query_only = ON")


def _as_writer(connection: Any, _record: object) -> None:
    _say(connection, f"PRAGMA busy_timeout = {BUSY_MS}")
    _turn_wal_on(connection)
    _say(
        connection,
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
    )


def _turn_wal_on(connection: Any) -> None:
    """The one statement for which SQLite does not always wait: two processes may start together."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return _say(connection, "PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.01)


def _say(connection: Any, *statements: str) -> None:
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
