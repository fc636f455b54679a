"""Nightly backups: made at night or soon, by one of several; an old one goes for a good one alone."""

import asyncio
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.ids import MemberId
from bot.metrics import Metrics
from bot.services.backups import Backups
from storage import Storage, StorageError
from storage.sound import is_sound
from tests.services.house import ADA, KEY, YES, House

pytestmark = pytest.mark.long

EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def nightly(house: House, folder: Path | None, kept: int = 14, metrics: Metrics | None = None) -> Backups:
    return Backups(house.storage, house.clock, folder, kept, metrics)


async def passes(house: House, backups: Backups, **span: float) -> None:
    """Time passes, and it looks every few minutes; files are as old as the clock says."""
    ends = house.clock.now() + timedelta(**span)
    while house.clock.now() < ends:
        house.clock.step(timedelta(minutes=30))
        before = set(backups._folder.glob("*.db")) if backups._folder else set()
        await backups.tick()
        for new in set(backups._folder.glob("*.db")) - before if backups._folder else ():
            os.utime(new, (house.clock.now().timestamp(),) * 2)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.glob("*.db"))


async def test_one_is_made_soon_after_a_first_start_and_then_each_night(house: House, folder: Path) -> None:
    house.clock.set(EVENING)
    await house.circle(zone="Asia/Tokyo")
    backups = nightly(house, folder)
    await backups.tick()
    assert names(folder) == [], "a start has other work first"
    await passes(house, backups, minutes=30)
    assert names(folder) == ["trellis-2026-03-02.db"]
    await passes(house, backups, days=2, hours=1)
    assert names(folder) == [f"trellis-2026-03-0{day}.db" for day in (2, 3, 4)]
    hours = {
        datetime.fromtimestamp(each.stat().st_mtime, UTC).hour for each in sorted(folder.glob("*.db"))[1:]
    }
    assert hours <= {18, 19}, "three in the morning in Tokyo, and what it is looked for, half an hour apart"
    assert all(is_sound(each) for each in folder.glob("*.db"))


async def test_what_was_missed_is_made_soon_at_any_hour(house: House, folder: Path) -> None:
    house.clock.set(EVENING)
    await house.circle()
    await passes(house, nightly(house, folder), days=1)
    house.clock.step(timedelta(days=3, hours=2))
    await passes(house, nightly(house, folder), minutes=30)
    assert names(folder)[-1] == "trellis-2026-03-06.db"


async def test_so_many_are_kept_and_nothing_of_the_operators_is_touched(house: House, folder: Path) -> None:
    house.clock.set(EVENING)
    await house.storage.backup(folder / "by hand.db")
    await passes(house, nightly(house, folder, kept=2), days=4)
    assert names(folder) == ["by hand.db", "trellis-2026-03-05.db", "trellis-2026-03-06.db"]


async def test_one_that_fails_takes_none_away_and_is_tried_again_in_an_hour(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.clock.set(EVENING)
    metrics = Metrics()
    backups = nightly(house, folder, 2, metrics)
    await passes(house, backups, days=2)
    before, tried = names(folder), []

    def spoilt(*_: Any) -> None:
        tried.append(house.clock.now())
        raise StorageError("The backup came out damaged")

    with monkeypatch.context() as patched:
        patched.setattr("storage.backup.check", spoilt)
        await passes(house, backups, hours=14)
    assert names(folder) == before
    assert [each.name for each in folder.iterdir() if each.suffix not in (".db", ".keyring")] == []
    assert 2 < len(tried) < 15
    assert metrics.registry.get_sample_value("trellis_backups_total", {"outcome": "failed"}) == len(tried)
    await passes(house, backups, hours=2)
    assert names(folder)[-1] > before[-1]


async def test_of_several_processes_one_makes_it(house: House, folder: Path) -> None:
    house.clock.set(EVENING)
    all_ = [nightly(house, folder) for _ in range(4)]
    house.clock.step(timedelta(minutes=10))
    await asyncio.gather(*(backups.tick() for backups in all_))
    assert [backups.newest is not None for backups in all_].count(True) == 1
    await all_[0].tick()
    assert all_[0].newest is not None
    assert len(names(folder)) == 1


async def test_off_makes_none(house: House, tmp_path: Path) -> None:
    await passes(house, nightly(house, None), days=2)
    assert list(tmp_path.rglob("trellis-2*.db")) == []


async def test_a_stop_gives_up_what_is_under_way_and_leaves_nothing_of_it(
    house: House, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = nightly(house, folder)
    house.clock.step(timedelta(minutes=10))
    reached, never = asyncio.Event(), asyncio.Event()

    async def hangs(*_: Any) -> None:
        reached.set()
        await never.wait()

    monkeypatch.setattr("storage.backup._copy", hangs)
    ticking = asyncio.create_task(backups.tick())
    await reached.wait()
    await asyncio.wait_for(backups.stop(), 2)
    await asyncio.wait_for(ticking, 2)
    assert [each.name for each in folder.iterdir()] == []


async def test_a_member_who_deletes_everything_is_shut_in_every_night_s(
    house: House, folder: Path, tmp_path: Path
) -> None:
    house.clock.set(EVENING)
    circle = await house.circle()
    member = (await house.members.join(ADA, circle.id, YES)).member
    backups = nightly(house, folder)
    await passes(house, backups, days=1)
    assert len(names(folder)) == 2
    await house.members.delete_all(ADA)
    [ring] = folder.glob("*.keyring")
    assert json.loads(ring.read_text()) == {}
    for number, each in enumerate(sorted(folder.glob("*.db"))):
        with closing(sqlite3.connect(each)) as file:
            assert file.execute("SELECT count(*) FROM members").fetchone() == (1,)
        url = f"sqlite+aiosqlite:///{tmp_path / f'{number}.db'}"
        await Storage.restore(each, url, [KEY])
        storage = await Storage.open(url, [KEY])
        async with storage.read() as tx:
            assert await tx.members.get(MemberId(member.id)) is None
        await storage.close()


async def test_a_keyring_follows_a_deletion_that_did_not_reach_it(house: House, folder: Path) -> None:
    """As where the process that deleted runs on another machine, which does not have the folder."""
    house.clock.set(EVENING)
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    backups = nightly(house, folder)
    await passes(house, backups, minutes=30)
    [ring] = folder.glob("*.keyring")
    away = ring.rename(ring.with_name("elsewhere"))
    await house.members.delete_all(ADA)
    away.rename(ring)
    assert len(json.loads(ring.read_text())) == 1
    await backups.tick()
    assert json.loads(ring.read_text()) == {}
