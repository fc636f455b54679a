"""The real bot, killed without warning around its dispatch."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.circles import Circle
from bot.domain.occurrences import Occurrence, State
from sandbox import Limits, Sandbox
from tests.reliability.process import Bots
from tests.reliability.town import Town, unexplained

KILLS = 50
CIRCLES = 3  # due together in each round
SPAN = 1.2  # seconds within which a kill comes: from before the connection to after the marks


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    started = Bots()
    yield started
    await started.close()


@pytest.mark.timeout(280)
async def test_killed_with_sigkill_50_times_around_dispatch_nothing_is_posted_twice_or_unexplained(
    tmp_path: Path, bots: Bots
) -> None:
    seed = random.randrange(10**9)
    print(f"replay with random.Random({seed})")
    dice = random.Random(seed)
    began = datetime.now(UTC)
    async with Sandbox(limits=Limits(channel_messages=10_000)) as sandbox:
        town = Town(sandbox, tmp_path, CIRCLES)
        circles = await town.found_circles()
        for round_ in range(KILLS):
            await due_soon(town, circles, round_, dice)
            if round_ % 4 == 3:
                sandbox.faults.drop_next("POST", r"/channels/\d+/messages", after_applied=True)
            bot = bots.start(town.environment)
            await asyncio.sleep(dice.uniform(0.1, SPAN))
            await bots.kill(bot)
        last = bots.start(town.environment)
        occurrences = await settled(town, circles, began)
        assert await bots.stop(last) == 0

    posted = town.posted()
    assert len(occurrences) == KILLS * CIRCLES
    assert [times for times in posted.values() if times > 1] == []
    assert unexplained(occurrences, posted) == []
    assert sum(posted.values()) == sum(one.state is State.SENT for one in occurrences)
    assert sum(posted.values()) > KILLS  # the kills left something to be sent


async def due_soon(town: Town, circles: Sequence[Circle], round_: int, dice: random.Random) -> None:
    """A schedule more for each circle, due within the next half second and daily at a time of its own."""
    at = datetime.now(UTC) + timedelta(seconds=dice.uniform(0, 0.5))
    await town.promise(circles, at, minutes=[round_] * len(circles))


async def settled(town: Town, circles: Sequence[Circle], since: datetime) -> list[Occurrence]:
    """Waits until nothing is claimed any more; the test's timeout bounds it."""
    while True:
        await asyncio.sleep(0.5)
        found = await town.kept(circles, since - timedelta(minutes=1))
        if len(found) >= KILLS * CIRCLES and all(one.state is not State.CLAIMED for one in found):
            return found
