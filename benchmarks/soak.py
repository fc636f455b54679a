"""A steady mixed load for as long as is asked, and whether what it costs stays flat (`make soak`).

The bot runs as it is run, in a process of its own; the sandbox and the people are in this one. People tap,
fill in forms, ask commands and do exercises, and posts fall due. Flat is: of the samples' four quarters the
last is like the second (the first warms up), within the tolerances below.
"""

import asyncio
import json
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import aiohttp
import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks.figures import percentile
from benchmarks.machine import machine
from benchmarks.processes import OURS, Running, environment, free_port, present, running
from benchmarks.town import LIMITS, ZONE, Town
from bot.domain.circles import Circle
from bot.domain.schedules import DAILY, Due, Kind
from sandbox import Refused, Sandbox
from sandbox.entities import Channel, Message
from sandbox.people import Person
from storage import Storage

FILE = Path("build/soak.json")
SERVERS, CIRCLES, MEMBERS = 20, 2, 12
RATE = 10.0  # acts a second
POST_EVERY = 2.0  # seconds between two posts that fall due
EXERCISE = "gr-24"  # its timed steps are the shortest
Middle = Callable[[list[float]], float]
SETTLED = 5.0  # seconds after the start and before the load


@dataclass(frozen=True, slots=True)
class Sample:
    """One span of the load. Milliseconds, MiB, pieces; `at` is minutes since its start."""

    at: float
    acts: int
    p50: float
    p99: float
    rss: float
    files: int
    sockets: int
    threads: int
    tasks: int
    database: float
    log: float


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far the last quarter may be above the second one."""

    rss: float = 0.05  # of it
    pieces: int = 8  # files, threads, tasks
    sockets: int = 40  # a pool keeps as many as a stall once needed
    slower: float = 1.5  # times its p99
    slack: float = 25.0  # milliseconds more that any machine may hiccup


@dataclass(frozen=True, slots=True)
class Soak:
    """What came of it."""

    samples: Sequence[Sample]
    unanswered: Sequence[str] = ()

    def grown(self, within: Tolerance = Tolerance()) -> list[str]:
        """Whatever did not stay flat, in words. Raises ValueError where there are fewer than 4 samples."""
        quarter = len(self.samples) // 4
        if quarter == 0:
            raise ValueError("fewer than four samples have no quarters")
        early, late = self.samples[quarter : 2 * quarter], self.samples[-quarter:]

        def grew(name: str, of: Middle = median, times: float = 1.0, more: float = 0.0) -> str | None:
            before, after = (of([getattr(one, name) for one in part]) for part in (early, late))
            return None if after <= before * times + more else f"{name} from {before:,.1f} to {after:,.1f}"

        found = [
            grew("rss", times=1 + within.rss),
            # The least of a quarter: what leaks stays, what waits in a stall is gone in the next sample.
            *(grew(name, min, more=within.pieces) for name in ("files", "threads", "tasks")),
            grew("sockets", min, more=within.sockets),
            grew("p99", times=within.slower, more=within.slack),
        ]
        return [each for each in found if each]


class Crowd:
    """The people and what they do, each act's answer timed."""

    def __init__(self, town: Town, seed: int = 7) -> None:
        self.took: list[float] = []
        self.unanswered: list[str] = []
        self._town = town
        self._dice = random.Random(seed)
        self._acts: tuple[tuple[int, Callable[[Person, Channel], Awaitable[None]]], ...] = (
            (60, self._tap),
            (15, self._form),
            (18, self._command),
            (5, self._exercise),
            (2, self._look_back),
        )
        self._others = self._exercising()

    async def warm(self) -> None:
        """One of each, so that what is imported when first needed is no growth."""
        home = self._town.homes[0]
        for _, act in self._acts:
            await act(self._town.people_of(home)[0], home)
        self.took.clear()

    async def act(self) -> None:
        """Somebody does something."""
        home = self._dice.choice(self._town.homes)
        person = self._dice.choice(self._town.people_of(home))
        weights, acts = zip(*self._acts, strict=True)
        [act] = self._dice.choices(acts, weights)
        try:
            await act(person, home)
        except (Refused, TimeoutError) as error:
            self.unanswered.append(f"{act.__name__.strip('_')}: {type(error).__name__}")

    async def _timed(self, act: Awaitable[Any]) -> Any:
        began = time.perf_counter()
        outcome = await act
        self.took.append((time.perf_counter() - began) * 1000)
        if outcome.state == "failed":
            self.unanswered.append(str(outcome.reason))
        return outcome

    async def _tap(self, person: Person, home: Channel) -> None:
        weather = self._dice.choice(("clear", "rain", "fog", "storm"))
        await self._timed(person.select(_post(home), [weather]))

    async def _form(self, person: Person, home: Channel) -> None:
        form = await self._timed(person.press(_post(home), "Answer privately"))
        if form.modal is not None:
            await self._timed(person.submit(form.modal, {"weather": ["rain"], "note": "A long day."}))

    async def _command(self, person: Person, home: Channel) -> None:
        name = self._dice.choice(("about", "help-now", "checkin", "privacy", "streak"))
        await self._timed(person.command(name, home))

    async def _look_back(self, person: Person, home: Channel) -> None:
        outcome = await self._timed(person.command("history", home))
        await outcome.settled(10)

    async def _exercise(self, _person: Person, _home: Channel) -> None:
        """By one who is in none: the first timed steps run while others go on."""
        person = next(self._others)
        application = self._town.ours
        channel = self._town.sandbox.world.dm(person.user, application.bot)
        await self._timed(person.command("ground", channel, exercise=EXERCISE))
        for label in ("Safe enough", "Begin", "Skip", "Next"):
            shown = person.dms(application)
            if not shown or label not in str(shown[-1].components):
                return  # the command was not answered, which is counted; or a timed step has just gone on
            await (await self._timed(person.press(shown[-1], label))).settled(10)

    def _exercising(self) -> Iterator[Person]:
        people = self._town.people()
        while True:
            yield from people


