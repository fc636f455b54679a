"""Migrations: they end at the tables, and run once whoever starts."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage import Storage, StorageError
from storage.backends import SqliteBackend, parsed
from storage.migrate import MIGRATIONS, VERSIONS, lay, newest, opened, revisions, upgrade
from storage.tables import metadata
from tests.storage.samples import KEY, made_circle


def test_the_files_names_tell_the_migrations_in_alembic_s_own_order() -> None:
    folder = ScriptDirectory(str(MIGRATIONS))
    assert [each.revision for each in folder.walk_revisions()][::-1] == revisions()
    assert folder.get_current_head() == newest()


def test_a_start_that_finds_all_done_and_a_backup_import_no_alembic(sqlite_url: str, tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom storage import Storage\n"
        "async def main():\n    storage = await Storage.open(sys.argv[1], [sys.argv[2]])\n"
        "    await storage.backup(Path(sys.argv[3]))\n    await storage.close()\n"
        "asyncio.run(main())\nprint([name for name in sys.modules if name.startswith('alembic')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, sqlite_url, KEY, str(tmp_path / "kept.backup")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


async def test_the_last_migration_ends_at_the_tables(database_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with opened(parsed(database_url)) as connection:
        assert await connection.run_sync(differences) == []


async def test_a_file_that_is_laid_without_the_migrations_is_the_file_that_they_make(tmp_path: Path) -> None:
    for name, make in (("migrated", upgrade), ("laid", lay)):
        async with opened(parsed(f"sqlite+aiosqlite:///{tmp_path / name}")) as connection:
            await make(connection)
    assert schema_of(tmp_path / "laid") == schema_of(tmp_path / "migrated")


def schema_of(file: Path) -> dict[str, Any]:
    """What SQLite has of each table and index: its own words, those within a table in any order."""
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        at = database.execute(f"SELECT * FROM {VERSIONS}").fetchall()
    return {"at": at} | {name: sorted(re.split(r'[\s"(),]+', sql)) for name, sql in rows}


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in which there is nothing at all."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'deep' / 'down' / 'new.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


async def test_many_who_start_together_migrate_once_and_share_one_vault(bare_url: str) -> None:
    opened_ = await asyncio.gather(*(Storage.open(bare_url, [KEY]) for _ in range(4)))
    circle = await made_circle(opened_[0])
    async with opened_[3].read() as tx:
        assert await tx.circles.all() == [circle]
    for storage in opened_:
        await storage.close()


async def test_two_processes_that_start_together_do_not_clash(bare_url: str) -> None:
    script = (
        "import asyncio, sys\nfrom storage import Storage\n"
        "async def main():\n    await (await Storage.open(sys.argv[1], [sys.argv[2]])).close()\n"
        "asyncio.run(main())"
    )
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, bare_url, KEY, cwd=Path(__file__).parents[2]
        )
        for _ in range(2)
    ]
    assert [await one.wait() for one in started] == [0, 0]


async def test_without_migrating_an_older_or_missing_database_is_refused(bare_url: str) -> None:
    with pytest.raises(StorageError, match="migrate"):
        await Storage.open(bare_url, [KEY], migrate=False)
    await (await Storage.open(bare_url, [KEY])).close()
    await (await Storage.open(bare_url, [KEY], migrate=False)).close()


def test_a_new_sqlite_file_is_readable_to_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    async def make() -> None:
        await (await Storage.open(f"sqlite+aiosqlite:///{path}", [KEY])).close()

    asyncio.run(make())
    assert path.stat().st_mode & 0o777 == 0o600
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_the_writer_is_set_to_durable_checked_and_erasing(sqlite_url: str) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    assert isinstance(storage._backend, SqliteBackend)
    say = storage._backend.writer._say
    settings = {
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "journal_mode": "wal",
        "busy_timeout": 5000,
    }
    assert {name: (await say(f"PRAGMA {name}"))[0][0] for name in settings} == settings
    await storage.close()


async def test_postgres_acknowledges_only_what_is_on_disk(postgres_url: str) -> None:
    async with opened(parsed(postgres_url)) as connection:
        assert (await connection.exec_driver_sql("SHOW synchronous_commit")).scalar() == "on"
