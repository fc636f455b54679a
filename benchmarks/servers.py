"""A thousand servers of twenty members: how soon a start answers a command, and what it holds in memory.

The bots are started as an operator would, in a fresh process, ours on a database that has it all from
before. The clock runs from the process's start to the first answer that a person sees, who asks as soon as
the gateway has the bot: earlier than it is "ready", for which discord.py waits two seconds more. Memory is
the resident set (RSS), after it was ready and has answered a few more. A third bot is the bare one with our
libraries imported and left unused: below what it takes no code of ours can come.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, Target
from benchmarks.processes import BARE, OURS, WITH_LIBRARIES, environment, present, running
from benchmarks.town import LIMITS, Town
from sandbox import Sandbox
from sandbox.entities import Application
from storage import Storage

SERVERS, MEMBERS = 1000, 20
STARTS = 3  # of each, by turns
SETTLED = 6.0  # seconds after which all that a start does is done
FLOOR = "a bare discord.py bot with the same intents"


@dataclass(frozen=True, slots=True)
class _Bot:
    """How one is started and what it is asked."""

    words: Sequence[str]
    application: Application
    command: str


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first answer and of the processor until then; MiB afterwards."""

    answered: float
    busy: float
    own: float
    resident: float


async def measure() -> list[Figure]:
    """Seconds and MiB, the medians of STARTS."""
    async with Sandbox(limits=LIMITS) as sandbox:
        town = Town(sandbox, SERVERS, members=MEMBERS)
        with tempfile.TemporaryDirectory() as folder:
            given = environment(sandbox, Path(folder))
            storage = await Storage.open(given["DATABASE_URL"], [given["TRELLIS_KEY"]])
            await town.found(storage)
            await storage.close()
            bots = [
                _Bot(OURS, town.ours, "about"),
                _Bot(BARE, town.bare, "here"),
                _Bot(WITH_LIBRARIES, town.bare, "here"),
            ]
            rounds = []
            for turn in range(STARTS + 1):
                starts = [await _started(town, bot, given, Path(folder)) for bot in bots]
                if turn:  # the first start registers the commands and reads all files for the first time
                    rounds.append(starts)
    ours, floor, libraries = zip(*rounds, strict=True)
    return [
        *_figures(f"{SERVERS:,} servers × {MEMBERS} members", ours, floor, Target(1.3), Target(1.6)),
        *_figures("our libraries alone, unused", libraries, floor),
    ]


def _figures(
    what: str,
    starts: Sequence[Start],
    floor: Sequence[Start],
    soon: Target | None = None,
    small: Target | None = None,
) -> list[Figure]:
    def figure(name: str, of: Callable[[Start], float], unit: str, target: Target | None) -> Figure:
        return Figure(f"{name}, {what}", median(map(of, starts)), median(map(of, floor)), unit, FLOOR, target)

    return [
        figure("start to the first answer", lambda start: start.answered, "s", soon),
        figure("memory (RSS)", lambda start: start.resident, "MiB", small),
    ]


async def _started(town: Town, bot: _Bot, given: dict[str, str], folder: Path) -> Start:
    async with running(bot.words, bot.application, given, folder) as process:
        await present(town.sandbox, bot.application)
        await town.people()[-1].command(bot.command, town.homes[-1])
        answered = time.perf_counter() - process.began
        busy = process.busy()
        await asyncio.sleep(SETTLED)
        for person, home in list(zip(town.people()[::MEMBERS], town.homes, strict=True))[:20]:
            await person.command(bot.command, home)
        held = process.memory()
        return Start(answered, busy, process.own_memory(), held["Rss"])
