"""One house a test, on a file of its own."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Storage
from tests.clocks import SteppedClock
from tests.services.house import KEY, START, House
from tests.services.recorder import Recorder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the present version, to be copied: migrating each test's own would cost more."""
    file = tmp_path_factory.mktemp("services") / "empty.db"

    async def make() -> None:
        await (await Storage.open(f"sqlite+aiosqlite:///{file}", [KEY])).close()

    asyncio.run(make())
    return file


@pytest.fixture
async def house(migrated: Path, tmp_path: Path) -> AsyncIterator[House]:
    shutil.copy(migrated, tmp_path / "trellis.db")
    clock = SteppedClock(START)
    opened = await House.open(tmp_path / "trellis.db", clock, Recorder(clock))
    yield opened
    await opened.storage.close()
