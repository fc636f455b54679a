"""Backup and restore: one snapshot of every table in one SQLite file; members' keys apart (see keyring)."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Row, Table, func, insert, inspect, select, text, update
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import closed, keyring, migrate
from storage.backends import Backend, connected, prepare_file, prepare_folder
from storage.errors import StorageError
from storage.keyring import Keyrings, Keys, sync_folder
from storage.marks import ALIVE, RESTORED
from storage.sound import check
from storage.tables import keyrings, marks, member_keys, members, metadata, vault_keys
from storage.vault import Operator, Vault, Wrapped, key_place

CHUNK = 500  # rows
ROOM = 64 << 20  # bytes that stay free beside a backup, for the database itself
Keep = Callable[[Table, Row[Any]], bool]


async def backup(backend: Backend, rings: Keyrings, path: Path) -> None:
    """Writes the file whole or not at all, looks that it is sound, and puts the keyring beside it.

    Raises StorageError where it exists, where there is no room, and where it came out wrong.
    """
    async with _whole(path) as part:
        async with backend.snapshot() as source:
            await _refuse_without_room(source, part.parent)
            counts = await _filled(part, source, None)
        await asyncio.to_thread(check, part, counts)
        await rings.fill(part.parent)


async def keep_older(url: URL, connection: AsyncConnection, operator: Operator, path: Path) -> None:
    """The same of a database that an older version left, as it is, before its tables are changed.

    `connection` is the one that will change them. `restore` takes the file, in that version or a later one.
    Raises StorageError, VaultError.
    """
    backend = await connected(url)
    try:
        async with _whole(path) as part, backend.snapshot() as source:
            await _refuse_without_room(source, part.parent)
            counts = await _filled(part, source, await migrate.revision(connection) or "base")
            await asyncio.to_thread(check, part, counts)
            ring = keyring.path_in(part.parent, Vault(operator, await house_keys(source)))
            if await connection.scalar(select(keyrings.c.path).where(keyrings.c.path == str(ring))) is None:
                await connection.execute(insert(keyrings).values(path=str(ring)))
            await keyring.renew(source, ring)
    finally:
        await backend.close()


async def restore(path: Path, url: URL, operator: Operator) -> None:
    """Brings a backup into an empty database, without the members and circles that were deleted since.

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
            keys = keyring.read(ring)
            await closed.leave_out(source, vault, keys)
            await _fill(source, url, operator, ring, keys)


@asynccontextmanager
async def _whole(path: Path) -> AsyncIterator[Path]:
    """A file to write, which takes its name only once the block has ended well; else nothing of it stays."""
    part = _begun(path)
    prepare_folder(part.parent)
    try:
        yield part
        await asyncio.to_thread(part.replace, path)
        sync_folder(part.parent)
    finally:
        for left in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


async def _filled(part: Path, source: AsyncConnection, revision: str | None) -> Mapping[str, int]:
    """Copies into a new file; how many rows of each table there were. `revision` is an older version's."""
    url = _file(part)
    prepare_file(url)
    async with migrate.opened(url) as target:
        if revision is None:
            await migrate.lay(target)
            held = metadata
        else:
            await migrate.upgrade(target, revision)
            held = await target.run_sync(_reflected)
        kept = [table for table in held.sorted_tables if table.name not in _left_out()]
        await _copy(source, target, lambda *_: True, kept)
        return {table.name: await _count(source, table) for table in kept}


def _left_out() -> set[str]:
    """Members' keys stand apart, and what is over in minutes is in no backup."""
    passing = {table.name for table in metadata.tables.values() if table.info.get("passing")}
    return {member_keys.name, keyrings.name, migrate.VERSIONS} | passing


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def _refuse_without_room(source: AsyncConnection, folder: Path) -> None:
    """Raises StorageError where the disk has less left than the database takes."""
    size = (
        "SELECT pg_database_size(current_database())"
        if source.dialect.name == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    needed = int(await source.scalar(text(size)) or 0) + ROOM
    if (await asyncio.to_thread(shutil.disk_usage, folder)).free < needed:
        raise StorageError(
            f"There is too little room for a backup in {folder}: {needed / 1e6:,.0f} MB are wanted."
        )


async def house_keys(connection: AsyncConnection) -> dict[str, Wrapped]:
    """The house's wrapped keys by purpose; empty in a new database."""
    rows = await connection.execute(select(vault_keys))
    return {row.purpose: Wrapped(row.operator, row.wrapped) for row in rows}


async def _fill(source: AsyncConnection, url: URL, operator: Operator, ring: Path, keys: Keys) -> None:
    held = await _held(source, keys, operator)

    def keep(table: Table, row: Row[Any]) -> bool:
        member = row.id if table is members else getattr(row, "member_id", None)
        return member is None or member in held

    prepare_file(url)
    async with migrate.opened(url) as target:
        await refuse_unless_empty(target)
        await migrate.upgrade(target)
        await _copy(source, target, keep, metadata.sorted_tables)
        await target.execute(update(marks).where(marks.c.name == ALIVE).values(name=RESTORED))
        await closed.put_off(target)
        await closed.remember(target, keys)
        for id_, key in held.items():
            row = {"member_id": id_, "operator": key.operator, "wrapped": key.blob}
            await target.execute(insert(member_keys).values(row))
        await target.execute(insert(keyrings).values(path=str(ring)))
        await continue_numbering(target)


async def _copy(
    source: AsyncConnection, target: AsyncConnection, keep: Keep, tables: Iterable[Table]
) -> None:
    for table in tables:
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
