"""Storage: the one door to the database; acknowledged means committed, durable and sealed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import insert, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrate as migrations
from storage.backends import Backend, connected, exists, parsed, prepare_file, writing_engine
from storage.errors import StorageError
from storage.tables import vault_keys
from storage.transaction import Reading, Transaction
from storage.vault import Operator, Vault, Wrapped, new_house


class Storage:
    """An open database with its vault."""

    def __init__(self, backend: Backend, vault: Vault) -> None:
        self._backend = backend
        self._vault = vault

    @classmethod
    async def open(cls, database_url: str, keys: Sequence[str], *, migrate: bool = True) -> "Storage":
        """Opens the database, brings it to this version and opens the vault with the keys (newest first).

        Raises VaultError (a wrong or missing key) and StorageError (an address that is none; with `migrate` False a
        database that is missing or at another version).
        """
        operator = Operator(keys)
        url = parsed(database_url)
        if not migrate and not exists(url):
            raise StorageError("There is no database yet; `python -m bot migrate` makes it.")
        prepare_file(url)
        vault = await _prepared(url, operator, migrate=migrate)
        return cls(await connected(url), vault)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A unit of work; rolled back unless `tx.commit()` is awaited in it."""
        async with self._backend.writing(self._vault) as session:
            yield Transaction(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A read-only snapshot, taken at its first query; blocks no writer."""
        async with self._backend.reading(self._vault) as session:
            yield Reading(session)

    async def close(self) -> None:
        """Lets what is queued end, then closes every connection."""
        await self._backend.close()


async def _prepared(url: URL, operator: Operator, *, migrate: bool) -> Vault:
    """Migrates and opens the vault (or makes its keys) while no second process can do the same."""
    engine = writing_engine(url)
    try:
        async with engine.connect() as connection:
            async with migrations.alone(connection):
                if migrate:
                    await migrations.upgrade(connection)
                else:
                    await migrations.check(connection)
                return await _vault(connection, operator)
    finally:
        await engine.dispose()


async def _vault(connection: AsyncConnection, operator: Operator) -> Vault:
    rows = (await connection.execute(select(vault_keys))).all()
    house = {row.purpose: Wrapped(row.operator, row.wrapped) for row in rows}
    if not house:
        house = new_house(operator)
        made = [
            {"purpose": purpose, "operator": key.operator, "wrapped": key.blob}
            for purpose, key in house.items()
        ]
        await connection.execute(insert(vault_keys), made)
    return Vault(operator, house)
