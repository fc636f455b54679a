"""Two hundred exercises at once: how far each step is from its instant, beside a bare bot's on one timetable.

Everyone presses Next within one second, so that all steps crowd. What is measured is what the sandbox sees:
the moment at which each card changed, beside the press's own answer plus the steps' seconds. Each bot runs in
a process of its own, as it would.
"""

import asyncio
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, percentile
from benchmarks.processes import OURS, environment, present, running
from benchmarks.town import INVITED_WITH, LIMITS
from bot import content
from sandbox import Sandbox
from sandbox.people import Person

PEOPLE = 200
WITHIN = 1.0  # seconds over which they press
EXERCISE = "gr-24"  # its timed steps are the shortest of all: 4, 5, 4, 5 seconds
FLOOR = "a bare discord.py bot, the same timetable"


@dataclass(frozen=True, slots=True)
class Paced:
    """`late`: milliseconds of each step from its instant, early ones below 0."""

    late: list[float]
    busiest: int  # changes in one second
    refused: int  # answered with 429


async def measure() -> list[Figure]:
    """Milliseconds from the instant, and changes a second, as the sandbox sees them."""
    ours, floor = await ours_paced(), await floor_paced()
    what = f"{PEOPLE} exercises at once, a step's distance from its instant"
    ours_off, floor_off = ([abs(each) for each in paced.late] for paced in (ours, floor))
    return [
        Figure(f"{what}, p50", percentile(ours_off, 0.5), percentile(floor_off, 0.5), "ms", FLOOR),
        Figure(f"{what}, p99", percentile(ours_off, 0.99), percentile(floor_off, 0.99), "ms", FLOOR),
        Figure(f"{what}, worst", max(ours_off), max(floor_off), "ms", FLOOR),
        Figure("its busiest second", ours.busiest, floor.busiest, "changes", FLOOR),
    ]


async def ours_paced() -> Paced:
    """Trellis, as it is run."""

    async def ready(person: Person, application: Any, channel: Any) -> None:
        await person.command("ground", channel, exercise=EXERCISE)
        for label in ("Safe enough", "Begin", "Skip"):
            await person.press(person.dms(application)[-1], label)

    return await _paced(OURS, ready)


async def floor_paced(way: str = "token") -> Paced:
    """A bot that sleeps to each instant and changes the message by the press's token, or as itself."""

    async def ready(person: Person, _application: Any, channel: Any) -> None:
        await person.command("begin", channel)

    return await _paced(["-m", "benchmarks.bare_pacing", way, *map(str, timetable())], ready)


@cache
def timetable() -> list[int]:
    """The seconds of the four timed steps that follow the first press, one after the other."""
    exercise = next(one for one in content.load().exercises if one.id == EXERCISE)
    return [step.seconds or 0 for step in exercise.steps[1:5]]


async def _paced(words: Sequence[str], ready: Callable[[Person, Any, Any], Awaitable[None]]) -> Paced:
    """All press within WITHIN, then nobody does anything more."""
    async with Sandbox(limits=LIMITS) as sandbox, _bot(sandbox, words) as application:
        world, people = sandbox.world, _people(sandbox)
        for first in range(0, len(people), 20):  # so that getting ready crowds nothing
            channels = [(person, world.dm(person.user, application.bot)) for person in people]
            await asyncio.gather(
                *(ready(person, application, channel) for person, channel in channels[first : first + 20])
            )
        seen, spans = _watched(sandbox), timetable()  # read before: reading holds the loop up
        sandbox.traffic.clear()
        cards = await asyncio.gather(
            *(_press(person, application, number) for number, person in enumerate(people))
        )
        await asyncio.sleep(sum(spans) + 4)
        return _measured([seen[card] for card in cards], sandbox.traffic.too_many)


async def _press(person: Person, application: Any, number: int) -> str:
    await asyncio.sleep(number / PEOPLE * WITHIN)
    card = person.dms(application)[-1]
    await person.press(card, "Next")
    return card.id


def _watched(sandbox: Sandbox) -> Mapping[str, list[float]]:
    """When each message changes, from now on."""
    seen: dict[str, list[float]] = defaultdict(list)

    def changed(event: str, about: Any, _data: Mapping[str, Any]) -> None:
        if event == "MESSAGE_UPDATE":
            seen[about.id].append(time.perf_counter())

    sandbox.world.listeners.append(changed)
    return seen


def _measured(changes: list[list[float]], refused: int) -> Paced:
    late, instants = [], []
    for answered, *steps in changes:
        due = [answered + span for span in accumulate(timetable())]
        if len(steps) != len(due):
            raise RuntimeError(f"{len(steps)} of {len(due)} steps were shown")
        late += [(at - when) * 1000 for at, when in zip(steps, due, strict=True)]
        instants += steps
    return Paced(late, max(Counter(int(at) for at in instants).values()), refused)


def _people(sandbox: Sandbox) -> list[Person]:
    return [sandbox.person(user) for user in sandbox.world.users.values() if user.name.startswith("m")]


@asynccontextmanager
async def _bot(sandbox: Sandbox, words: Sequence[str]) -> AsyncIterator[Any]:
    """A bot on a server with PEOPLE members, in its own process, when it is there."""
    world = sandbox.world
    application = world.add_application("Bench")
    guild = world.add_guild("Bench", world.add_user("Owner"))
    for number in range(PEOPLE):
        guild.add_member(world.add_user(f"m{number}"))
    guild.invite(application, permissions=INVITED_WITH)
    with tempfile.TemporaryDirectory() as folder:
        given = environment(sandbox, Path(folder))
        async with running(words, application, given, Path(folder)):
            await present(sandbox, application)
            await asyncio.sleep(1)
            yield application
