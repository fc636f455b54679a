"""Storage: the one door to the database; acknowledged means committed, durable and sealed."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ProcessId
from storage import backup as copies
from storage import migrate as migrations
from storage import rotation
from storage.backends import Backend, PostgresBackend, connected, exists, parsed, prepare_file
from storage.errors import StorageError
from storage.keyring import Keyrings
from storage.move import Progress, check_way
from storage.move import move as moved
from storage.tables import vault_keys
from storage.transaction import Reading, Transaction
from storage.vault import Operator, Vault, new_house


class Storage:
    """An open database with its vault."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault
        self._keyrings = Keyrings(backend, vault)
        shared = isinstance(backend, PostgresBackend)
        self.process = ProcessId(secrets.randbits(62)) if shared else None  # None: there is one process

    @classmethod
    async def open(cls, database_url: str, keys: Sequence[str], *, migrate: bool = True) -> "Storage":
        """Opens the database, brings it to this version and opens the vault with the keys (newest first).

        Raises VaultError (a wrong or missing key) and StorageError (an address that is none; with `migrate`
        False a database that is missing or at another version).
        """
        operator = Operator(keys)
        url = parsed(database_url)
        if not migrate and not exists(url):
            raise StorageError("There is no database yet; `python -m bot migrate` makes it.")
        prepare_file(url)
        vault = await _prepared(url, operator, migrate=migrate)
        storage = cls(await connected(url), vault)
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

    async def backup_folders(self) -> list[Path]:
        """Where backups of this database were made, as far as it knows: the folders of their keyrings."""
        return await self._keyrings.folders()

    async def backup(self, path: Path) -> None:
        """Copies everything into one file, at one instant, while work goes on; members' keys go apart.

        Without the keyring that stands beside it the file opens for no member; see storage.keyring. Raises
        StorageError where the file exists.
        """
        await copies.backup(self._backend, self._keyrings, path)

    @staticmethod
    async def restore(path: Path, database_url: str, keys: Sequence[str]) -> None:
        """Brings a backup into an empty or missing database; members deleted since are left out.

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


async def _prepared(url: URL, operator: Operator, *, migrate: bool) -> Vault:
    """Migrates and opens the vault (or makes its keys) while no second process can do the same."""
    async with migrations.opened(url) as connection:
        if migrate:
            await migrations.upgrade(connection)
        else:
            await migrations.check(connection)
        return await _vault(connection, operator)


async def _vault(connection: AsyncConnection, operator: Operator) -> Vault:
    house = await copies.house_keys(connection)
    if not house:
        house = new_house(operator)
        for purpose, key in house.items():
            row = {"purpose": purpose, "operator": key.operator, "wrapped": key.blob}
            await connection.execute(insert(vault_keys).values(row))
    return Vault(operator, house)
