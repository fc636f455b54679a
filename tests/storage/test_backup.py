"""Backups: whole, of one instant, restored into an empty database, and shut for whoever was deleted."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from bot.domain.alerts import NewAlert, Source, Step
from bot.domain.circles import Circle
from bot.domain.errors import VaultError
from bot.domain.members import Member
from bot.domain.outbox import Recipient
from storage import Storage, StorageError
from tests.storage.samples import (
    ADA,
    BEN,
    KEY,
    NEW_KEY,
    NOW,
    TODAY,
    check_in,
    home,
    made_circle,
    made_member,
    made_occurrence,
    made_schedule,
    put,
    settings,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "monday.db"


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'elsewhere' / 'trellis.db'}"


async def filled(storage: Storage) -> tuple[Circle, Member, Member]:
    circle = await made_circle(storage)
    ada, ben = await made_member(storage, circle), await made_member(storage, circle, BEN)
    schedule = await made_schedule(storage, circle)
    occurrence = await made_occurrence(storage, circle, schedule=schedule.id)
    for member in (ada, ben):
        await put(storage, check_in(member, occurrence.id))
        await put(storage, check_in(member))
        await alarmed(storage, circle, member)
    return circle, ada, ben


async def alarmed(storage: Storage, circle: Circle, member: Member) -> None:
    """An alert with its letter, which must not keep a deleted member's rows from being left out."""
    async with storage.begin() as tx:
        alert = await tx.alerts.add(circle.id, NewAlert(source=Source.PRESSED, member=member.id), NOW)
        letter = await tx.outbox.add(circle.id, Recipient.FACILITATORS, "alert", {}, NOW)
        await tx.alerts.tell(letter.id, alert, Step.FIRST, NOW)
        await tx.commit()


async def test_a_backup_restores_everything(storage: Storage, file: Path, elsewhere: str) -> None:
    circle, ada, ben = await filled(storage)
    await storage.backup(file)
    await Storage.restore(file, elsewhere, [KEY])
    async with storage.read() as before, (restored := await Storage.open(elsewhere, [KEY])).read() as after:
        assert await after.circles.all() == await before.circles.all() == [circle]
        assert await after.members.find(circle.id, ADA) == ada
        assert await after.members.account(ben.id) == BEN
        assert await after.check_ins.all_of(ada.id) == await before.check_ins.all_of(ada.id)
        assert await after.schedules.of_circle(circle.id) == await before.schedules.of_circle(circle.id)
        assert await after.occurrences.unsettled() == await before.occurrences.unsettled()
    await restored.close()


async def test_a_backup_goes_into_an_empty_postgres_and_counts_on(
    sqlite: Storage, file: Path, empty_postgres_url: str
) -> None:
    circle, ada, _ = await filled(sqlite)
    await sqlite.backup(file)
    await Storage.restore(file, empty_postgres_url, [KEY])
    restored = await Storage.open(empty_postgres_url, [KEY])
    second = await made_circle(restored, 2)
    async with restored.read() as tx:
        assert await tx.circles.all() == [circle, second]
        assert await tx.check_ins.of(ada.id, None, TODAY) == check_in(ada)
    await restored.close()


async def test_a_backup_is_shut_for_a_member_deleted_afterwards(
    storage: Storage, file: Path, elsewhere: str
) -> None:
    circle, ada, ben = await filled(storage)
    await storage.backup(file)
    async with storage.begin() as tx:
        await tx.members.delete(ada.id)
        await tx.commit()
    assert len(_keyring(file)) == 1
    await Storage.restore(file, elsewhere, [KEY])
    restored = await Storage.open(elsewhere, [KEY])
    async with restored.read() as read:
        assert await read.members.of(ADA) == []
        assert await read.check_ins.all_of(ada.id) == []
        assert await read.check_ins.all_of(ben.id) != []
        assert await read.members.count(circle.id) == 1
    await restored.close()


async def test_a_deleted_circle_takes_its_members_keys_out_of_the_keyring(
    storage: Storage, file: Path
) -> None:
    circle, _, _ = await filled(storage)
    await storage.backup(file)
    assert len(_keyring(file)) == 2
    async with storage.begin() as tx:
        await tx.circles.delete(circle.id)
        await tx.commit()
    assert _keyring(file) == {}


async def test_a_deletion_reaches_the_keyring_even_where_its_caller_fails_afterwards(
    storage: Storage, file: Path
) -> None:
    _, ada, _ = await filled(storage)
    await storage.backup(file)

    async def deletes_and_fails() -> None:
        async with storage.begin() as tx:
            await tx.members.delete(ada.id)
            await tx.commit()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await deletes_and_fails()
    assert len(_keyring(file)) == 1


