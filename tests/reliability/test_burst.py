"""Everything due at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import opened
from bot.domain.occurrences import State
from bot.settings import load_settings
from sandbox import Sandbox
from tests.reliability.town import Town, unexplained

pytestmark = pytest.mark.long

CIRCLES = 500
PER_SECOND = 48  # the pacer's promise; Discord's limit is 50


@pytest.mark.timeout(120)
async def test_500_circles_due_in_one_second_are_all_posted_without_one_429(tmp_path: Path) -> None:
    began = datetime.now(UTC)
    async with Sandbox() as sandbox:
        town = Town(sandbox, tmp_path, CIRCLES)
        circles = await town.found_circles()
        await town.promise(circles, began, minutes=[0] * CIRCLES)
        stop = asyncio.Event()
        async with opened(load_settings(env_file=None, env=town.environment)) as trellis:
            serving = asyncio.create_task(trellis.serve(town.application.token, stop))
            while len(town.posted()) < CIRCLES and not serving.done():  # noqa: ASYNC110 - nobody tells it
                await asyncio.sleep(0.25)
            stop.set()
            await serving
        occurrences = await town.kept(circles, began - timedelta(minutes=1))
        posted = town.posted()
        assert sandbox.traffic.too_many == 0
        assert len(occurrences) == CIRCLES
        assert all(one.state is State.SENT for one in occurrences)
        assert unexplained(occurrences, posted) == []
        assert busiest_second(sandbox) <= PER_SECOND


def busiest_second(sandbox: Sandbox) -> int:
    """The most requests that arrived within any second, of those that Discord counts."""
    outside = ("/interactions", "/webhooks", "/gateway")  # the last: asked without a token, before the start
    counted = [each.at for each in sandbox.traffic.requests if not each.path.startswith(outside)]
    return max(sum(at <= other < at + 1 for other in counted) for at in counted)
