"""A chart, a summary and an export after half a year, each beside the bare work that it cannot do without.

Ours begin at the database and end at the bytes that are sent. All of it is in one process, on a SQLite file;
charts are drawn when matplotlib is imported already (the first one of a process takes half a second more).
"""

import asyncio
import io
import json
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Picture

from benchmarks.figures import Figure, best
from benchmarks.town import CONSENTS, ROLE, ZONE, home_of
from bot import content as texts
from bot.domain.accounts import Account, Actor, Platform
from bot.domain.check_ins import Answer, CheckIn, Energy, Reactivity, Weather
from bot.domain.circles import Circle, Settings
from bot.domain.history import MOST_WEEKS
from bot.domain.members import CONSENT_VERSION
from bot.services.history import Histories
from bot.services.limits import Limits
from bot.services.privacy import Privacy
from bot.services.summaries import Summaries, freeze
from bot.settings import new_key
from cogs.charts import DOTS
from cogs.history._chart import SIZE
from cogs.history._look import history_look
from cogs.items import Panel
from cogs.privacy._data import as_data
from cogs.privacy._export import packed_up
from cogs.summaries._look import summary_look
from storage import Storage
from tests.clocks import SteppedClock

MEMBERS, WEEKS, TURNS = 20, MOST_WEEKS, 5
NOW = datetime(2026, 8, 31, 18, tzinfo=UTC)
BEGAN = NOW - timedelta(weeks=WEEKS + 1)
NOTE = "Slept badly, walked the dog twice, called my sister before I answered him, and that was good."


@dataclass(frozen=True, slots=True)
class House:
    """A circle with half a year of answers."""

    storage: Storage
    file: Path
    circle: Circle
    clock: SteppedClock


class Patient:
    """A clock by which somebody waits an hour before each further one: so nobody has too many."""

    def __init__(self) -> None:
        self._hours = 0

    def now(self) -> datetime:
        """An hour later than before."""
        self._hours += 1
        return NOW + timedelta(hours=self._hours)


async def measure() -> list[Figure]:
    """Milliseconds, the best of TURNS."""
    with tempfile.TemporaryDirectory() as folder:
        storage = await Storage.open(f"sqlite+aiosqlite:///{folder}/bench.db", [new_key()])
        try:
            house = House(storage, Path(folder) / "bench.db", await _lived(storage), SteppedClock(NOW))
            return [await _summed(house), await _chart(house), await _summary(house), await _export(house)]
        finally:
            await storage.close()


async def _lived(storage: Storage) -> Circle:
    async with storage.begin() as tx:
        circle = await tx.circles.add(home_of(0), "Bench", Settings(zone=ZONE), BEGAN)
        members = [
            await tx.members.add(circle.id, _account(number), CONSENTS, CONSENT_VERSION, BEGAN)
            for number in range(MEMBERS)
        ]
        await tx.commit()
    for member in members:
        async with storage.begin() as tx:
            for day in range(WEEKS * 7):
                await tx.check_ins.put(CheckIn(member=member.id, occurrence=None, **_answer(member.id, day)))
            await tx.commit()
    return circle


def _account(number: int) -> Account:
    return Account(Platform.DISCORD, str(100 + number))


def _actor(*roles: str) -> Actor:
    return Actor(account=_account(0), server="1", roles=frozenset(roles))


def _answer(member: int, day: int) -> dict[str, Any]:
    at, seed = NOW - timedelta(days=day), member * 7 + day
    weather = tuple(Weather)[seed % 6]
    energy, reactivity = tuple(Energy)[seed % 5], tuple(Reactivity)[seed % 4]
    answer = Answer(weather=(weather,), energy=energy, reactivity=reactivity, note=NOTE)
    return {"date": at.date(), "answer": answer, "answered_at": at}


async def _summed(house: House) -> Figure:
    """All weeks counted for the first time, which is done once a day, a week at a time."""
    began = time.perf_counter()
    async with house.storage.begin() as tx:
        await freeze(tx, house.circle, NOW)
        await tx.commit()
    ours = (time.perf_counter() - began) * 1000 / WEEKS
    rows = sqlite3.connect(house.file)
    counting = "SELECT member_id, count(*) FROM check_ins WHERE date BETWEEN ? AND ? GROUP BY member_id"
    week = (str(date(2026, 3, 2)), str(date(2026, 3, 8)))
    floor = best(lambda: rows.execute(counting, week).fetchall(), TURNS)
    rows.close()
    return Figure(f"a week of {MEMBERS} members counted", ours, floor, "ms", "a plain SQL count of its rows")


async def _chart(house: House) -> Figure:
    service, content = Histories(house.storage, house.clock, texts.load(), Limits(Patient())), texts.load()

    async def shown() -> None:
        circle, history = await service.mine(_actor(), house.circle.id, WEEKS)
        told = await history_look(history, circle, content, Panel())
        assert told.file is not None

    ours = await _best(shown)
    return Figure(
        f"/history, {WEEKS} weeks", ours, best(_plotted, TURNS), "ms", "matplotlib, three plain plots as PNG"
    )


async def _summary(house: House) -> Figure:
    service, content = Summaries(house.storage, house.clock, Limits(Patient())), texts.load()
    actor = _actor(ROLE)

    async def shown() -> None:
        told = await summary_look(await service.report(actor, house.circle.id, WEEKS), content)
        assert told.file is not None

    ours = await _best(shown)
    return Figure(
        f"/summary, {WEEKS} weeks", ours, best(_plotted, TURNS), "ms", "matplotlib, three plain plots as PNG"
    )


async def _export(house: House) -> Figure:
    service, content = Privacy(house.storage, house.clock, texts.load(), Limits(Patient())), texts.load()

    async def gathered() -> dict[str, Any]:
        return as_data(await service.everything(_actor()), content)

    async def packed() -> None:
        packed_up(await gathered())

    ours, data = await _best(packed), await gathered()
    return Figure(
        f"an export, {WEEKS} weeks",
        ours,
        best(lambda: _zipped(data), TURNS),
        "ms",
        "the same as JSON, zipped",
    )


def _plotted() -> bytes:
    """As many points on as many axes, drawn as matplotlib draws them by itself."""
    picture, out = Picture(figsize=SIZE, dpi=DOTS), io.BytesIO()
    for axes in picture.subplots(3, 1):
        axes.plot(range(WEEKS * 7), [day % 6 for day in range(WEEKS * 7)], "o")
    picture.savefig(out, format="png")
    return out.getvalue()


def _zipped(data: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data))
    return out.getvalue()


async def _best(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds of the quickest of TURNS, after one that imports what it needs."""
    spans = []
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        await work()
        spans.append(time.perf_counter() - began)
        await asyncio.sleep(0)
    return min(spans[1:]) * 1000
