"""SQLite reached in one trip a statement: its thread runs it, reads its rows and closes its cursor at once.

Through SQLAlchemy a SELECT is otherwise four trips to aiosqlite's thread (cursor, execute, fetch, close), and
each wakes two threads, which costs more than what SQLite itself does.
"""

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy.engine import URL

AT_ONCE = 1000  # rows that come with the statement; what is longer is fetched on as it is read


class OneTripCursor(aiosqlite.Cursor):
    """aiosqlite's cursor, asked once for all."""

    _cursor: sqlite3.Cursor | None  # type: ignore[assignment]  # while there are rows to fetch

    def __init__(self, connection: "OneTripConnection") -> None:
        super().__init__(connection, None)  # type: ignore[arg-type]
        self._rows: deque[Any] = deque()
        self._about: tuple[Any, int, int | None] = (None, -1, None)

    async def __aenter__(self) -> "OneTripCursor":
        return self

    @property
    def description(self) -> Any:
        """The columns; None where there are no rows to be read."""
        return self._about[0]

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""
        return self._about[1]

    @property
    def lastrowid(self) -> int | None:
        """Of the row that was inserted last."""
        return self._about[2]

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> "OneTripCursor":
        """Runs it and reads its first rows."""
        await self._trip(self._run, "execute", sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "OneTripCursor":
        """Runs it once for each."""
        await self._trip(self._run, "executemany", sql, parameters)
        return self

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        size = size or 1
        if len(self._rows) < size and self._cursor is not None:
            await self._trip(self._read, max(size, AT_ONCE))
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        """All that are left."""
        if self._cursor is not None:
            await self._trip(self._read, None)
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def close(self) -> None:
        """Lets go of what was not read; a trip only where there is something."""
        self._rows.clear()
        if self._cursor is not None:
            await self._trip(self._let_go)

    async def _trip(self, work: Callable[..., None], *given: Any) -> None:
        await self._execute(work, *given)  # type: ignore[no-untyped-call]

    def _run(self, way: str, sql: str, parameters: Iterable[Any]) -> None:
        """In SQLite's thread, as all below."""
        self._let_go()
        self._rows.clear()
        self._cursor = self._conn._conn.cursor()
        try:
            getattr(self._cursor, way)(sql, parameters)
            if self._cursor.description is not None:
                self._read(AT_ONCE)
        except BaseException:
            self._let_go()
            raise
        if self._cursor is not None and self._cursor.description is None:
            self._let_go()

    def _read(self, most: int | None) -> None:
        if self._cursor is None:
            return
        rows = self._cursor.fetchall() if most is None else self._cursor.fetchmany(most)
        self._rows.extend(rows)
        self._about = (self._cursor.description, self._cursor.rowcount, self._cursor.lastrowid)
        if most is None or len(rows) < most:
            self._let_go()

    def _let_go(self) -> None:
        if self._cursor is not None:
            self._about = (self._cursor.description, self._cursor.rowcount, self._cursor.lastrowid)
            self._cursor.close()
            self._cursor = None


class OneTripConnection(aiosqlite.Connection):
    """aiosqlite's connection, with such cursors."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        """Costs nothing: SQLite's own is made with the first statement."""
        return OneTripCursor(self)


def connector(url: URL) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What an engine for `url` connects with (`async_creator`)."""
    args, options = url.get_dialect()().create_connect_args(url)
    opened: Callable[[], sqlite3.Connection] = partial(sqlite3.connect, *args, **options)

    async def connect() -> aiosqlite.Connection:
        connection = OneTripConnection(opened, iter_chunk_size=AT_ONCE)
        connection._thread.daemon = True  # as SQLAlchemy does: a process that ends waits for none
        return await connection

    return connect