async def test_a_deletion_that_a_crash_cut_off_reaches_the_keyring_at_the_next_start(
    sqlite_url: str, file: Path
) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    _, ada, _ = await filled(storage)
    await storage.backup(file)
    ring = next(file.parent.glob("*.keyring"))
    before = ring.read_text()
    async with storage.begin() as tx:
        await tx.members.delete(ada.id)
        await tx.commit()
    await storage.close()
    ring.write_text(before)  # as a crash between the commit and the keyring leaves it
    again = await Storage.open(sqlite_url, [KEY])
    await again.close()
    assert len(_keyring(file)) == 1


async def test_an_older_backup_that_was_restored_costs_a_later_one_nothing(
    sqlite: Storage, file: Path, elsewhere: str, tmp_path: Path
) -> None:
    circle = await made_circle(sqlite)
    await sqlite.backup(file)
    ada = await made_member(sqlite, circle)
    await put(sqlite, check_in(ada))
    tuesday = file.with_name("tuesday.db")
    await sqlite.backup(tuesday)
    await Storage.restore(file, elsewhere, [KEY])
    mistaken = await Storage.open(elsewhere, [KEY])
    ben = await made_member(mistaken, circle, BEN)
    assert ben.id == ada.id, "the same number for another person"
    async with mistaken.begin() as tx:
        await tx.members.delete(ben.id)
        await tx.commit()
    await mistaken.close()
    third = f"sqlite+aiosqlite:///{tmp_path / 'third.db'}"
    await Storage.restore(tuesday, third, [KEY])
    restored = await Storage.open(third, [KEY])
    async with restored.read() as read:
        assert await read.check_ins.of(ada.id, None, TODAY) == check_in(ada)
    await restored.close()


async def test_a_backup_holds_no_members_key(storage: Storage, file: Path) -> None:
    await filled(storage)
    await storage.backup(file)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*) FROM member_keys").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM check_ins").fetchone() == (4,)
    connection.close()
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}
    assert len(list(file.parent.iterdir())) == 2


async def test_a_backup_made_while_people_write_is_of_one_instant(
    storage: Storage, file: Path, elsewhere: str
) -> None:
    async def pair(number: int) -> None:
        async with storage.begin() as tx:
            for side in (number, number + 50):
                await tx.circles.add(home(side), f"{number}", settings(), NOW)
            await tx.commit()

    async def writes() -> None:
        for number in range(40):
            await pair(number)

    writing = asyncio.create_task(writes())
    await storage.backup(file)
    await writing
    await Storage.restore(file, elsewhere, [KEY])
    restored = await Storage.open(elsewhere, [KEY])
    async with restored.read() as tx:
        names = [circle.name for circle in await tx.circles.all()]
    assert all(names.count(name) == 2 for name in names)
    await restored.close()


async def test_a_backup_from_before_a_rotation_needs_the_key_of_its_time(
    sqlite_url: str, file: Path, elsewhere: str
) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    _, ada, _ = await filled(storage)
    await storage.backup(file)
    await storage.close()
    rotated = await Storage.open(sqlite_url, [NEW_KEY, KEY])
    await rotated.rotate()
    await rotated.close()
    with pytest.raises(VaultError):
        await Storage.restore(file, elsewhere, [NEW_KEY])
    await Storage.restore(file, elsewhere, [NEW_KEY, KEY])
    restored = await Storage.open(elsewhere, [NEW_KEY])
    async with restored.read() as tx:
        assert await tx.members.account(ada.id) == ADA
    await restored.close()


async def test_a_database_that_is_not_empty_is_left_alone(
    storage: Storage, database_url: str, file: Path
) -> None:
    circle = await made_circle(storage)
    await storage.backup(file)
    with pytest.raises(StorageError, match="not empty"):
        await Storage.restore(file, database_url, [KEY])
    async with storage.read() as tx:
        assert await tx.circles.all() == [circle]


async def test_what_is_missing_or_in_the_way_is_told_in_a_sentence(
    sqlite: Storage, file: Path, elsewhere: str
) -> None:
    with pytest.raises(StorageError, match="no backup"):
        await Storage.restore(file, elsewhere, [KEY])
    await sqlite.backup(file)
    with pytest.raises(StorageError, match="exists already"):
        await sqlite.backup(file)
    ring = next(file.parent.glob("*.keyring"))
    ring.write_text("not a keyring")
    with pytest.raises(StorageError, match="damaged"):
        await Storage.restore(file, elsewhere, [KEY])
    ring.unlink()
    with pytest.raises(StorageError, match="missing"):
        await Storage.restore(file, elsewhere, [KEY])


def _keyring(file: Path) -> dict[str, object]:
    held: dict[str, object] = json.loads(next(file.parent.glob("*.keyring")).read_text())
    return held
