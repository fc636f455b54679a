"""One transaction as the repositories see it: statements, the vault, and nothing after its end."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Row, Table, bindparam, delete, insert, select
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
INSERTS: dict[str, Callable[[Table], Insert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
Rows = dict[str, Any] | Sequence[dict[str, Any]]  # values for a statement: once, or for each
Result = TypeVar("Result")

_KEY = (
    select(members.c.key_ref, member_keys)
    .join_from(member_keys, members)
    .where(member_keys.c.member_id == bindparam("member"))
)


class Session(ABC):
    """A transaction of its own on one connection; `commit` returns only when what was written is durable.

    How a statement reaches the database is each kind's own: SQLite answers at once (storage.at_once),
    PostgreSQL from afar.
    """

    def __init__(self, dialect: str, vault: Vault, *, writes: bool) -> None:
        self.vault = vault
        self.writes = writes
        self.process: ProcessId | None = None  # whose it is, where several share the database
        self.erased = False  # keys were destroyed: the keyrings are to follow
        self.scrubs = False  # old bytes are to go from the disk
        self.dialect = dialect
        self._over: Exception | None = None
        self._wrapped: dict[MemberId, tuple[Wrapped, str]] = {}
        self._keys: dict[MemberId, bytes] = {}

    @abstractmethod
    async def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """Runs one statement. Raises TransactionOver after the end, and what the database raises."""

    async def row(self, statement: Executable, **given: Any) -> Row[Any] | None:
        """The first row, or None. `given`: the statement's bound values, by name."""
        return (await self.execute(statement, given)).first()

    async def rows(self, statement: Executable, **given: Any) -> Sequence[Row[Any]]:
        """All rows."""
        return (await self.execute(statement, given)).all()

    async def value(self, statement: Executable, **given: Any) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement, given)).scalar()

    def insert(self, table: Table) -> Insert:
        """An INSERT that can say ON CONFLICT, in the words of this database."""
        return INSERTS[self.dialect](table)

    async def member_key(self, member: MemberId) -> bytes:
        """What seals this member's rows. Raises VaultError where it was destroyed."""
        if member not in self._wrapped:
            row = await self.row(_KEY, member=member)
            if row is None:
                raise VaultError("The member's key is gone, and with it all that it sealed.")
            self.met(member, row)
        if member not in self._keys:
            wrapped, place = self._wrapped[member]
            self._keys[member] = self.vault.operator.unwrap(wrapped, place)
        return self._keys[member]

    def met(self, member: MemberId, row: Row[Any]) -> None:
        """Remembers, for this transaction, the wrapped key that was read along with a member."""
        self._wrapped[member] = Wrapped(row.operator, row.wrapped), key_place(row.key_ref)

    async def erase(self, *those: ColumnElement[bool]) -> None:
        """Destroys these members' keys and all their rows; old bytes and kept keyrings follow the commit."""
        refs = select(members.c.key_ref).where(*those)
        await self.execute(insert(erased).from_select(["key_ref"], refs))
        await self.execute(delete(members).where(*those))
        self._wrapped.clear()
        self._keys.clear()
        self.erased = self.scrubs = True

    async def commit(self) -> None:
        """Makes it durable; once."""
        over = TransactionOver("this transaction has been committed")
        await self.end(over)
        if self._over is not over:
            raise self._over or over
        await self._committed()

    @abstractmethod
    async def _committed(self) -> None:
        """Returns when it is durable."""

    async def end(self, why: Exception | None = None) -> None:
        """From here on every use raises."""
        self._over = self._over or why or TransactionOver("this transaction has ended")

    def _failed(self) -> None:
        """PostgreSQL goes on with nothing after a failed statement; SQLite may have rolled back already."""
        self._over = TransactionOver("a statement of this transaction has failed")


class Remote(Session):
    """A transaction on a database that answers in its own time."""

    def __init__(self, connection: AsyncConnection, vault: Vault, *, writes: bool) -> None:
        super().__init__(connection.dialect.name, vault, writes=writes)
        self._connection = connection
        self._statement = asyncio.Lock()

    async def execute(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        """As every session's; one statement after the other, however many ask."""
        return await unbroken(self._execute(statement, rows))

    async def _execute(self, statement: Executable, rows: Rows | None) -> CursorResult[Any]:
        async with self._statement:
            if self._over is not None:
                raise self._over
            try:
                return await self._connection.execute(statement, rows)
            except StatementError:
                self._failed()
                raise

    async def end(self, why: Exception | None = None) -> None:
        """As every session's; waits for a statement that is under way."""
        async with self._statement:
            await super().end(why)

    async def _committed(self) -> None:
        await unbroken(self._connection.commit())


async def unbroken(work: Awaitable[Result]) -> Result:
    """Lets a statement end before a cancellation goes on: cut short, it costs the connection, and a batch."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
