"""The one writer of SQLite: many units share a COMMIT, and none of them notices the others."""

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.domain.accounts import Platform
from bot.domain.circles import Circle
from storage import HeldTooLong, NotKept, Storage
from storage.writer import Writer
from tests.storage.samples import KEY, NOW, home, made_circle, settings

SAVEPOINT = 32  # SQLite's authorizer: SQLITE_SAVEPOINT, which Python does not name


@pytest.fixture
def storage(sqlite: Storage) -> Storage:
    return sqlite


def circles_on_disk(tmp_path: Path) -> int:
    """As a second program sees them."""
    connection = sqlite3.connect(tmp_path / "trellis.db")
    try:
        count: int = connection.execute("SELECT count(*) FROM circles").fetchone()[0]
        return count
    finally:
        connection.close()


async def test_many_units_share_few_commits_and_each_is_on_disk_on_return(
    storage: Storage, writer: Writer, tmp_path: Path
) -> None:
    returned = 0

    async def one(number: int) -> None:
        nonlocal returned
        await made_circle(storage, number)
        returned += 1
        assert circles_on_disk(tmp_path) >= returned

    before = writer.commits
    await asyncio.gather(*(one(number) for number in range(90)))
    assert circles_on_disk(tmp_path) == 90
    assert writer.commits - before < 45


async def test_units_have_their_turns_in_the_order_they_came(storage: Storage) -> None:
    await asyncio.gather(*(made_circle(storage, number) for number in range(30)))
    async with storage.read() as tx:
        assert [one.name for one in await tx.circles.all()] == [
            f"Larch Circle {number}" for number in range(30)
        ]


async def test_a_failing_unit_harms_none_of_its_neighbours(storage: Storage) -> None:
    async def one(number: int) -> None:
        async with storage.begin() as tx:
            await tx.circles.add(home(number), f"{number}", settings(), NOW)
            if number % 3 == 0:
                raise ZeroDivisionError
            if number % 3 == 1:
                await tx.commit()

    ended = await asyncio.gather(*(one(number) for number in range(30)), return_exceptions=True)
    assert sum(isinstance(end, ZeroDivisionError) for end in ended) == 10
    async with storage.read() as tx:
        assert {int(one.name) for one in await tx.circles.all()} == {n for n in range(30) if n % 3 == 1}


async def test_a_unit_cancelled_in_the_queue_is_left_out(storage: Storage) -> None:
    entered, let_go = asyncio.Event(), asyncio.Event()

    async def holds() -> None:
        async with storage.begin() as tx:
            entered.set()
            await let_go.wait()
            await tx.circles.add(home(1), "first", settings(), NOW)
            await tx.commit()

    first = asyncio.create_task(holds())
    await entered.wait()
    cancelled = [asyncio.create_task(made_circle(storage, number)) for number in (2, 3)]
    last = asyncio.create_task(made_circle(storage, 4))
    await asyncio.sleep(0)
    for task in cancelled:
        task.cancel()
    let_go.set()
    async with asyncio.timeout(5):
        await asyncio.gather(first, last)
    async with storage.read() as tx:
        assert [one.name for one in await tx.circles.all()] == ["first", "Larch Circle 4"]


async def test_units_cancelled_at_any_moment_are_kept_whole_or_not_at_all(storage: Storage) -> None:
    async def pair(number: int) -> None:
        async with storage.begin() as tx:
            await tx.circles.add(home(number), f"{number}", settings(), NOW)
            await tx.circles.add(home(number + 50), f"{number}", settings(), NOW)
            await tx.commit()

    for number in range(40):
        task = asyncio.create_task(pair(number))
        await asyncio.sleep(number * 0.0002)
        task.cancel()
        ended = (await asyncio.gather(task, return_exceptions=True))[0]
        async with storage.read() as tx:
            names = [one.name for one in await tx.circles.all()].count(str(number))
        assert names in {0, 2}
        if ended is None:
            assert names == 2
    await made_circle(storage, 49)  # and the writer goes on


async def test_a_unit_that_waits_for_something_else_loses_its_turn(storage: Storage, writer: Writer) -> None:
    writer._turn_seconds = 0.1
    async with asyncio.timeout(5), storage.begin() as tx:
        await tx.circles.add(home(1), "held", settings(), NOW)
        await made_circle(storage, 2)  # the queue stands still, until this unit's turn is taken away
        with pytest.raises(HeldTooLong):
            await tx.commit()
    async with storage.read() as read:
        assert [one.name for one in await read.circles.all()] == ["Larch Circle 2"]


