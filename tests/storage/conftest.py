"""Fresh databases: a SQLite file, or one of a real PostgreSQL, copied from a migrated one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from bot.domain.circles import Circle
from bot.domain.members import Member
from storage import Storage
from storage.backends import SqliteBackend
from storage.writer import Writer
from tests.storage import postgres
from tests.storage.samples import KEY, made_circle, made_member

TEMPLATE = "template_trellis"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres.running() as address:
        asyncio.run(_make_template(address))
        yield address


async def _make_template(address: str) -> None:
    await say(address, f"CREATE DATABASE {TEMPLATE}")
    storage = await Storage.open(address.format(TEMPLATE), [KEY])
    await storage.close()


async def say(address: str, statement: str) -> None:
    """One statement to the server itself."""
    connection = await asyncpg.connect(address.format("postgres").replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "trellis.db"

    async def make() -> None:
        storage = await Storage.open(f"sqlite+aiosqlite:///{path}", [KEY])
        await storage.close()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, template_file: Path) -> str:
    path = tmp_path / "trellis.db"
    shutil.copyfile(template_file, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
async def postgres_url(server: str) -> str:
    await say(server, "DROP DATABASE IF EXISTS fresh WITH (FORCE)")
    await say(server, f"CREATE DATABASE fresh TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    return server.format("fresh")


@pytest.fixture
async def empty_postgres_url(server: str) -> str:
    await say(server, "DROP DATABASE IF EXISTS bare WITH (FORCE)")
    await say(server, "CREATE DATABASE bare")
    return server.format("bare")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Migrated and empty, on each of the two."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    opened = await Storage.open(database_url, [KEY])
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Storage]:
    opened = await Storage.open(sqlite_url, [KEY])
    yield opened
    await opened.close()


@pytest.fixture
def writer(sqlite: Storage) -> Writer:
    """That of the SQLite file, looked at from within."""
    backend = sqlite._backend
    assert isinstance(backend, SqliteBackend)
    return backend.writer


@pytest.fixture
async def circle(storage: Storage) -> Circle:
    return await made_circle(storage)


@pytest.fixture
async def member(storage: Storage, circle: Circle) -> Member:
    return await made_member(storage, circle)
