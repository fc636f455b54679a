"""One house a test, on a file of its own; on PostgreSQL with SERVICES_ON=postgresql, which takes longer."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import Storage
from tests.clocks import SteppedClock
from tests.services.house import INSTEAD, KEY, START, House
from tests.services.recorder import Recorder
from tests.storage import postgres
from tests.storage.conftest import say


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the present version, to be copied: migrating each test's own would cost more."""
    file = tmp_path_factory.mktemp("services") / "empty.db"

    async def make() -> None:
        await (await Storage.open(f"sqlite+aiosqlite:///{file}", [KEY])).close()

    asyncio.run(make())
    return file


@pytest.fixture
async def house(
    request: pytest.FixtureRequest, postgres_at: str | None, migrated: Path, tmp_path: Path
) -> AsyncIterator[House]:
    file, clock = tmp_path / "trellis.db", SteppedClock(START)
    if postgres_at is None or "on_sqlite" in request.fixturenames:
        shutil.copy(migrated, file)
    else:
        await say(postgres_at, "DROP DATABASE IF EXISTS house WITH (FORCE)")
        await say(postgres_at, "CREATE DATABASE house TEMPLATE services STRATEGY FILE_COPY")
        INSTEAD[file] = postgres_at.format("house")
    opened = await House.open(file, clock, Recorder(clock))
    yield opened
    await opened.storage.close()


@pytest.fixture(scope="session")
def postgres_at(request: pytest.FixtureRequest) -> str | None:
    """Where on PostgreSQL; None: on SQLite."""
    on_postgres = os.environ.get("SERVICES_ON") == "postgresql"
    return request.getfixturevalue("template") if on_postgres else None


@pytest.fixture
def on_sqlite() -> None:
    """For tests of the file itself: their house stands on one, whatever the others stand on."""


@pytest.fixture(scope="session")
def template(postgres_form: str) -> str:
    """The form of addresses on a server that holds a migrated, empty database under the house's key."""

    async def make() -> None:
        await say(postgres_form, "CREATE DATABASE services")
        await (await Storage.open(postgres_form.format("services"), [KEY])).close()

    asyncio.run(make())
    return postgres_form


@pytest.fixture(scope="session")
def postgres_form() -> Iterator[str]:
    """A real PostgreSQL; with `{}` in the database's place."""
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_server(postgres_form: str) -> str:
    """A database on it that tests share."""
    return postgres_form.format("postgres")


@pytest.fixture
async def houses(postgres_server: str) -> AsyncIterator[tuple[House, House]]:
    """Two processes over it, whose clock and platform are one."""
    clock = SteppedClock(START)
    opened = partial(Storage.open, postgres_server, [KEY])
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
