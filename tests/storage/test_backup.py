"""Backups: whole, of one instant, restored into an empty database, and shut for whoever was deleted."""

import asyncio
import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.alerts import NewAlert, Source, Step
from bot.domain.circles import Circle
from bot.domain.errors import VaultError
from bot.domain.members import Member, Scope
from bot.domain.outbox import Recipient
from storage import Storage, StorageError
from storage.closed import mark_of
from storage.sound import check, is_sound
from tests.storage.conftest import say
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


async def test_who_only_looks_at_a_restored_copy_leaves_the_keyring_beside_its_backup(
    storage: Storage, file: Path, elsewhere: str
) -> None:
    _, ada, _ = await filled(storage)
    await storage.backup(file)
    await Storage.restore(file, elsewhere, [KEY])
    async with storage.begin() as tx:
        await tx.members.delete(ada.id)
        await tx.commit()
    assert len(_keyring(file)) == 1
    await (await Storage.open(elsewhere, [KEY], migrate=False)).close()
    assert len(_keyring(file)) == 1


async def test_a_deleted_circle_takes_its_members_keys_out_of_the_keyring(
    storage: Storage, file: Path
) -> None:
    circle, _, _ = await filled(storage)
    await storage.backup(file)
    assert len(_keyring(file)) == 2
    async with storage.begin() as tx:
        await tx.circles.delete(circle.id)
        await tx.commit()
    [mark] = _keyring(file).items()
    assert mark == (mark_of(storage._vault, circle.id, circle.made_at), ["", ""]), "a mark, and no key"


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


async def test_who_reads_for_long_slows_down_nobody_after_a_deletion(sqlite: Storage, tmp_path: Path) -> None:
    """As a backup does, or Litestream, which holds a read transaction all the time."""
    circle, ada, _ = await filled(sqlite)
    with closing(sqlite3.connect(tmp_path / "trellis.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM members").fetchone()
        async with sqlite.begin() as tx:
            await tx.members.delete(ada.id)
            await tx.commit()
        began = time.monotonic()
        for _ in range(20):
            async with sqlite.begin() as tx:
                await tx.circles.put(circle)
                await tx.commit()
        assert time.monotonic() - began < 1.0, "each would wait a tenth of a second"
        reader.execute("COMMIT")
    await asyncio.sleep(1.2)
    async with sqlite.begin() as tx:
        await tx.circles.put(circle)
        await tx.commit()
    assert (tmp_path / "trellis.db-wal").stat().st_size == 0, "and what was deleted has gone from the log"


async def test_one_that_comes_out_wrong_is_not_kept_and_nothing_of_it_stays(
    storage: Storage, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(storage)

    async def short(*_: Any) -> int:
        return 99

    monkeypatch.setattr("storage.backup._count", short)
    with pytest.raises(StorageError, match=r"rows of .*, not 99, and was not kept"):
        await storage.backup(file)
    assert list(file.parent.iterdir()) == []


def test_a_damaged_file_is_known_as_that(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE t (x); CREATE INDEX i ON t (x);")
        made.executemany("INSERT INTO t VALUES (?)", [(f"{n:0200}",) for n in range(500)])
        made.commit()
    check(path, {"t": 500})
    assert is_sound(path)
    with path.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(os.urandom(4096))
    with pytest.raises(StorageError, match="damaged"):
        check(path, {"t": 500})
    assert not is_sound(path)
    assert not is_sound(tmp_path / "none.db")


async def test_backups_taken_under_load_restore_to_one_instant_in_each_of_the_databases(
    storage: Storage, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each unit of work writes to five tables; of each, a restored copy has all of it or nothing."""
    circle = await made_circle(storage)
    going = True

    async def works(who: int) -> None:
        number = 0
        while going:
            number += 1
            account = Account(Platform.DISCORD, f"1{who:02}{number:06}")
            async with storage.begin() as tx:
                member = await tx.members.add(circle.id, account, {Scope.CHECK_INS}, 1, NOW)
                await tx.check_ins.put(check_in(member))
                await tx.outbox.add(circle.id, Recipient.MEMBER, "reminder", {}, NOW, member=member.id)
                await tx.outbox.add(circle.id, Recipient.FACILITATORS, "marked", {}, NOW)
                await tx.commit()
            if number % 5 == 0:
                async with storage.begin() as tx:
                    await tx.members.delete(member.id)
                    await tx.commit()

    working = [asyncio.create_task(works(who)) for who in range(4)]
    for number in range(3):
        await asyncio.sleep(0.1)
        await storage.backup(tmp_path / "backups" / f"{number}.db")
    going = False
    await asyncio.gather(*working)
    sizes = []
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / "backups" / f"{number}.db")) as copy:
            one, two, three, four, five = (
                copy.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]
                for rows in (
                    "members", "consents", "check_ins", "outbox WHERE member_id IS NOT NULL",
                    "outbox WHERE member_id IS NULL",
                )
            )  # fmt: skip
        assert one == two == three == four
        assert five >= one
        sizes.append(five)
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2], "it was written meanwhile"
    targets = [f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"]
    if storage._backend.__class__.__name__ == "PostgresBackend":
        server = request.getfixturevalue("server")
        await say(server, "DROP DATABASE IF EXISTS restored WITH (FORCE)")
        await say(server, "CREATE DATABASE restored")
        targets.append(server.format("restored"))
    for url in targets:
        await Storage.restore(tmp_path / "backups" / "2.db", url, [KEY])
        restored = await Storage.open(url, [KEY])
        async with restored.read() as tx:
            there = await tx.members.in_parts({0}, 1)
            assert 0 < len(there) <= one, "those deleted since are left out"
            for member in there:
                assert len(await tx.check_ins.all_of(member)) == len(await tx.outbox.of(member)) == 1
        assert await made_circle(restored, 2)
        await restored.close()


def _keyring(file: Path) -> dict[str, object]:
    held: dict[str, object] = json.loads(next(file.parent.glob("*.keyring")).read_text())
    return held
