"""A house on a Monday of its own, with the permission that events need."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Limits, Sandbox
from tests.clocks import SteppedClock
from tests.cogs.conftest import laid
from tests.cogs.house import House
from tests.cogs.meetings.town import (
    CREATE_EVENTS,
    MONDAY,
)


@pytest.fixture
async def house(tmp_path: Path, empty: Path) -> AsyncIterator[House]:
    """As everywhere, on a Monday of its own, on which Discord's clock stands too; with Create Events."""
    shutil.copy(empty, tmp_path / "trellis.db")
    clock = SteppedClock(MONDAY)
    async with Sandbox(limits=Limits(channel_messages=50, answer=10), clock=clock.now) as sandbox:
        house = laid(sandbox, tmp_path)
        house.clock = clock
        house.guild.find_role("Trellis").permissions |= CREATE_EVENTS
        await house.start()
        yield house
        await house.trellis.stop()
