"""SQLite answers in the caller's thread; what waits for the disk or for others holds nobody else up."""

import asyncio
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.domain.circles import Circle
from storage import Storage, at_once
from storage.backends import READERS
from storage.writer import Writer
from tests.storage.samples import made_circle


@pytest.fixture
def storage(sqlite: Storage) -> Storage:
    return sqlite


async def turns_until(work: "asyncio.Task[Any]") -> int:
    """How often others have a turn meanwhile."""
    turns = 0
    while not work.done():
        await asyncio.sleep(0.001)
        turns += 1
    return turns


async def test_while_the_disk_is_slow_everybody_but_who_writes_goes_on(
    storage: Storage, writer: Writer, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, threads = writer._said, set[int]()

    def slowly(words: str) -> list[Any]:
        threads.add(threading.get_ident())
        time.sleep(0.1)
        return said(words)

    monkeypatch.setattr(writer, "_said", slowly)
    work = asyncio.create_task(made_circle(storage, 2))
    await asyncio.sleep(0.02)
    async with storage.read() as tx:
        assert [one.id for one in await tx.circles.all()] == [circle.id]
    assert not work.done()
    assert await turns_until(work) > 10
    assert threads
    assert threading.get_ident() not in threads


async def test_another_process_that_writes_is_waited_for_without_holding_anybody_up(
    storage: Storage, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "trellis.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    work = asyncio.create_task(made_circle(storage))
    asyncio.get_running_loop().call_later(0.1, other.execute, "COMMIT")
    assert await turns_until(work) > 10
    assert (await work).name == "Larch Circle 1"
    other.close()


async def test_a_long_transaction_lets_others_have_their_turn(
    storage: Storage, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def long() -> None:
        async with storage.read() as tx:
            for _ in range(50):
                await tx.circles.get(circle.id)

    async def turns() -> int:
        work, count = asyncio.create_task(long()), 0
        while not work.done():
            await asyncio.sleep(0)
            count += 1
        return count

    monkeypatch.setattr(at_once, "BREATH", 1000)
    assert await turns() < 10
    monkeypatch.setattr(at_once, "BREATH", -1)
    assert await turns() > 40


async def test_who_finds_all_readers_lent_waits_for_the_first_that_comes_back(
    storage: Storage, circle: Circle
) -> None:
    leave = asyncio.Event()

    async def stays() -> None:
        async with storage.read() as tx:
            await tx.circles.get(circle.id)
            await leave.wait()

    staying = [asyncio.create_task(stays()) for _ in range(READERS)]
    await asyncio.sleep(0.01)

    async def name() -> str:
        async with storage.read() as tx:
            return (await tx.circles.get(circle.id)).name

    waiting = asyncio.create_task(name())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    staying[0].cancel()
    assert await asyncio.wait_for(waiting, 1) == circle.name
    leave.set()
    await asyncio.gather(*staying, return_exceptions=True)


async def test_a_reader_that_comes_back_has_no_old_snapshot(storage: Storage, circle: Circle) -> None:
    async def fails() -> None:
        async with storage.read() as tx:
            await tx.circles.get(circle.id)
            raise ZeroDivisionError

    for number in range(2, 2 + READERS):
        with pytest.raises(ZeroDivisionError):
            await fails()
        await made_circle(storage, number)
        async with storage.read() as tx:
            assert len(await tx.circles.all()) == number
