"""One-tap check-ins at 50, 200 and 500 a second, durably stored, beside a bare bot that only answers.

A thousand people in forty circles choose from the select of a real post, first answers and changes by turns.
Each bot runs in a process of its own, and both are connected all the time; they are loaded by turns, so that
what else the machine does meets both. The load is open: a tap comes at its instant, whether those before it
are answered or not.
"""

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure, percentile
from bot.domain.accounts import Account, Platform
from bot.domain.circles import Home, Settings
from bot.domain.members import CONSENT_VERSION, Scope
from bot.settings import new_key
from sandbox import Limits, Sandbox
from sandbox.entities import Application, Channel, Message
from sandbox.people import Person
from storage import Storage

PEOPLE, CIRCLES, OF_A_CIRCLE = 1000, 40, 100  # so everyone is in four circles
RATES = (50, 200, 500)  # taps a second
BUSY = 200  # the one of them at which processor time is counted
SECONDS = 3.0
TURNS = 3  # each bot is loaded so often at each rate
PATIENCE = 250.0  # milliseconds that 99 of 100 wait at most, for a rate to count as sustained
STEPS, LEAST, MOST = 6, 100, 3200  # the search for it
BLOCK = 100  # taps that come a second time, as changes, before further ones come
AT_REST = 0.1  # processor seconds a second, with nobody there
INVITED_WITH = 0x400 | 0x800 | 0x4000 | 0x10000
LIMITS = Limits(answer=60, channel_messages=10_000)  # what comes late is measured, not refused
FLOOR = "a bare discord.py bot that answers and stores nothing"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Tap:
    """Milliseconds: `late` from its instant to the press, `took` from there to the answer."""

    late: float
    took: float


@dataclass(slots=True)
class Bot:
    """A bot under load. `cpu`: processor seconds a tap, of each run."""

    process: asyncio.subprocess.Process
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
        )
        for rate in RATES
        for name, share in (("p50", 0.5), ("p99", 0.99))
    ]
    best = (median(column) for column in zip(*most, strict=True))
    cpu = (median(bot.cpu) * 1000 for bot in (ours, bare))
    return [
        *figures,
        Figure(f"check-ins sustained, p99 up to {PATIENCE:g} ms", *best, "/s", FLOOR),
        Figure("its processor time", *cpu, "ms a tap", FLOOR),
    ]


async def _steady(bot: Bot, rate: int) -> None:
    before = cpu_seconds(bot.process.pid)
    taps = await _loaded(bot, rate, SECONDS)
    bot.took[rate].append([tap.took for tap in taps])
    if rate == BUSY:
        bot.cpu.append((cpu_seconds(bot.process.pid) - before) / len(taps))


async def _sustained(bot: Bot) -> float:
    """The highest rate at which PATIENCE is kept, by halving what lies between two that are known."""
    low, high = float(LEAST), float(MOST)
    for _ in range(STEPS):
        rate = (low * high) ** 0.5
        taps = await _loaded(bot, rate, SECONDS / 2)
        if percentile([tap.late + tap.took for tap in taps], 0.99) <= PATIENCE:
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
    outcome = await (await person.select(post, ["clear"])).settled(LIMITS.answer)
    if outcome.message is None:
        raise RuntimeError(f"a tap was not answered: {outcome.state}, {outcome.reason}")
    return Tap((pressed - due) * 1000, (time.perf_counter() - pressed) * 1000)


async def _at_rest(pid: int) -> None:
    """Returns once a bot has done what follows on a start: it looks through all members for what is over."""
    before, now = 0.0, cpu_seconds(pid)
    while now - before > AT_REST:
        await asyncio.sleep(1)
        before, now = now, cpu_seconds(pid)


def cpu_seconds(pid: int) -> float:
    """What a process has used so far, all its threads together (proc(5): utime and stime)."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


async def _both(stack: AsyncExitStack) -> tuple[Bot, Bot]:
    """Ours and the bare one, each with its posts in the same channels of the same server."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    sandbox = await stack.enter_async_context(Sandbox(limits=LIMITS))
    world = sandbox.world
    owner = world.add_user("Owner")
    guild = world.add_guild("Bench", owner)
    people = [world.add_user(f"m{number}") for number in range(PEOPLE)]
    for person in people:
        guild.add_member(person)
    role = guild.add_role("Facilitator")
    guild.add_member(owner, [role])
    homes = [guild.add_text_channel(f"home-{number}") for number in range(CIRCLES)]
    notes = guild.add_text_channel("notes")
    circles = [[people[(number * 25 + n) % PEOPLE] for n in range(OF_A_CIRCLE)] for number in range(CIRCLES)]

    environment = {
        "DISCORD_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
        "TRELLIS_KEY": new_key(),
    }
    storage = await Storage.open(environment["DATABASE_URL"], [environment["TRELLIS_KEY"]])
    for home, members in zip(homes, circles, strict=True):
        places = Home(
            platform=Platform.DISCORD, server=guild.id, channel=home.id, facilitators=notes.id, role=role.id
        )
        await _seed(storage, places, [user.id for user in members])
    await storage.close()

    bots = []
    hands = sandbox.person(owner)
    for words, command, options in (
        (["-m", "bot", "run"], "schedule post-now", {"kind": "check-in"}),
        (["-m", "benchmarks.bare_check_in"], "post", {}),
    ):
        application = world.add_application(command)
        guild.invite(application, permissions=INVITED_WITH)
        process = await stack.enter_async_context(_running(sandbox, application, words, folder, environment))
        for home in homes:
            await (await hands.command(command, home, **options)).settled(10)
        posts = [_post_of(application, home) for home in homes]
        pairs = [
            (sandbox.person(user), post)
            for post, members in zip(posts, circles, strict=True)
            for user in members
        ]
        bots.append(Bot(process, cycle(_twice(pairs))))
    for bot in bots:
        await _at_rest(bot.process.pid)
    gc.freeze()
    return bots[0], bots[1]


async def _seed(storage: Storage, home: Home, users: Sequence[str]) -> None:
    """A circle whose members have said yes."""
    now = datetime.now(UTC)
    async with storage.begin() as tx:
        circle = await tx.circles.add(home, "Bench", Settings(zone=ZoneInfo("Europe/Berlin")), now)
        for user in users:
            account = Account(Platform.DISCORD, user)
            await tx.members.add(circle.id, account, {Scope.CHECK_INS}, CONSENT_VERSION, now)
        await tx.commit()


def _post_of(application: Application, home: Channel) -> Message:
    return next(
        m for m in reversed(home.messages.values()) if m.author is application.bot and not m.ephemeral
    )


def _twice(pairs: Sequence[tuple[Person, Message]]) -> list[tuple[Person, Message]]:
    """Each block and then the same again: half are first answers, until all have answered."""
    blocks = [pairs[start : start + BLOCK] for start in range(0, len(pairs), BLOCK)]
    return [pair for block in blocks for pair in (*block, *block)]


@asynccontextmanager
async def _running(
    sandbox: Sandbox, application: Application, words: list[str], folder: Path, environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot in its own process, when it is there."""
    known = {
        **os.environ,
        **environment,
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": application.token,
        "LOG_LEVEL": "warning",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=folder, env=known)
    try:
        async with asyncio.timeout(60):
            while not (sandbox.gateway.online(application) and _listed(sandbox, application)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(1)  # it looks at its servers
        yield process
    finally:
        process.terminate()
        await process.wait()


def _listed(sandbox: Sandbox, application: Application) -> Any:
    """Its commands are known."""
    return any(command["application_id"] == application.id for command in sandbox.world.commands.values())