async def test_a_commit_that_fails_is_told_to_all_of_its_batch(
    storage: Storage, writer: Writer, circle: Circle
) -> None:
    writer._driver.execute("PRAGMA max_page_count = 1")  # SQLite's own way to a full disk
    ended = await asyncio.gather(*(_big(storage, number) for number in range(2, 12)), return_exceptions=True)
    assert all(isinstance(end, NotKept) for end in ended)
    assert any("full" in str(end) for end in ended)
    writer._driver.execute("PRAGMA max_page_count = 100000")
    await made_circle(storage, 20)
    async with storage.read() as tx:
        assert [one.name for one in await tx.circles.all()] == [circle.name, "Larch Circle 20"]


async def _big(storage: Storage, number: int) -> None:
    async with storage.begin() as tx:
        await tx.circles.add(home(number), "x" * 500_000, settings(), NOW)
        await tx.commit()


async def test_a_unit_whose_turn_cannot_begin_is_told_and_does_not_wait_for_ever(
    storage: Storage, writer: Writer
) -> None:
    def refused(action: int, word: str | None, *_: object) -> int:
        return sqlite3.SQLITE_DENY if (action, word) == (SAVEPOINT, "BEGIN") else sqlite3.SQLITE_OK

    writer._driver.set_authorizer(refused)
    async with asyncio.timeout(5):
        with pytest.raises(NotKept):
            await made_circle(storage)
        # The rollback asks `refused` from another thread, with SQLite's lock in hand: to change it just then
        # would let each thread wait for what the other holds.
        while writer._driver.in_transaction:  # noqa: ASYNC110 - a thread changes it
            await asyncio.sleep(0.001)
    writer._driver.set_authorizer(None)
    await made_circle(storage)


async def test_what_is_written_in_a_snapshot_is_a_fault_of_ours_and_not_the_disk_s(
    storage: Storage, circle: Circle
) -> None:
    async with storage.read() as tx:
        with pytest.raises(OperationalError, match="readonly"):
            await tx.circles.care(circle.id, NOW)


async def test_a_database_locked_by_another_program_is_told_truthfully(
    storage: Storage, writer: Writer, tmp_path: Path
) -> None:
    writer.busy_ms = 50
    other = sqlite3.connect(tmp_path / "trellis.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with capture_logs() as logged, pytest.raises(NotKept, match="locked"):
        await made_circle(storage)
    said = {"event": "the database kept nothing of a batch", "log_level": "error"}
    assert logged == [said | {"cause": "OperationalError", "state": "SQLITE_BUSY", "units": 0}]
    other.close()
    await made_circle(storage)


async def test_a_closed_storage_keeps_what_was_queued_and_takes_no_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    storage = await Storage.open(sqlite_url, [KEY])
    queued = [asyncio.create_task(made_circle(storage, number)) for number in range(10)]
    await asyncio.sleep(0)
    await storage.close()
    await asyncio.gather(*queued)
    assert circles_on_disk(tmp_path) == 10
    with pytest.raises(NotKept):
        await made_circle(storage, 11)


ACKNOWLEDGES = """
import asyncio, sys
from storage import Storage
from tests.storage.samples import KEY, made_circle

async def main():
    storage = await Storage.open(sys.argv[1], [KEY])
    async def one(number):
        await made_circle(storage, number)
        print(number, flush=True)
    await asyncio.gather(*(one(number) for number in range(2000)))

asyncio.run(main())
"""


async def test_what_was_acknowledged_outlives_a_sigkill(sqlite_url: str) -> None:
    heard = await asyncio.to_thread(_heard_before_sigkill, sqlite_url)
    storage = await Storage.open(sqlite_url, [KEY])
    async with storage.read() as tx:
        for number in heard:
            assert await tx.circles.at_channel(Platform.DISCORD, home(number).channel) is not None
    await storage.close()


def _heard_before_sigkill(database_url: str) -> list[int]:
    folder = Path(__file__).parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", ACKNOWLEDGES, database_url], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        heard = [int(child.stdout.readline()) for _ in range(25)]
        child.kill()
        heard += [int(line) for line in child.stdout.read().splitlines()]
    child.wait()
    return heard


async def test_a_commit_waits_for_the_disk_and_deleted_bytes_are_overwritten(writer: Writer) -> None:
    """No kill of a process shows these two: the kernel keeps what a power cut would lose."""
    said = {}
    for pragma in ("synchronous", "journal_mode", "secure_delete", "foreign_keys"):
        [(said[pragma],)] = await writer._say(f"PRAGMA {pragma}")
    assert said == {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}
