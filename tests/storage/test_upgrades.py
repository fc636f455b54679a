"""The way from each version: what its code left is read by this one; every row comes through each step."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.types import BigInteger, Boolean, Date, Integer, LargeBinary

from bot.domain.ids import MemberId
from bot.domain.occurrences import State
from storage import Storage, StorageError
from storage.backends import parsed
from storage.migrate import newest, opened, revisions, upgrade
from tests.storage.released.__main__ import WORDS
from tests.storage.samples import ADA, ANSWER, BEN, KEY, NOW, TODAY, home, made_circle, made_member

RELEASED = sorted(Path(__file__).with_name("released").glob("*.sql"))
REVISIONS = revisions()
SECOND = 1_772_438_400_000_000  # an instant, in microseconds


async def left_by(revision: str, folder: Path) -> str:
    """A SQLite file as a version left it: its tables, and the rows that its own code wrote."""
    path = folder / f"{revision}.db"
    url = f"sqlite+aiosqlite:///{path}"
    await migrated(parsed(url), revision)
    with closing(sqlite3.connect(path)) as file:
        file.executescript(Path(__file__).with_name("released").joinpath(f"{revision}.sql").read_text())
    return url


async def migrated(url: URL, to: str) -> None:
    """Brings a database to a migration."""
    Path(url.database or "/tmp/none").parent.mkdir(exist_ok=True, parents=True)
    async with opened(url) as connection:
        await upgrade(connection, to)


def tables_of(connection: Connection, known: Collection[str] = ()) -> list[Table]:
    """As they stand, without alembic's own and those that are known."""
    left_out, found = {"alembic_version", *known}, MetaData()
    found.reflect(connection, only=lambda name, _: name not in left_out)
    return [each for each in found.sorted_tables if each.name not in left_out]


async def carried(source: str, target: URL) -> None:
    """The same rows in another database at the same migration."""
    async with opened(parsed(source)) as here, opened(target) as there:
        for table in await here.run_sync(tables_of):
            rows = [dict(row._mapping) for row in await here.execute(select(table))]
            if rows:
                await there.execute(insert(table), rows)


async def assert_all_is_read(storage: Storage) -> None:
    """What `tests.storage.released` put in, through today's storage."""
    async with storage.read() as tx:
        [circle] = await tx.circles.all()
        assert (circle.name, circle.home, circle.made_at) == ("Larch Circle 1", home(1), NOW)
        [ada] = await tx.members.of(ADA)
        assert await tx.members.account(MemberId(2)) == BEN
        [schedule] = await tx.schedules.of_circle(circle.id)
        [occurrence] = await tx.occurrences.since(circle.id, NOW)
        assert (occurrence.schedule, occurrence.state) == (schedule.id, State.SENT)
        assert occurrence.message == "940000000000000001"
        answers = await tx.check_ins.all_of(ada.id)
        assert [(each.answer, each.date) for each in answers] == [(ANSWER, TODAY)] * 2
        [share] = await tx.shares.of(ada.id)
        assert share.draft.text == WORDS
        [letter] = await tx.outbox.stuck(circle.id, datetime.now(UTC))
        assert (letter.kind, letter.facts) == ("missed-post", {"reason": "late"})


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
async def test_what_a_version_left_is_read_by_this_one(file: Path, tmp_path: Path) -> None:
    storage = await Storage.open(await left_by(file.stem, tmp_path), [KEY])
    await assert_all_is_read(storage)
    circle = await made_circle(storage, 2)
    assert (await made_member(storage, circle)).id == 3, "no number is used twice"
    await storage.close()


