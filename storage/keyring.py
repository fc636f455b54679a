"""Keyrings: the members' keys, still wrapped, kept beside backups in one file that forgets with the database.

A backup file holds no member's key. The keys stand in the keyring beside it, one for all backups of a folder,
written anew at each backup and at each deletion. So a deleted member's rows open in no backup of any age,
unless somebody kept a copy of the keyring elsewhere. The operator's key is needed besides.
"""

import asyncio
import base64
import fcntl
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backends import PRIVATE, Backend
from storage.closed import marks_among
from storage.errors import StorageError
from storage.tables import erased, keyrings, member_keys, members
from storage.vault import Vault, Wrapped

log = structlog.get_logger(__name__)

Keys = dict[str, Wrapped]  # by the key's random name


class Keyrings:
    """Every keyring that this database has ever filled, as far as it is still there."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault
        self._turn = asyncio.Lock()

    async def fill(self, folder: Path) -> None:
        """Writes the folder's keyring and remembers it. Raises StorageError where one there is unreadable."""
        path = path_in(folder, self._vault)
        async with self._backend.writing(self._vault) as session:
            await session.execute(session.insert(keyrings).values(path=str(path)).on_conflict_do_nothing())
            await session.commit()
        await self._renew(path)

    async def folders(self) -> list[Path]:
        """Where keyrings were ever filled."""
        async with self._backend.snapshot() as connection:
            rows = await connection.execute(select(keyrings).order_by(keyrings.c.path))
            return [Path(row.path).parent for row in rows]

    async def refresh(self) -> None:
        """Drops destroyed keys from all keyrings; one that cannot be written is tried again later."""
        async with self._backend.snapshot() as connection:
            paths = [Path(row.path) for row in await connection.execute(select(keyrings))]
        for path in paths:
            if path.exists():
                try:
                    await self._renew(path)
                except (OSError, StorageError) as error:
                    log.warning("keyring not renewed", reason=type(error).__name__)

    async def _renew(self, path: Path) -> None:
        async with self._turn, _alone(path.parent):
            kept = await asyncio.to_thread(_standing, path)
            async with self._backend.snapshot() as connection:
                present = await _without_the_destroyed(connection, kept)
            await asyncio.to_thread(_write, path, present)


async def renew(connection: AsyncConnection, path: Path) -> None:
    """The same where only a connection is open, before an upgrade."""
    async with _alone(path.parent):
        kept = await asyncio.to_thread(_standing, path)
        await asyncio.to_thread(_write, path, await _without_the_destroyed(connection, kept))


async def _without_the_destroyed(connection: AsyncConnection, kept: Keys) -> Keys:
    """What stood in a keyring, without the destroyed, with the present, and with circles that were closed."""
    gone = {row.key_ref for row in await connection.execute(select(erased))}
    held = select(members.c.key_ref, member_keys).join_from(member_keys, members)
    for row in await connection.execute(held):
        kept[row.key_ref] = Wrapped(row.operator, row.wrapped)
    return {ref: key for ref, key in kept.items() if ref not in gone} | marks_among(gone)


def path_in(folder: Path, vault: Vault) -> Path:
    """Where this database's keyring stands in a folder."""
    return folder / f"trellis-{vault.installation}.keyring"


def read(path: Path) -> Keys:
    """The keys of a keyring. Raises StorageError where it is missing or damaged."""
    try:
        held = json.loads(path.read_text())
        return {ref: Wrapped(operator, base64.b64decode(blob)) for ref, (operator, blob) in held.items()}
    except FileNotFoundError as error:
        raise StorageError(f"The keyring {path.name} is missing; it belongs beside the backup.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise StorageError(f"The keyring {path.name} is damaged.") from error


def _standing(path: Path) -> Keys:
    return read(path) if path.exists() else {}


def _write(path: Path, keys: Mapping[str, Wrapped]) -> None:
    """Puts a new file in the old one's place, durably, and blanks the old one as far as disks let us."""
    text = json.dumps({ref: [key.operator, base64.b64encode(key.blob).decode()] for ref, key in keys.items()})
    old = os.open(path, os.O_RDWR) if path.exists() else None
    part = path.with_name(path.name + ".part")
    with open(part, "w", opener=_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    if old is not None:
        os.pwrite(old, bytes(os.fstat(old).st_size), 0)
        os.fsync(old)
        os.close(old)


def sync_folder(folder: Path) -> None:
    """Makes a rename in it durable."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


@asynccontextmanager
async def _alone(folder: Path) -> AsyncIterator[None]:
    """Holds the folder against another process that renews the same keyring."""
    held = os.open(folder, os.O_RDONLY)
    try:
        await asyncio.to_thread(fcntl.flock, held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
