"""Storage: the one door to the database; acknowledged means committed, durable and sealed."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import structlog
from sqlalchemy import func, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotAnswered
from bot.domain.ids import ProcessId
from storage import backup as copies
from storage import backup_folder, rotation
from storage import migrate as migrations
from storage.backends import (
    Backend,
    PostgresBackend,
    connected,
    exists,
    parsed,
    prepare_file,
    prepare_folder,
)
from storage.bounded import is_away
from storage.errors import StorageError
from storage.keyring import Keyrings, sync_folder
from storage.move import Progress, check_way
from storage.move import move as moved
from storage.session import unbroken
from storage.tables import erased, vault_keys
from storage.transaction import Reading, Transaction
from storage.vault import Operator, Vault, new_house

log = structlog.get_logger(__name__)

AWAY = "the database does not answer: another holds it, or nobody listens at DATABASE_URL."


class Storage:
    """An open database with its vault."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault
        self._keyrings = Keyrings(backend, vault)
        shared = isinstance(backend, PostgresBackend)
        self.process = ProcessId(secrets.randbits(62)) if shared else None  # None: there is one process
        self._erased = -1  # how many keys had been destroyed when the keyrings last followed `renew_keyrings`

    @classmethod
    async def open(
        cls,
        database_url: str,
        keys: Sequence[str],
        *,
        migrate: bool = True,
        backups: Path | None = None,
    ) -> "Storage":
        """Opens the database, brings it to this version and opens the vault with the keys (newest first).

        What an older version left is copied into `backups` first, where that is given. Raises VaultError (a
        wrong or missing key) and StorageError (an address that is none; a newer version's database; no copy
        could be made; with `migrate` False a database that is missing or at another version). NotAnswered
        where another holds it, or nobody listens there.
        """
        operator = Operator(keys)
        url = parsed(database_url)
        if not migrate and not exists(url):
            raise StorageError("There is no database yet; `python -m bot migrate` makes it.")
        prepare_file(url)
        try:
            vault = await unbroken(_prepared(url, operator, migrate=migrate, backups=backups))
        except Exception as error:
            if is_away(error):
                raise NotAnswered(AWAY) from error
            raise
        storage = cls(await connected(url), vault)
        if migrate:  # who only looks changes nothing, also beside a copy's backups
            await storage._keyrings.refresh()  # what a crash kept the last deletion from doing
        return storage

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A unit of work; rolled back unless `tx.commit()` is awaited in it."""
        erased = False
        try:
            async with self._backend.writing(self._vault) as session:
                session.process = self.process
                try:
                    yield Transaction(session)
                finally:
                    erased = session.erased
        finally:
            if erased:
                await self._keyrings.refresh()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A read-only snapshot, taken at its first query; blocks no writer."""
        async with self._backend.reading(self._vault) as session:
            session.process = self.process
            yield Reading(session)

    async def close(self) -> None:
        """Lets what is queued end, then closes every connection."""
        await self._backend.close()

    @property
    def figures(self) -> Mapping[str, float]:
        """What the database does just now, for monitoring: counts alone."""
        return self._backend.figures

    async def renew_keyrings(self) -> None:
        """Lets the keyrings follow deletions that did not reach them yet, such as another machine's."""
        async with self._backend.snapshot() as connection:
            erased_now = int(await connection.scalar(select(func.count()).select_from(erased)) or 0)
        if erased_now != self._erased:
            await self._keyrings.refresh()
            self._erased = erased_now

    async def backup_folders(self) -> list[Path]:
        """Where backups of this database were made, as far as it knows: the folders of their keyrings."""
        return await self._keyrings.folders()

    async def backup(self, path: Path) -> None:
        """Copies everything into one file, at one instant, while work goes on; members' keys go apart.

        Without the keyring that stands beside it the file opens for no member; see storage.keyring. Raises
        StorageError where the file exists, where there is no room, and where it came out wrong.
        """
        await copies.backup(self._backend, self._keyrings, path)

    async def backup_nightly(self, folder: Path, day: date, kept: int) -> Path:
        """A backup under the day's name, in place of an earlier one of that day; then those past `kept` go.

        Raises StorageError, OSError; nothing has gone then.
        """
        path = backup_folder.nightly(folder, day)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        await self.backup(new)
        new.replace(path)
        sync_folder(folder)
        await asyncio.to_thread(backup_folder.prune, folder, kept)
        return path

    @staticmethod
    async def restore(path: Path, database_url: str, keys: Sequence[str]) -> None:
        """Brings a backup into an empty or missing database; members and circles deleted since are left out.

        `keys` must hold the operator's keys of the time of the backup. Raises StorageError, VaultError.
        """
        await copies.restore(path, parsed(database_url), Operator(keys))
        storage = await Storage.open(database_url, keys)
        await storage.rotate()
        await storage.close()

    @staticmethod
    async def move(source: str, database_url: str, keys: Sequence[str], progress: Progress) -> int:
        """Moves a SQLite file into an empty PostgreSQL, and opens it there; the number of rows.

        Raises StorageError, VaultError.
        """
        check_way(parsed(source), parsed(database_url))
        opened = await Storage.open(source, keys)  # brings it to this version, and shows that the key fits
        await opened.close()
        rows = await moved(parsed(source), parsed(database_url), progress)
        await (await Storage.open(database_url, keys)).close()
        return rows

    async def rotate(self) -> int:
        """Rewraps every key under the newest operator key, live; the number of keys. Raises VaultError."""
        done = await rotation.rotate(self._backend, self._vault)
        await self._keyrings.refresh()
        return done


async def _prepared(url: URL, operator: Operator, *, migrate: bool, backups: Path | None) -> Vault:
    """Migrates and opens the vault (or makes its keys) while no second process can do the same."""
    async with migrations.opened(url) as connection:
        if migrate:
            if backups is not None and await migrations.is_older(connection):
                await _keep_older(url, connection, operator, backups)
            await migrations.upgrade(connection)
        else:
            await migrations.check(connection)
        return await _vault(connection, operator)


async def _keep_older(url: URL, connection: AsyncConnection, operator: Operator, folder: Path) -> None:
    from_ = await migrations.revision(connection) or ""
    path = backup_folder.before_upgrade(folder, from_, datetime.now(UTC))
    try:
        prepare_folder(folder)
        await copies.keep_older(url, connection, operator, path)
    except (OSError, StorageError) as error:
        why = error if isinstance(error, StorageError) else f"{type(error).__name__} in {folder}."
        raise StorageError(
            f"The database is an older version's, and is copied before it is changed; that failed: {why} "
            "Nothing was changed. Mend it, or set BACKUP_DIR (`off` leaves the copy out)."
        ) from error
    backup_folder.prune(folder, sys.maxsize)
    log.info("older database kept before its upgrade", revision=from_, to=migrations.newest(), file=path.name)


async def _vault(connection: AsyncConnection, operator: Operator) -> Vault:
    house = await copies.house_keys(connection)
    if not house:
        house = new_house(operator)
        for purpose, key in house.items():
            row = {"purpose": purpose, "operator": key.operator, "wrapped": key.blob}
            await connection.execute(insert(vault_keys).values(row))
    return Vault(operator, house)
