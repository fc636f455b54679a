"""One-tap check-ins at 50, 200 and 500 a second, durably stored, beside a bare bot that only answers.

Two thousand people choose from the select of a real post in each of two circles, first answers and changes by
turns. Each bot runs in a process of its own, and both are connected all the time; they are loaded by turns,
so that what else the machine does meets both. The load is open: a tap comes at its instant, whether those
before it are answered or not.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, Target, percentile
from benchmarks.processes import BARE, OURS, PATIENCE, Running, environment, present, running
from benchmarks.town import LIMITS, Town, promise
from sandbox import Sandbox
from sandbox.entities import Application, Channel, Message
from sandbox.people import Person
from storage import Storage

SERVERS, CIRCLES, MEMBERS = 40, 2, 50
RATES = (50, 200, 500)  # taps a second
BUSY = 200  # the one of them that has a target, and at which processor time is counted
SECONDS = 3.0
TURNS = 3  # each bot is loaded so often at each rate
LONGEST = 250.0  # milliseconds that 99 of 100 wait at most, for a rate to count as sustained
STEPS, LEAST, MOST = 6, 100, 3200  # the search for it
BLOCK = 100  # taps that come a second time, as changes, before further ones come
AT_REST = 0.1  # processor seconds a second, with nobody there
LATE = replace(LIMITS, answer=60, channel_messages=10_000)  # what comes late is measured, not refused
FLOOR = "a bare discord.py bot that answers and stores nothing"


@dataclass(frozen=True, slots=True)
class Tap:
    """Milliseconds: `late` from its instant to the press, `took` from there to the answer."""

    late: float
    took: float


@dataclass(slots=True)
class Bot:
    """A bot under load. `cpu`: processor seconds a tap, of each run."""

    process: Running
    taps: Iterator[tuple[Person, Message]]
    took: dict[int, list[list[float]]] = field(default_factory=lambda: {rate: [] for rate in RATES})
    cpu: list[float] = field(default_factory=list)

    def figure(self, rate: int, share: float) -> float:
        """The middle one of the runs' percentiles."""
        return median(percentile(run, share) for run in self.took[rate])


async def measure() -> list[Figure]:
    """Milliseconds from a tap to its answer; taps a second; processor time of the bot's own process."""
    async with AsyncExitStack() as stack:
        ours, bare = await _both(stack)
        for _ in range(TURNS):
            for rate in RATES:
                for bot in (ours, bare):
                    await _steady(bot, rate)
        most = [[await _sustained(bot) for bot in (ours, bare)] for _ in range(2)]
    figures = [
        Figure(
            f"one-tap check-in, {rate}/s, {name}",
            ours.figure(rate, share),
            bare.figure(rate, share),
            "ms",
            FLOOR,
            Target(3) if rate == BUSY else None,
        )
        for rate in RATES
        for name, share in (("p50", 0.5), ("p99", 0.99))
    ]
    our_best, its_best = (median(column) for column in zip(*most, strict=True))
    sustained = f"check-ins sustained, p99 up to {LONGEST:g} ms"
    cpu, its_cpu = (median(bot.cpu) * 1000 for bot in (ours, bare))
    return [
        *figures,
        Figure(sustained, our_best, its_best, "/s", FLOOR, Target(0.5, "at least")),
        Figure("its processor time", cpu, its_cpu, "ms a tap", FLOOR),
    ]


async def _steady(bot: Bot, rate: int) -> None:
    before = bot.process.busy()
    taps = await _loaded(bot, rate, SECONDS)
    bot.took[rate].append([tap.took for tap in taps])
    if rate == BUSY:
        bot.cpu.append((bot.process.busy() - before) / len(taps))


async def _sustained(bot: Bot) -> float:
    """The highest rate at which LONGEST is kept, by halving what lies between two that are known."""
    low, high = float(LEAST), float(MOST)
    for _ in range(STEPS):
        rate = (low * high) ** 0.5
        taps = await _loaded(bot, rate, SECONDS / 2)
        if percentile([tap.late + tap.took for tap in taps], 0.99) <= LONGEST:
            low = rate
        else:
            high = rate
    return low


async def _loaded(bot: Bot, rate: float, seconds: float) -> list[Tap]:
    """Taps at their instants; fewer where ever more of them wait, which shows in those that came."""
    gc.collect()
    began, tasks = time.perf_counter(), set[asyncio.Task[Tap]]()
    waiting = 0

    def answered(_: object) -> None:
        nonlocal waiting
        waiting -= 1

    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if waiting > rate:  # a whole second of them
            break
        task = asyncio.create_task(_tapped(*next(bot.taps), due))
        waiting += 1
        task.add_done_callback(answered)
        tasks.add(task)
    return list(await asyncio.gather(*tasks))


async def _tapped(person: Person, post: Message, due: float) -> Tap:
    pressed = time.perf_counter()
    outcome = await (await person.select(post, ["clear"])).settled(LATE.answer)
    if outcome.message is None:
        raise RuntimeError(f"a tap was not answered: {outcome.state}, {outcome.reason}")
    return Tap((pressed - due) * 1000, (time.perf_counter() - pressed) * 1000)


async def _at_rest(process: Running) -> None:
    """Returns once a bot has done what follows on a start: it looks through all members for what is over."""
    before, now = 0.0, process.busy()
    while now - before > AT_REST:
        await asyncio.sleep(1)
        before, now = now, process.busy()


async def _both(stack: AsyncExitStack) -> tuple[Bot, Bot]:
    """Ours and the bare one, each with its posts in the same channels."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    town = Town(await stack.enter_async_context(Sandbox(limits=LATE)), SERVERS, CIRCLES, MEMBERS)
    given = environment(town.sandbox, folder)
    storage = await Storage.open(given["DATABASE_URL"], [given["TRELLIS_KEY"]])
    await promise(storage, await town.found(storage), datetime.now(UTC))
    await storage.close()
    bots = []
    for words, application in ((OURS, town.ours), (BARE, town.bare)):
        process = await stack.enter_async_context(running(words, application, given, folder))
        await present(town.sandbox, application)
        if application is town.bare:
            await town.people()[0].command("post", town.homes[0])
        bots.append(Bot(process, cycle(_twice(await _posted(town, application)))))
    for bot in bots:
        await _at_rest(bot.process)
    gc.freeze()
    return bots[0], bots[1]


async def _posted(town: Town, application: Application) -> list[tuple[Person, Message]]:
    """Waits until the bot has posted in every circle; who taps on what."""
    async with asyncio.timeout(PATIENCE):
        while not all(_post_of(application, home) for home in town.homes):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    posts = [(home, _post_of(application, home)) for home in town.homes]
    return [(person, post) for home, post in posts if post is not None for person in town.people_of(home)]


def _post_of(application: Application, home: Channel) -> Message | None:
    mine = (m for m in home.messages.values() if m.author is application.bot and not m.ephemeral)
    return next((m for m in mine if m.components), None)


def _twice(pairs: Sequence[tuple[Person, Message]]) -> list[tuple[Person, Message]]:
    """Each block and then the same again: half are first answers, until all have answered."""
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    return [pair for block in blocks for pair in (*block, *block)]
