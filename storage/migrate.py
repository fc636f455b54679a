"""Brings a database to this version's tables, once, however many processes start together.

alembic is imported where something is to be run: nearly every start finds all of it done, and waits for no
more than a look. It brings ten megabytes along (a colourer of source code among them) that never go again,
so a backup's new file is laid without it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.backends import writing_engine
from storage.errors import StorageError
from storage.tables import metadata

VERSIONS = "alembic_version"  # alembic's own table
MIGRATIONS = Path(__file__).parent / "migrations"
_versions = Table(
    VERSIONS,
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSIONS}_pkc"),
)
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


async def lay(connection: AsyncConnection) -> None:
    """This version's tables in a new SQLite file, just as its migrations end at them."""
    await connection.run_sync(metadata.create_all)
    await connection.run_sync(_versions.create)
    await connection.execute(insert(_versions).values(version_num=newest()))


async def revision(connection: AsyncConnection) -> str | None:
    """Which migration the database is at; None where there is nothing in it."""
    if not await connection.run_sync(lambda sync: inspect(sync).has_table(VERSIONS)):
        return None
    found = await connection.execute(text(f"SELECT version_num FROM {VERSIONS}"))  # noqa: S608 - our own word
    at = found.scalar()
    return None if at is None else str(at)


def revisions() -> list[str]:
    """This version's migrations, in their order; each file's name begins with its own."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def newest() -> str:
    """The migration that this version ends at."""
    return revisions()[-1]


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
    if at is not None and at not in revisions():
        raise StorageError(
            "The database was made by a newer version of Trellis: install that one again, "
            "or restore a backup from before the update into an empty database."
        )


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