def _post(home: Channel) -> Message:
    """The newest check-in of a channel."""
    posts = (each for each in reversed(home.messages.values()) if not each.ephemeral)
    return next(each for each in posts if "check-in:" in str(each.components))


@dataclass(frozen=True, slots=True)
class Watched:
    """The bot from outside."""

    process: Running
    folder: Path
    port: str

    async def sample(self, at: float, took: list[float]) -> Sample:
        """What it holds now, and how long the answers of this span took, which are one or more."""
        files, sockets = self.process.open_now()
        return Sample(
            at=at,
            acts=len(took),
            p50=percentile(took, 0.5),
            p99=percentile(took, 0.99),
            rss=self.process.memory()["Rss"],
            files=files,
            sockets=sockets,
            threads=self.process.threads(),
            tasks=await self._tasks(),
            database=_size(self.folder / "bench.db"),
            log=_size(self.folder / "bench.db-wal"),
        )

    async def _tasks(self) -> int:
        """Of its event loop, by its own metrics."""
        address = f"http://127.0.0.1:{self.port}/metrics"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            found = re.search(r"^trellis_tasks ([\d.e+]+)$", await response.text(), re.MULTILINE)
        if found is None:
            raise RuntimeError("the metrics tell of no tasks")
        return int(float(found[1]))


def _size(file: Path) -> float:
    """MiB."""
    return file.stat().st_size / 2**20 if file.exists() else 0.0


