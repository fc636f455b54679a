"""Moves a SQLite file into an empty PostgreSQL: every row, in one transaction, compared before it counts."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrate
from storage.backends import exists
from storage.backup import CHUNK, continue_numbering, refuse_unless_empty
from storage.errors import StorageError
from storage.tables import metadata

Progress = Callable[[int, int], None]  # rows that are done, and all of them; each is copied, then compared


def check_way(source: URL, target: URL) -> None:
    """Raises StorageError where it does not go from a file that is there to PostgreSQL."""
    if source.get_backend_name() != "sqlite" or target.get_backend_name() != "postgresql":
        raise StorageError(
            "A move goes from a SQLite file to PostgreSQL: DATABASE_URL=postgresql+asyncpg://…"
        )
    if not exists(source):
        raise StorageError("There is no database file at that path.")


async def move(source_url: URL, target_url: URL, progress: Progress) -> int:
    """The number of rows. The file is held while it is read, and stays as it was.

    Raises StorageError where the target is not empty, and where what arrived is not what left: then nothing
    of it stays.
    """
    async with migrate.opened(source_url) as source, migrate.opened(target_url) as target:
        await migrate.check(source)
        await refuse_unless_empty(target)
        await migrate.upgrade(target)
        rows = [await _count(source, table) for table in metadata.sorted_tables]
        counted = _Counted(2 * sum(rows), progress)
        for table in metadata.sorted_tables:
            await _copied(source, target, table, counted)
        await continue_numbering(target)
        for table in metadata.sorted_tables:
            if await _digest(source, table) != await _digest(target, table, counted):
                raise StorageError(f"What arrived in {table.name} is not what left. Nothing was moved.")
    return sum(rows)


class _Counted:
    """How far it is."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def more(self, rows: int) -> None:
        """So many rows further."""
        self._done += rows
        self._progress(self._done, self._total)


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def _copied(source: AsyncConnection, target: AsyncConnection, table: Table, counted: _Counted) -> None:
    result = await source.stream(select(table).order_by(*table.primary_key.columns))
    async for chunk in result.partitions(CHUNK):
        await target.execute(insert(table), [dict(row._mapping) for row in chunk])
        counted.more(len(chunk))


async def _digest(
    connection: AsyncConnection, table: Table, counted: _Counted | None = None
) -> tuple[int, int]:
    """The number of rows, and the sum of their prints: the two databases sort texts differently."""
    rows, total = 0, 0
    result = await connection.stream(select(table))
    async for chunk in result.partitions(CHUNK):
        rows += len(chunk)
        total += sum(_print(tuple(row)) for row in chunk)
        if counted is not None:
            counted.more(len(chunk))
    return rows, total


def _print(row: tuple[Any, ...]) -> int:
    values = [json.dumps(each, sort_keys=True) if isinstance(each, dict | list) else each for each in row]
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest(), "big")
