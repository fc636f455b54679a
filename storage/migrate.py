"""Brings a database to this version's tables, once, however many processes start together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backends import writing_engine
from storage.errors import StorageError

LOCK = 0x7472656C6C6973  # "trellis": the advisory lock of whoever migrates


@asynccontextmanager
async def opened(url: URL) -> AsyncIterator[AsyncConnection]:
    """The database in one transaction, held by one process at a time; committed at its end."""
    engine = writing_engine(url)
    try:
        async with engine.connect() as connection, _alone(connection):
            yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def _alone(connection: AsyncConnection) -> AsyncIterator[None]:
    """A transaction that no second process can hold at the same time; committed at its end."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        yield
        await connection.commit()
    else:
        await connection.exec_driver_sql(
            "BEGIN IMMEDIATE"
        )  # closing the connection without COMMIT rolls back
        yield
        await connection.exec_driver_sql("COMMIT")


async def upgrade(connection: AsyncConnection) -> None:
    """Runs what is missing, within the transaction of `opened`."""
    await connection.run_sync(_upgrade)


async def check(connection: AsyncConnection) -> None:
    """Raises StorageError where the tables are not this version's."""
    at = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_heads())
    if set(at) != set(ScriptDirectory.from_config(_config()).get_heads()):
        raise StorageError("The database is at another version: `python -m bot migrate` updates it.")


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
