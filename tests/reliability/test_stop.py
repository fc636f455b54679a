"""A stop is over within ten seconds whatever is in hand, loses nothing, and posts nothing twice."""

import asyncio
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.occurrences import State
from bot.domain.outbox import Recipient
from sandbox import Limits, Sandbox
from storage import Storage
from storage.migrate import newest
from tests.app.test_cli import ROOT, started
from tests.reliability.process import Bot, Bots, Start
from tests.reliability.town import Town
from tests.storage.samples import KEY
from tests.storage.test_upgrades import left_by

TEN = 10.0  # seconds, the promise
CIRCLES = 6
SENDS = r"/channels/\d+/messages"


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    running = Bots()
    yield running
    await running.close()


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with Sandbox(limits=Limits(channel_messages=10_000)) as sandbox:
        yield Town(sandbox, tmp_path, CIRCLES)


async def ended(bot: Bot) -> tuple[int | None, float]:
    """Its exit status, and the seconds that this took."""
    began = time.monotonic()
    async with asyncio.timeout(2 * TEN):
        await bot.over()
    return bot.status, time.monotonic() - began


async def in_hand(town: Town, bots: Bots) -> Bot:
    """A bot whose posts and letters are on their way to a Discord that does not answer."""
    began = datetime.now(UTC)
    circles = await town.found_circles()
    await town.promise(circles, began, minutes=[0] * CIRCLES)
    storage = await town.open()
    async with storage.begin() as tx:
        for circle in circles:
            await tx.outbox.add(circle.id, Recipient.FACILITATORS, "pair-not-opened", {}, began)
        await tx.commit()
    town.sandbox.faults.slow("POST", SENDS, 60)
    bot = bots.start(Start(town.environment))
    async with asyncio.timeout(30):
        while await claimed(storage) < CIRCLES:  # noqa: ASYNC110 - another process's rows
            await asyncio.sleep(0.1)
    await storage.close()
    await asyncio.sleep(0.5)
    return bot


async def claimed(storage: Storage) -> int:
    """How many posts are on their way."""
    async with storage.read() as tx:
        return len(await tx.occurrences.unsettled())


async def assert_all_stands(town: Town) -> None:
    """Each post is a claim, and each letter waits: what the next start settles, as after a kill."""
    storage = await town.open()
    async with storage.read() as tx:
        assert [one.state for one in await tx.occurrences.unsettled()] == [State.CLAIMED] * CIRCLES
        assert (await tx.outbox.waiting(datetime.now(UTC) + timedelta(days=1)))[0] == CIRCLES
    await storage.close()
    assert not town.posted()


async def test_with_a_discord_that_hangs_it_ends_in_time_and_loses_nothing(town: Town, bots: Bots) -> None:
    bot = await in_hand(town, bots)
    bot.signal(signal.SIGTERM)
    status, seconds = await ended(bot)
    assert (status, seconds < TEN) == (0, True), seconds
    await assert_all_stands(town)


async def test_a_second_signal_ends_it_at_once_and_loses_nothing(town: Town, bots: Bots) -> None:
    bot = await in_hand(town, bots)
    for _ in range(3):  # a terminal and a wrapper may both send the first one
        bot.signal(signal.SIGINT)
    await asyncio.sleep(1.3)
    assert bot.status is None
    bot.signal(signal.SIGTERM)
    status, seconds = await ended(bot)
    assert (status, seconds < 1) == (1, True), seconds
    await assert_all_stands(town)


def revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


async def test_a_migration_that_is_broken_off_leaves_the_database_before_or_after_never_between(
    tmp_path: Path,
) -> None:
    url, ends = await left_by("0002", tmp_path), set()
    for step in range(60):
        opening = asyncio.create_task(Storage.open(url, [KEY]))
        await asyncio.sleep(step * 0.004)
        opening.cancel()
        await asyncio.wait({opening})
        if not opening.cancelled():
            await opening.result().close()
        ends.add(revision(tmp_path / "0002.db"))
        if newest() in ends:
            break
    assert newest() in ends <= {"0002", newest()}
    await (await Storage.open(url, [KEY])).close()


@pytest.mark.parametrize("after", [0.5, 1.3])
async def test_while_it_starts_it_ends_at_once(after: float, town: Town, tmp_path: Path) -> None:
    process = await started(tmp_path, "run", **town.environment, LOG_FORMAT="json")
    await asyncio.sleep(after)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), TEN)
    assert time.monotonic() - began < TEN
    assert process.returncode == 0 or (process.returncode == -signal.SIGTERM and err == b""), err.decode()
    assert b"Traceback" not in err


async def test_an_event_loop_that_hangs_is_ended_hard(tmp_path: Path) -> None:
    script = (
        "import asyncio, time\nfrom bot import stopping\nstopping.HARD_END = 0.5\n"
        "async def main():\n    async with stopping.Stopping():\n"
        "        print('on', flush=True)\n        time.sleep(60)\n"
        "asyncio.run(main())"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), TEN)
    assert process.returncode == 1
    assert time.monotonic() - began < 5
    assert b"ended hard" in err
