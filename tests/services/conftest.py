"""One house a test, on a file of its own."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import Storage
from tests.clocks import SteppedClock
from tests.services.house import KEY, START, House
from tests.services.recorder import Recorder
from tests.storage import postgres


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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL."""
    with postgres.running() as address:
        yield address.format("postgres")


@pytest.fixture
async def houses(server: str) -> AsyncIterator[tuple[House, House]]:
    """Two processes over it, whose clock and platform are one."""
    clock = SteppedClock(START)
    opened = partial(Storage.open, server, [KEY])
    face = Recorder(clock)
    first, second = House(await opened(), clock, face), House(await opened(), clock, face)
    yield first, second
    async with first.storage.begin() as tx:
        for circle in await tx.circles.all():
            await tx.circles.delete(circle.id)
        await tx.processes.bury(first.clock.now() + timedelta(days=9999))
        await tx.commit()
    await first.storage.close()
    await second.storage.close()
