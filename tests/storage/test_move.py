"""A SQLite file moves to PostgreSQL whole, compared, or not at all."""

from pathlib import Path

import pytest

from bot.domain.errors import VaultError
from storage import Storage, StorageError, migrate
from storage.backends import parsed
from tests.storage.samples import ADA, KEY, NEW_KEY, NOW, home
from tests.storage.test_backup import check_in, filled

LATER = """CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.joined_at := NEW.joined_at + 1; RETURN NEW; END $$"""
ON_MEMBERS = "CREATE TRIGGER later BEFORE INSERT ON members FOR EACH ROW EXECUTE FUNCTION later()"
URL = "sqlite+aiosqlite:///{}"


@pytest.fixture
async def file(sqlite: Storage, tmp_path: Path) -> Path:
    """A database in which two members have answered."""
    await filled(sqlite)
    return tmp_path / "trellis.db"


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


async def test_everything_is_there_afterwards_and_new_rows_get_new_numbers(
    file: Path, empty_postgres_url: str
) -> None:
    seen: list[tuple[int, int]] = []
    rows = await Storage.move(
        URL.format(file), empty_postgres_url, [KEY], lambda *progress: seen.append(progress)
    )
    assert rows > 20
    assert seen[-1] == (2 * rows, 2 * rows)  # each was copied and compared
    assert seen == sorted(seen)
    moved = await Storage.open(empty_postgres_url, [KEY])
    kept = await Storage.open(URL.format(file), [KEY])
    for storage in (moved, kept):
        async with storage.read() as tx:
            (ada,) = [one for one in await tx.members.of(ADA) if one.active]
            days = await tx.check_ins.all_of(ada.id)
            assert [one.answer.note for one in days] == [check_in(ada).answer.note] * 2
            circle = await tx.circles.get(ada.circle)
    async with moved.begin() as tx:
        other = await tx.circles.add(home("77"), "New", circle.settings, NOW)
        await tx.commit()
    assert other.id > circle.id
    await moved.close()
    await kept.close()


async def test_what_does_not_arrive_as_it_left_is_told_and_nothing_stays(
    file: Path, empty_postgres_url: str
) -> None:
    async with migrate.opened(parsed(empty_postgres_url)) as target:
        await migrate.upgrade(target)
        for words in (LATER, ON_MEMBERS):
            await target.exec_driver_sql(words)
    with pytest.raises(StorageError, match="What arrived in members is not what left"):
        await Storage.move(URL.format(file), empty_postgres_url, [KEY], nothing)
    async with migrate.opened(parsed(empty_postgres_url)) as target:
        assert (await target.exec_driver_sql("SELECT count(*) FROM vault_keys")).scalar() == 0


async def test_a_database_in_use_another_key_and_another_way_are_refused(
    file: Path, postgres_url: str, empty_postgres_url: str, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="not empty"):
        await Storage.move(URL.format(file), postgres_url, [KEY], nothing)
    with pytest.raises(VaultError):
        await Storage.move(URL.format(file), empty_postgres_url, [NEW_KEY], nothing)
    with pytest.raises(StorageError, match="from a SQLite file to PostgreSQL"):
        await Storage.move(URL.format(file), URL.format(tmp_path / "else.db"), [KEY], nothing)
    with pytest.raises(StorageError, match="no database file"):
        await Storage.move(URL.format(tmp_path / "none.db"), empty_postgres_url, [KEY], nothing)
    assert not (tmp_path / "none.db").exists()
