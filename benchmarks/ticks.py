"""A tick of the dispatch with a million schedules beside the same with a thousand, on both databases.

The tick is the service's own, on a real database; what it posts goes nowhere, as a network's time is no
tick's. Twenty circles are real and the same in both databases; the other schedules are rows due years later.
"""

import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import asyncpg
from sqlalchemy import text

from benchmarks.figures import Figure, Target
from benchmarks.town import ZONE, home_of
from bot import content as texts
from bot.domain.circles import Settings
from bot.domain.schedules import DAILY, Due, Kind
from bot.services.dispatch import Dispatch
from bot.services.messenger import Messenger, Post
from bot.settings import new_key
from storage import Storage
from storage.backends import parsed
from storage.migrate import opened
from tests.clocks import SteppedClock
from tests.storage import postgres

FEW, MANY = 1_000, 1_000_000
DUE = 20
IDLE_TICKS, DUE_TICKS = 300, 20
STARTS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FLOOR = "the same with 1,000 schedules"
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})"
FILL = (
    """INSERT INTO circles
    (home_lookup, facilitators_lookup, server_lookup, sealed, settings, made_at, care_at) {circles}
    SELECT CAST(CAST(i AS TEXT) AS {blob}), CAST(CAST(i AS TEXT) AS {blob}),
    CAST(CAST(i / 4 AS TEXT) AS {blob}), CAST('' AS {blob}), '{{}}', 0, 4000000000000000 FROM n""",
    """INSERT INTO schedules (circle_id, kind, time, days, added_at, next_date, next_at)
    {schedules} SELECT {first} + i / 4, 'check-in', CAST(i % 4 AS TEXT), '1', 0, {date},
    4000000000000000 + i * 10000000000 FROM n""",
    "ANALYZE",
)
WORDS = {
    "postgresql": {"blob": "bytea", "date": "DATE '2096-01-01'"},
    "sqlite": {"blob": "BLOB", "date": "'2096-01-01'"},
}


@dataclass(frozen=True, slots=True)
class House:
    """A dispatch on a database of so many schedules."""

    dispatch: Dispatch
    clock: SteppedClock
    messenger: "Nowhere"


class Nowhere:
    """A messenger whose posts arrive at once."""

    def __init__(self) -> None:
        self.posted = 0

    async def post(self, post: Post) -> str:
        """Its id."""
        assert post.occurrence is not None
        self.posted += 1
        return str(post.occurrence.id)


async def measure() -> list[Figure]:
    """Milliseconds a tick, the best of many, the two databases of a kind by turns."""
    figures = []
    with tempfile.TemporaryDirectory() as folder, addresses(Path(folder)) as kinds:
        for kind, (few, many) in kinds.items():
            async with AsyncExitStack() as stack:
                floor = await stack.enter_async_context(house(few, FEW))
                ours = await stack.enter_async_context(house(many, MANY))
                idle = await _idle(ours), await _idle(floor)
                due = [(await _due(ours), await _due(floor)) for _ in range(DUE_TICKS)]
            what = f"a dispatch tick, {MANY:,} schedules, {kind}"
            best = min(one for one, _ in due), min(one for _, one in due)
            figures += [
                Figure(f"{what}, nothing due", *idle, "ms", FLOOR, Target(1.5)),
                Figure(f"{what}, {DUE} due", *best, "ms", FLOOR, Target(1.5)),
            ]
    return figures


@contextmanager
def addresses(folder: Path) -> Iterator[dict[str, tuple[str, str]]]:
    """Two empty databases of each kind."""
    files = [f"sqlite+aiosqlite:///{folder / name}.db" for name in ("few", "many")]
    with postgres.running() as server:
        yield {"SQLite": (files[0], files[1]), "PostgreSQL": (server.format("few"), server.format("many"))}


@asynccontextmanager
async def house(address: str, schedules: int) -> AsyncIterator[House]:
    """Migrated and filled."""
    url = parsed(address)
    if url.get_backend_name() == "postgresql":
        server = await asyncpg.connect(host=url.query["host"], user="postgres", database="postgres")
        await server.execute(f"CREATE DATABASE {url.database}")
        await server.close()
    storage = await Storage.open(address, [new_key()])
    try:
        await _founded(storage)
        await _filled(address, schedules - DUE)
        clock = SteppedClock(STARTS)
        messenger = Nowhere()
        yield House(Dispatch(storage, clock, texts.load(), cast("Messenger", messenger)), clock, messenger)
    finally:
        await storage.close()


async def _founded(storage: Storage) -> None:
    """Circles with a daily post each, all due at one instant a day after STARTS."""
    at = STARTS + DAY
    due = Due(at.date(), at)
    async with storage.begin() as tx:
        for number in range(DUE):
            circle = await tx.circles.add(home_of(number), "Bench", Settings(zone=ZONE), STARTS)
            usual = at.astimezone(ZONE).time()
            await tx.schedules.add(circle.id, Kind.CHECK_IN, usual, DAILY, STARTS, due)
        await tx.commit()


async def _filled(address: str, rows: int) -> None:
    words: dict[str, Any] = {
        **WORDS[parsed(address).get_backend_name()],
        "schedules": NUMBERS.format(rows=rows),
        "circles": NUMBERS.format(rows=rows // 4 + 1),
        "first": DUE + 1,
    }
    async with opened(parsed(address)) as connection:
        for statement in FILL:
            await connection.execute(text(statement.format(**words)))


async def _idle(house: House) -> float:
    """The quickest of some ticks with nothing to do."""
    spans = []
    for _ in range(IDLE_TICKS):
        began = time.perf_counter()
        await house.dispatch.tick()
        spans.append(time.perf_counter() - began)
    return min(spans) * 1000


async def _due(house: House) -> float:
    """A tick with DUE posts, until all of them are marked as sent."""
    house.clock.step(DAY)
    house.messenger.posted = 0
    began = time.perf_counter()
    await house.dispatch.tick()
    await house.dispatch.drain()
    if house.messenger.posted != DUE:
        raise RuntimeError(f"{house.messenger.posted} of {DUE} posts were sent")
    return (time.perf_counter() - began) * 1000
