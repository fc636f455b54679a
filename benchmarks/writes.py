"""Check-ins that arrive together, each durable when acknowledged, against a raw insert loop."""

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite

from benchmarks.figures import Figure
from bot.domain.accounts import Account, Platform
from bot.domain.check_ins import Answer, CheckIn, Weather
from bot.domain.circles import Home, Settings
from bot.domain.members import CONSENT_VERSION, Member, Scope
from bot.settings import new_key
from storage import Storage

MEMBERS = 1000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def measure() -> list[Figure]:
    """Rates in writes a second."""
    with tempfile.TemporaryDirectory() as folder:
        ours = await _ours(Path(folder))
        floor = await _raw(Path(folder))
    return [
        Figure(
            "check-ins stored, 1,000 at once",
            ours,
            floor,
            "/s",
            "aiosqlite, plain INSERT and COMMIT for each, synchronous=FULL",
        )
    ]


async def _ours(folder: Path) -> float:
    storage = await Storage.open(f"sqlite+aiosqlite:///{folder / 'ours.db'}", [new_key()])
    try:
        members = await _members(storage)
        began = time.perf_counter()
        await asyncio.gather(*(_put(storage, member) for member in members))
        return len(members) / (time.perf_counter() - began)
    finally:
        await storage.close()


async def _members(storage: Storage) -> list[Member]:
    home = Home(platform=Platform.DISCORD, server="1", channel="2", facilitators="3", role="4")
    async with storage.begin() as tx:
        circle = await tx.circles.add(home, "Bench", Settings(zone=ZoneInfo("UTC")), NOW)
        members = [
            await tx.members.add(
                circle.id, Account(Platform.DISCORD, str(n)), {Scope.CHECK_INS}, CONSENT_VERSION, NOW
            )
            for n in range(MEMBERS)
        ]
        await tx.commit()
    return members


async def _put(storage: Storage, member: Member) -> None:
    answer = Answer(weather=(Weather.CLEAR,))
    check_in = CheckIn(
        member=member.id, occurrence=None, date=date(2026, 11, 23), answer=answer, answered_at=NOW
    )
    async with storage.begin() as tx:
        await tx.check_ins.put(check_in)
        await tx.commit()


async def _raw(folder: Path) -> float:
    async with aiosqlite.connect(folder / "raw.db") as raw:
        await raw.execute("PRAGMA journal_mode = WAL")
        await raw.execute("PRAGMA synchronous = FULL")
        await raw.execute("CREATE TABLE answers (member INTEGER PRIMARY KEY, answer BLOB)")
        began = time.perf_counter()
        for n in range(MEMBERS):
            await raw.execute("INSERT INTO answers VALUES (?, ?)", (n, b"x" * 92))
            await raw.commit()
        return MEMBERS / (time.perf_counter() - began)
