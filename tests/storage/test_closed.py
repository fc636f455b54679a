"""A circle that closes keeps its date; one that was deleted comes back with no restore, of whichever age."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.circles import Circle, closing
from bot.domain.closings import GRACE
from bot.domain.errors import NoCircle
from bot.domain.ids import CircleId
from storage import Storage
from tests.storage.samples import ADA, BEN, KEY, NOW, later, made_circle, made_member, settings
from tests.storage.test_upgrades import left_by

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'elsewhere' / 'trellis.db'}"


async def begun(storage: Storage, circle: Circle, at: datetime = NOW) -> Circle:
    async with storage.begin() as tx:
        changed = closing(circle, at)
        await tx.circles.put_closing(changed)
        await tx.commit()
    return changed


async def deleted(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        await tx.circles.delete(circle.id)
        await tx.commit()


async def without(storage: Storage, circle: Circle, file: Path, url: str) -> Storage:
    """What a backup brings back of a database whose circle was deleted since, opened."""
    await storage.backup(file)
    await deleted(storage, circle)
    await Storage.restore(file, url, [KEY])
    return await Storage.open(url, [KEY])


async def restored(file: Path, url: str) -> list[Circle]:
    """The circles that a backup brings back."""
    await Storage.restore(file, url, [KEY])
    storage = await Storage.open(url, [KEY])
    async with storage.read() as tx:
        found = await tx.circles.all()
    await storage.close()
    return found


async def test_it_is_read_as_it_was_written_and_taken_back(storage: Storage, circle: Circle) -> None:
    ending = await begun(storage, circle)
    async with storage.begin() as tx:
        assert await tx.circles.get(circle.id) == ending
        await tx.circles.put_closing(circle)
        assert await tx.circles.get(circle.id) == circle
        with pytest.raises(NoCircle):
            await tx.circles.put_closing(replace(ending, id=CircleId(999)))


async def test_no_change_of_another_thing_takes_it_back(storage: Storage, circle: Circle) -> None:
    ending = await begun(storage, circle)
    async with storage.begin() as tx:
        await tx.circles.put(replace(circle, settings=settings(region="PT")))  # read before it closed
        await tx.commit()
    async with storage.read() as tx:
        assert (await tx.circles.get(circle.id)).closing == ending.closing


async def test_it_is_due_at_its_date_and_no_earlier(storage: Storage, circle: Circle) -> None:
    second = await made_circle(storage, 2)
    ending, later_on = await begun(storage, circle), await begun(storage, second, NOW + timedelta(days=1))
    await made_circle(storage, 3)
    async with storage.read() as tx:
        assert await tx.circles.to_close(NOW + GRACE - MOMENT) == []
        assert await tx.circles.to_close(NOW + GRACE) == [ending]
        assert await tx.circles.to_close(later(days=400)) == [ending, later_on]


async def test_a_deleted_circle_is_in_no_restored_backup_and_others_are_whole(
    storage: Storage, circle: Circle, folder: Path, elsewhere: str
) -> None:
    second = await made_circle(storage, 2)
    for account in (ADA, BEN):
        await made_member(storage, circle, account)
    await storage.backup(folder / "one.db")
    await deleted(storage, circle)
    assert await restored(folder / "one.db", elsewhere) == [second]


async def test_what_was_restored_keeps_the_marks_for_other_folders(
    storage: Storage, circle: Circle, folder: Path, elsewhere: str, tmp_path: Path
) -> None:
    again = await without(storage, circle, folder / "one.db", elsewhere)
    await again.backup(tmp_path / "other" / "two.db")
    [mark] = json.loads(next((tmp_path / "other").glob("*.keyring")).read_text())
    assert mark.startswith("circle-")
    await again.close()


async def test_a_circle_that_took_its_number_later_is_another_one(
    storage: Storage, circle: Circle, folder: Path, elsewhere: str, tmp_path: Path
) -> None:
    """After a restore numbers may come again."""
    again = await without(storage, circle, folder / "one.db", elsewhere)
    async with again.begin() as tx:
        new = await tx.circles.add(circle.home, "Anew", settings(), later(days=30))
        await tx.commit()
    assert new.id == circle.id
    await again.backup(folder / "two.db")
    await again.close()
    assert await restored(folder / "two.db", f"sqlite+aiosqlite:///{tmp_path / 'third.db'}") == [new]


async def test_a_copy_from_before_this_version_brings_no_deleted_circle_back(
    tmp_path: Path, folder: Path, elsewhere: str
) -> None:
    storage = await Storage.open(await left_by("0008", tmp_path), [KEY], backups=folder)
    async with storage.read() as tx:
        [circle] = await tx.circles.all()
    await deleted(storage, circle)
    await storage.close()
    [copy] = folder.glob("*.db")
    assert await restored(copy, elsewhere) == []


async def test_one_that_closed_in_a_backup_has_its_whole_time_again(
    storage: Storage, circle: Circle, folder: Path, elsewhere: str
) -> None:
    second = await made_circle(storage, 2)
    far = datetime.now(UTC) + timedelta(days=30)
    await begun(storage, circle)
    far_off = await begun(storage, second, far)
    await storage.backup(folder / "one.db")
    before = datetime.now(UTC)
    [found, other] = await restored(folder / "one.db", elsewhere)
    assert found.closing is not None
    assert found.closing.since == NOW
    assert before + GRACE <= found.closing.closes_at <= datetime.now(UTC) + GRACE
    assert other == far_off


async def test_a_database_of_before_has_no_circle_that_closes(tmp_path: Path) -> None:
    storage = await Storage.open(await left_by("0012", tmp_path), [KEY])
    async with storage.read() as tx:
        assert [each.closing for each in await tx.circles.all()] == [None]
        assert await tx.circles.to_close(later(days=4000)) == []
    await storage.close()
