"""Five hundred circles due at one instant, beside a bare bot that posts as many, paced at 48 a second.

Each bot runs in a process of its own; what is measured is what the sandbox sees, which refuses above 50 a
second as Discord does. The rate is over the time from the first post to the last.
"""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Target
from benchmarks.processes import BARE, OURS, environment, present, running
from benchmarks.town import LIMITS, Town, promise
from sandbox import Sandbox
from storage import Storage

CIRCLES, SERVERS = 500, 250
PACE = 48.0  # a second, of Discord's 50
FLOOR = "a bare discord.py bot, each post at its own 48th of a second"
NOT_PATIENT = 30.0  # seconds beyond what it takes at the pace
NOTICE = timedelta(seconds=2)  # between the promise's writing and its instant


@dataclass(frozen=True, slots=True)
class Burst:
    """Seconds of each post since the instant at which all were due, and how many answers were 429."""

    posted: list[float]
    refused: int

    @property
    def rate(self) -> float:
        """Posts a second."""
        return len(self.posted) / (self.posted[-1] - self.posted[0])


async def measure() -> list[Figure]:
    """Posts a second, and seconds until the last."""
    async with Sandbox(limits=LIMITS) as sandbox:
        town = Town(sandbox, SERVERS, CIRCLES // SERVERS)
        floor = await floor_burst(town)
        ours = await ours_burst(town)
    what = f"{CIRCLES} circles due at once"
    return [
        Figure(f"{what}, posted", ours.rate, floor.rate, "/s", FLOOR, Target(47, "at least", "figure")),
        Figure(f"{what}, until the last", ours.posted[-1], floor.posted[-1], "s", FLOOR),
        Figure(f"{what}, refused with 429", ours.refused, floor.refused, "", FLOOR, Target(0, of="figure")),
    ]


async def ours_burst(town: Town) -> Burst:
    """Trellis, as it is run, on circles that were made before."""
    with tempfile.TemporaryDirectory() as folder:
        given = environment(town.sandbox, Path(folder))
        storage = await Storage.open(given["DATABASE_URL"], [given["TRELLIS_KEY"]])
        circles = await town.found(storage)
        async with running(OURS, town.ours, given, Path(folder)):
            await present(town.sandbox, town.ours)
            await asyncio.sleep(3)  # a start's own work is over
            writing = NOTICE + timedelta(seconds=len(circles) / 250)
            at = datetime.now(UTC) + writing
            began = time.perf_counter() + writing.total_seconds()
            seen = _watched(town)
            await promise(storage, circles, at)
            await storage.close()
            return await _all(town, seen, began)


async def floor_burst(town: Town) -> Burst:
    """The bare bot, from its command on."""
    with tempfile.TemporaryDirectory() as folder:
        given = environment(town.sandbox, Path(folder))
        async with running(BARE, town.bare, given, Path(folder)):
            await present(town.sandbox, town.bare)
            await asyncio.sleep(3)
            seen = _watched(town)
            began = time.perf_counter()
            owner = town.sandbox.person("Owner 0")
            await owner.command("post", town.homes[0])
            return await _all(town, seen, began)


def _watched(town: Town) -> list[float]:
    """When posts come into the circles' channels, from now on."""
    seen: list[float] = []
    homes = {home.id for home in town.homes}

    def told(event: str, about: Any, _data: Any) -> None:
        channel = getattr(about, "channel", None)
        if event == "MESSAGE_CREATE" and channel is not None and channel.id in homes and not about.ephemeral:
            seen.append(time.perf_counter())

    town.sandbox.world.listeners.append(told)
    town.sandbox.traffic.clear()
    return seen


async def _all(town: Town, seen: list[float], began: float) -> Burst:
    ends = began + len(town.homes) / PACE + NOT_PATIENT
    while len(seen) < len(town.homes):
        if time.perf_counter() > ends:
            raise RuntimeError(f"{len(seen)} of {len(town.homes)} posts came")
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)  # one too many would come now
    if len(seen) != len(town.homes):
        raise RuntimeError(f"{len(seen)} posts came, and {len(town.homes)} were due")
    return Burst([at - began for at in seen], town.sandbox.traffic.too_many)
