"""One transaction as the repositories see it: statements, the vault, and nothing after its end."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Row, Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import VaultError
from bot.domain.ids import MemberId, ProcessId
from storage.errors import TransactionOver
from storage.tables import erased, member_keys, members
from storage.vault import Vault, Wrapped, key_place

Insert = sqlite.Insert | postgresql.Insert
Rows = Sequence[dict[str, Any]]
Result = TypeVar("Result")


class Session:
    """A transaction of its own on one connection; `commit` returns only when what was written is durable."""

    def __init__(self, connection: AsyncConnection, vault: Vault, *, writes: bool) -> None:
        self.vault = vault
        self.writes = writes
        self.process: ProcessId | None = None  # whose it is, where several share the database
        self.erased = False  # keys were destroyed: the keyrings are to follow
        self.scrubs = False  # old bytes are to go from the disk
        self._connection = connection
        self._statement = asyncio.Lock()
        self._over: Exception | None = None
        self._keys: dict[MemberId, bytes] = {}

    async def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """Runs one statement. Raises TransactionOver after the end, and what the database raises."""
        return await unbroken(self._execute(statement, rows))

    async def _execute(self, statement: Executable, rows: Rows | None) -> CursorResult[Any]:
        async with self._statement:
            if self._over is not None:
                raise self._over
            try:
                return await self._connection.execute(statement, rows)
            except StatementError:
                # PostgreSQL goes on with nothing after this, and SQLite may have rolled back already.
                self._over = TransactionOver("a statement of this transaction has failed")
                raise

    async def row(self, statement: Executable) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.execute(statement)).first()

    async def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows."""
        return (await self.execute(statement)).all()

    async def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    def insert(self, table: Table) -> Insert:
        """An INSERT that can say ON CONFLICT, in the words of this database."""
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    async def member_key(self, member: MemberId) -> bytes:
        """What seals this member's rows. Raises VaultError where it was destroyed."""
        if member not in self._keys:
            held = select(members.c.key_ref, member_keys).join_from(member_keys, members)
            row = await self.row(held.where(member_keys.c.member_id == member))
            if row is None:
                raise VaultError("The member's key is gone, and with it all that it sealed.")
            wrapped = Wrapped(row.operator, row.wrapped)
            self._keys[member] = self.vault.operator.unwrap(wrapped, key_place(row.key_ref))
        return self._keys[member]

    async def erase(self, *those: ColumnElement[bool]) -> None:
        """Destroys these members' keys and all their rows; old bytes and kept keyrings follow the commit."""
        refs = select(members.c.key_ref).where(*those)
        await self.execute(insert(erased).from_select(["key_ref"], refs))
        await self.execute(delete(members).where(*those))
        self._keys.clear()
        self.erased = self.scrubs = True

    async def commit(self) -> None:
        """Makes it durable; once."""
        over = TransactionOver("this transaction has been committed")
        await self.end(over)
        if self._over is not over:
            raise self._over or over
        await self._committed()

    async def _committed(self) -> None:
        await unbroken(self._connection.commit())

    async def end(self, why: Exception | None = None) -> None:
        """From here on every use raises; waits for a statement that is under way."""
        async with self._statement:
            self._over = self._over or why or TransactionOver("this transaction has ended")


async def unbroken(work: Coroutine[Any, Any, Result]) -> Result:
    """Lets a statement end before a cancellation goes on: cut short, it costs the connection, and a batch."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
