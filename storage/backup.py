"""Backup and restore: one snapshot of every table in one SQLite file; members' keys apart (see keyring)."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table, func, insert, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import keyring, migrate
from storage.backends import Backend, prepare_file
from storage.errors import StorageError
from storage.keyring import Keyrings, Keys, sync_folder
from storage.tables import keyrings, member_keys, members, metadata, vault_keys
from storage.vault import Operator, Vault, Wrapped, key_place

CHUNK = 500  # rows
Keep = Callable[[Table, Row[Any]], bool]


async def backup(backend: Backend, rings: Keyrings, path: Path) -> None:
    """Writes the file whole or not at all, and the keyring beside it. Raises StorageError where it exists."""
    part = _begun(path)
    url = _file(part)
    prepare_file(url)
    async with migrate.opened(url) as target, backend.snapshot() as source:
        await migrate.upgrade(target)
        await _copy(source, target, lambda table, _: not _left_out(table))
    await rings.fill(part.parent)
    await asyncio.to_thread(part.replace, path)
    sync_folder(part.parent)


async def restore(path: Path, url: URL, operator: Operator) -> None:
    """Brings a backup into an empty database, without the members who have been deleted since.

    Raises StorageError (no such file, no keyring beside it, a database that is not empty) and VaultError.
    """
    folder_of = _folder_of(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        await asyncio.to_thread(shutil.copyfile, path, copy)
        async with migrate.opened(_file(copy)) as source:
            await migrate.upgrade(source)
            vault = Vault(operator, await house_keys(source))
            ring = keyring.path_in(folder_of, vault)
            await _fill(source, url, operator, ring)


def _left_out(table: Table) -> bool:
    """Members' keys stand apart, and what is over in minutes is in no backup."""
    return table in (member_keys, keyrings) or bool(table.info.get("passing"))


async def house_keys(connection: AsyncConnection) -> dict[str, Wrapped]:
    """The house's wrapped keys by purpose; empty in a new database."""
    rows = await connection.execute(select(vault_keys))
    return {row.purpose: Wrapped(row.operator, row.wrapped) for row in rows}


async def _fill(source: AsyncConnection, url: URL, operator: Operator, ring: Path) -> None:
    held = await _held(source, keyring.read(ring), operator)

    def keep(table: Table, row: Row[Any]) -> bool:
        member = row.id if table is members else getattr(row, "member_id", None)
        return member is None or member in held

    prepare_file(url)
    async with migrate.opened(url) as target:
        await refuse_unless_empty(target)
        await migrate.upgrade(target)
        await _copy(source, target, keep)
        for id_, key in held.items():
            row = {"member_id": id_, "operator": key.operator, "wrapped": key.blob}
            await target.execute(insert(member_keys).values(row))
        await target.execute(insert(keyrings).values(path=str(ring)))
        await continue_numbering(target)


async def _copy(source: AsyncConnection, target: AsyncConnection, keep: Keep) -> None:
    for table in metadata.sorted_tables:
        result = await source.stream(select(table).order_by(*table.primary_key.columns))
        async for chunk in result.partitions(CHUNK):
            rows = [dict(row._mapping) for row in chunk if keep(table, row)]
            if rows:
                await target.execute(insert(table), rows)


async def refuse_unless_empty(target: AsyncConnection) -> None:
    """Raises StorageError where anything is kept in it already."""
    names = await target.run_sync(lambda sync: inspect(sync).get_table_names())
    if vault_keys.name in names and await house_keys(target):
        raise StorageError("The database is not empty; what is kept goes into an empty one only.")


async def continue_numbering(target: AsyncConnection) -> None:
    """Rows came with their ids; PostgreSQL's sequences know nothing of it."""
    if target.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c:
            last = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            await target.execute(select(func.setval(sequence, func.coalesce(last, 0) + 1, text("false"))))


async def _held(source: AsyncConnection, keys: Keys, operator: Operator) -> dict[int, Wrapped]:
    """The backup's members who still have a key. Raises VaultError here, before anything is written."""
    rows = (await source.execute(select(members.c.id, members.c.key_ref))).all()
    for row in rows:
        if row.key_ref in keys:
            operator.unwrap(keys[row.key_ref], key_place(row.key_ref))
    return {row.id: keys[row.key_ref] for row in rows if row.key_ref in keys}


def _begun(path: Path) -> Path:
    path = path.absolute()
    if path.exists():
        raise StorageError(f"{path.name} exists already; a backup never writes over another.")
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    return part


def _folder_of(path: Path) -> Path:
    if not path.is_file():
        raise StorageError(f"There is no backup at {path.name}.")
    return path.resolve().parent


def _file(path: Path) -> URL:
    return URL.create("sqlite+aiosqlite", database=str(path))
