"""One house a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.clocks import SteppedClock
from tests.services.house import START, House
from tests.services.recorder import Recorder


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock = SteppedClock(START)
    opened = await House.open(tmp_path / "trellis.db", clock, Recorder(clock))
    yield opened
    await opened.storage.close()
