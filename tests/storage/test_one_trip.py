"""A statement is one trip to SQLite's thread; what it says is what SQLAlchemy's own four trips say."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.one_trip import AT_ONCE, OneTripConnection, connector

MANY = 2 * AT_ONCE + 1


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    url = make_url(f"sqlite+aiosqlite:///{tmp_path / 'one.db'}")
    engine = create_async_engine(url, async_creator=connector(url))
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        rows = [{"name": str(number)} for number in range(MANY)]
        await connection.execute(text("INSERT INTO things (name) VALUES (:name)"), rows)
        yield connection
    await engine.dispose()


async def trips(connection: AsyncConnection, *statements: str) -> int:
    """How often SQLite's thread is woken for them."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, OneTripConnection)
    count, run = 0, driver._execute

    async def counted(*given: object) -> object:
        nonlocal count
        count += 1
        return await run(*given)  # type: ignore[no-untyped-call]

    driver._execute = counted  # type: ignore[method-assign]
    for statement in statements:
        await connection.execute(text(statement))
    driver._execute = run  # type: ignore[method-assign]
    return count


async def test_a_statement_is_one_trip_whether_it_reads_or_writes(connection: AsyncConnection) -> None:
    assert await trips(connection, "SELECT * FROM things WHERE id = 7") == 1
    assert await trips(connection, "UPDATE things SET name = 'seven' WHERE id = 7") == 1
    assert await trips(connection, "SELECT 1", "SELECT 2", "DELETE FROM things WHERE id = 8") == 3


async def test_a_long_result_comes_whole_in_its_order_and_by_parts(connection: AsyncConnection) -> None:
    every = text("SELECT id FROM things ORDER BY id")
    assert (await connection.scalars(every)).all() == [*range(1, MANY + 1)]
    streamed = [row.id async for row in await connection.stream(every)]
    assert streamed == [*range(1, MANY + 1)]
    result = await connection.stream(every)
    assert [len(part) async for part in result.partitions(AT_ONCE - 1)] == [AT_ONCE - 1, AT_ONCE - 1, 3]


async def test_what_is_left_unread_holds_nothing_up(connection: AsyncConnection) -> None:
    result = await connection.stream(text("SELECT id FROM things ORDER BY id"))
    first = await result.fetchone()
    assert first is not None
    assert first.id == 1
    await result.close()
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, OneTripConnection)
    cursor = await driver.cursor().execute("SELECT id FROM things")
    await cursor.close()
    await connection.execute(text("DROP TABLE things"))  # refused while a cursor reads it
    assert await cursor.fetchall() == []


async def test_counts_keys_and_returned_rows_are_told_after_the_cursor_is_gone(
    connection: AsyncConnection,
) -> None:
    changed = await connection.execute(text("UPDATE things SET name = name || '!' WHERE id <= 3"))
    assert (changed.rowcount, changed.returns_rows) == (3, False)
    added = await connection.execute(text("INSERT INTO things (name) VALUES ('new')"))
    assert added.lastrowid == MANY + 1
    returned = await connection.execute(text("DELETE FROM things WHERE id <= 2 RETURNING id"))
    assert (returned.returns_rows, sorted(returned.scalars())) == (True, [1, 2])
    empty = await connection.execute(text("SELECT id, name FROM things WHERE id < 0"))
    assert (list(empty.keys()), empty.all()) == (["id", "name"], [])


async def test_a_statement_that_fails_says_why_and_the_next_one_runs(connection: AsyncConnection) -> None:
    with pytest.raises(OperationalError, match="no such table: nowhere") as refused:
        await connection.execute(text("SELECT * FROM nowhere"))
    assert isinstance(refused.value.orig, sqlite3.OperationalError)
    assert await connection.scalar(text("SELECT count(*) FROM things")) == MANY