async def _promised(storage: Storage, circles: Sequence[Circle], span: float) -> None:
    """One post in each circle at once, and then one every POST_EVERY, circle by circle."""
    now = datetime.now(UTC)
    later = int(span / POST_EVERY)
    due = [now] * len(circles) + [
        now + timedelta(seconds=SETTLED + POST_EVERY * each) for each in range(later)
    ]
    for first in range(0, len(due), 200):
        async with storage.begin() as tx:
            for number, at in enumerate(due[first : first + 200], first):
                minute = number // len(circles) % 1440  # a time of its own for each schedule of a circle
                usual = clock_time(minute // 60, minute % 60)
                circle, day = circles[number % len(circles)], at.astimezone(ZONE).date()
                await tx.schedules.add(circle.id, Kind.CHECK_IN, usual, DAILY, now, Due(day, at))
            await tx.commit()


async def soaked(
    seconds: float, every: float, rate: float = RATE, told: Callable[[Sample], None] = lambda _: None
) -> Soak:
    """The load for so many seconds, with a sample `every` so many."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Sandbox(limits=LIMITS) as sandbox:
            given = {**environment(sandbox, folder), "METRICS_PORT": str(free_port())}
            town = Town(sandbox, SERVERS, CIRCLES, MEMBERS)
            await _prepared(town, given, seconds)
            async with running(OURS, town.ours, given, folder) as bot:
                await present(sandbox, town.ours)
                await _first_posts(town)
                crowd = Crowd(town)
                await crowd.warm()
                await asyncio.sleep(SETTLED)
                return await _under_load(
                    Watched(bot, folder, given["METRICS_PORT"]), crowd, seconds, every, rate, told
                )


async def _prepared(town: Town, given: Mapping[str, str], seconds: float) -> None:
    storage = await Storage.open(given["DATABASE_URL"], [given["TRELLIS_KEY"]])
    await _promised(storage, await town.found(storage), seconds)
    await storage.close()


async def _first_posts(town: Town) -> None:
    async with asyncio.timeout(60):
        while not all(home.messages for home in town.homes):  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.2)


async def _under_load(
    watched: Watched, crowd: Crowd, seconds: float, every: float, rate: float, told: Callable[[Sample], None]
) -> Soak:
    samples: list[Sample] = []
    doing: set[asyncio.Task[None]] = set()
    began, acts, seen = time.perf_counter(), 0, 0
    while (now := time.perf_counter() - began) < seconds:
        task = asyncio.create_task(crowd.act())
        doing.add(task)
        task.add_done_callback(doing.discard)
        acts += 1
        if now >= (len(samples) + 1) * every:
            took, seen = crowd.took[seen:], len(crowd.took)
            # Where nothing was answered, what was asked has waited for the whole span, if not for longer.
            samples.append(await watched.sample(now / 60, took or [every * 1000]))
            told(samples[-1])
        await asyncio.sleep(max(0.0, began + acts / rate - time.perf_counter()))
    await asyncio.gather(*doing)
    return Soak(samples, crowd.unanswered)


def main(
    minutes: Annotated[float, typer.Option(help="How long.")] = 60,
    rate: Annotated[float, typer.Option(help="Acts a second.")] = RATE,
) -> None:
    """Loads the bot, keeps the samples in build/soak.json and draws them. Status 1 where something grew."""
    from benchmarks import soak_picture

    console, seconds = Console(), minutes * 60
    every = min(60.0, seconds / 20)
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("soaking", total=seconds / every)

        def told(sample: Sample) -> None:
            progress.advance(bar)
            progress.console.print(
                f"{sample.at:5.1f} min: p50 {sample.p50:.0f} ms, p99 {sample.p99:.0f} ms, "
                f"{sample.rss:.1f} MiB, {sample.files} files, {sample.sockets} sockets, {sample.tasks} tasks"
            )

        soak = asyncio.run(soaked(seconds, every, rate, told))
    kept = {"at": datetime.now(UTC).isoformat(), "minutes": minutes, "rate": rate, "machine": machine()}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps({**kept, **asdict(soak)}, indent=1))
    soak_picture.draw(soak)
    console.print(f"Kept in {FILE}, drawn in {soak_picture.FILE}.")
    if grown := [*soak.grown(), *sorted(set(soak.unanswered))]:
        console.print("Not flat: " + "; ".join(grown), style="bold red")
        raise typer.Exit(1)
    console.print("Flat: latency, memory, files and tasks of the last quarter are those of the second.")


if __name__ == "__main__":
    typer.run(main)
