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

VERSIONS = "alembic_version"  # alembic's own table
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


async def upgrade(connection: AsyncConnection, to: str = "head") -> None:
    """Runs what is missing, within the transaction of `opened`. StorageError for a newer version's tables."""
    if to == "head" and await revision(connection) == newest():
        return  # as at nearly every start
    await refuse_newer(connection)
    await connection.run_sync(_upgrade, to)


async def revision(connection: AsyncConnection) -> str | None:
    """Which migration the database is at; None where there is nothing in it."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def newest() -> str:
    """The migration that this version ends at."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


async def is_older(connection: AsyncConnection) -> bool:
    """Whether an earlier version's tables stand here, which an upgrade changes. StorageError as above."""
    if await revision(connection) in (None, newest()):
        return False
    await refuse_newer(connection)
    return True


async def check(connection: AsyncConnection) -> None:
    """Raises StorageError where the tables are not this version's."""
    if await is_older(connection) or await revision(connection) is None:
        raise StorageError("The database is at another version: `python -m bot migrate` updates it.")


async def refuse_newer(connection: AsyncConnection) -> None:
    """Raises StorageError where this version does not know what the database is at."""
    at = await revision(connection)
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if at is not None and at not in known:
        raise StorageError(
            "The database was made by a newer version of Trellis: install that one again, "
            "or restore a backup from before the update into an empty database."
        )


def _upgrade(connection: Connection, to: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