@pytest.mark.parametrize("revision", [RELEASED[0].stem, RELEASED[-1].stem])
async def test_what_a_version_left_on_postgres_is_read_by_this_one(
    revision: str, tmp_path: Path, empty_postgres_url: str
) -> None:
    url = parsed(empty_postgres_url)
    await migrated(url, revision)
    await carried(await left_by(revision, tmp_path), url)
    storage = await Storage.open(empty_postgres_url, [KEY], backups=tmp_path / "backups")
    await assert_all_is_read(storage)
    await storage.close()
    [copy] = (tmp_path / "backups").glob(f"trellis-before-upgrade-from-{revision}-*.db")
    elsewhere = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}"
    await Storage.restore(copy, elsewhere, [KEY])
    restored = await Storage.open(elsewhere, [KEY])
    await assert_all_is_read(restored)
    await restored.close()


def sample(column: Any, number: int) -> Any:
    """A value of a column's type; of a reference, the first row's."""
    if column.foreign_keys:
        return 1
    values: dict[type, Any] = {
        LargeBinary: f"{column.name} {number}".encode(),
        Boolean: number % 2 == 0,
        Date: date(2026, 3, number),
        Integer: number,
        BigInteger: SECOND + number,
    }
    kind = next((kind for kind in values if isinstance(column.type, kind)), None)
    return values[kind] if kind is not None else f"{column.name}-{number}"


async def test_every_row_of_every_table_comes_through_every_step(bare_url: str) -> None:
    """Each table is filled as soon as it is there; at the end all rows read as before, in their columns."""
    url, kept = parsed(bare_url), dict[str, tuple[Table, dict[str, Any]]]()
    for revision in REVISIONS:
        async with opened(url) as connection:
            await upgrade(connection, revision)
            for table in await connection.run_sync(tables_of, kept):
                row = {each.name: 1 if each.name == "id" else sample(each, 1) for each in table.columns}
                await connection.execute(insert(table).values(row))
                kept[table.name] = table, row
    async with opened(url) as connection:
        for table, row in kept.values():
            found = [dict(each._mapping) for each in await connection.execute(select(table))]
            assert found == [row], table.name
    assert len(kept) > 40


@pytest.fixture(params=["sqlite", "postgres"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in which there is nothing at all."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def test_what_people_may_have_run_is_among_the_migrations_and_the_last_is_the_newest() -> None:
    assert {file.stem for file in RELEASED} <= set(REVISIONS)
    assert newest() == REVISIONS[-1]


async def test_an_older_database_is_kept_before_its_tables_are_changed(tmp_path: Path) -> None:
    url, folder = await left_by("0008", tmp_path), tmp_path / "backups"
    storage = await Storage.open(url, [KEY], backups=folder)
    [copy] = folder.glob("*.db")
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("0008",)
        assert file.execute("SELECT count(*) FROM member_keys").fetchone() == (0,)
    async with storage.begin() as tx:
        [ada] = await tx.members.of(ADA)
        await tx.members.delete(ada.id)
        await tx.commit()
    await storage.close()
    elsewhere = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}"
    await Storage.restore(copy, elsewhere, [KEY])
    restored = await Storage.open(elsewhere, [KEY])
    async with restored.read() as tx:
        assert await tx.members.of(ADA) == []  # deleted after the copy was made, and shut in it all the same
        assert [answer.member for answer in await tx.check_ins.all_of(MemberId(2))] == [2, 2]
    await restored.close()
    await (await Storage.open(url, [KEY], backups=folder)).close()
    assert len(list(folder.glob("*.db"))) == 1, "at this version there is nothing to keep"


async def test_without_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = await left_by("0008", tmp_path)
    monkeypatch.setattr("storage.backup.ROOM", 1 << 60)
    with pytest.raises(StorageError, match=r"too little room.*Nothing was changed.*BACKUP_DIR"):
        await Storage.open(url, [KEY], backups=tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []
    with closing(sqlite3.connect(tmp_path / "0008.db")) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("0008",)


@pytest.mark.parametrize("migrate", [True, False])
async def test_a_newer_version_s_database_is_told_as_that_and_left_alone(
    migrate: bool, sqlite_url: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "trellis.db")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    with pytest.raises(StorageError, match="newer version of Trellis"):
        await Storage.open(sqlite_url, [KEY], migrate=migrate, backups=tmp_path / "backups")
    assert not (tmp_path / "backups").exists()
