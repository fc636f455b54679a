"""`make demo`: the sandbox, the real bot and a circle whose scripted members answer, in one process."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.status import Status

from bot import logs
from bot.app import Trellis, opened
from bot.demo import _fortnight as fortnight
from bot.demo import _tour as tour
from bot.demo._cast import Cast
from bot.demo._clock import DemoClock
from bot.demo._stage import FACILITATOR, MEMBERS, ZONE, Stage, lay
from bot.demo._story import Story, beginning
from bot.demo._weeks import Weeks
from bot.domain.errors import SettingsError
from bot.settings import Settings, load_settings, new_key
from sandbox import Limits, Sandbox

KEPT = ("sandbox", "trellis.db", "trellis.db-wal", "trellis.db-shm", "key", "clock")
PACE = 1.2  # seconds between two posts of the fast weeks, for a person to see each
TOUR = "Take the tour there: seven stops through a circle in its third week.\n"
QUICK = Limits(channel_messages=1_000)  # two weeks of posts come in some seconds; Discord takes five in five


@dataclass(frozen=True, slots=True)
class Demo:
    """The sandbox, the bot in it (built, not yet connected) and who plays."""

    sandbox: Sandbox
    stage: Stage
    trellis: Trellis
    cast: Cast
    clock: DemoClock

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[asyncio.Task[None]]:
        """The bot is connected inside, for as long as the task runs; it is stopped cleanly after."""
        stop = asyncio.Event()
        serving = asyncio.create_task(self.trellis.serve(self.stage.application.token, stop))
        try:
            yield serving
        finally:
            stop.set()
            await asyncio.gather(serving, return_exceptions=True)


async def play(*, port: int, data: Path, reset: bool, fast: bool = False, pace: float = PACE) -> None:
    """Serves the page on `port` until cancelled. `data` keeps what was said; `reset` starts over.

    `fast` first plays a twelve-week plan, a post each `pace` seconds. Raises SettingsError where the port is
    taken.
    """
    console = Console(highlight=False, soft_wrap=True)
    if reset or is_cut_off(data):
        forget(data)
    logs.configure("warning", "console")
    is_new = not fast and _is_new(data)
    begin, limits = (beginning(), QUICK) if is_new else (None, None)
    async with opened_demo(data, port, limits, begin) as demo:
        if fast:
            await _twelve_weeks(console, demo, pace)
        else:
            await _third_week(console, demo, is_new=is_new)


async def _twelve_weeks(console: Console, demo: Demo, pace: float) -> None:
    weeks = Weeks(demo.trellis, demo.clock, demo.stage, demo.cast, pace)
    await weeks.begin()
    async with demo.serving() as serving:
        with console.status("Trellis connects, and the first members join …"):
            await _unless_over(serving, demo.cast.open())
        console.print(_welcome(demo))
        await _unless_over(serving, _in_a_hurry(console, weeks, demo.clock))
        await _unless_over(serving, demo.cast.play())


async def _third_week(console: Console, demo: Demo, *, is_new: bool) -> None:
    async with demo.serving() as serving:
        with console.status("Trellis connects, and the first members join …") as status:
            await _unless_over(serving, demo.cast.open())
            if is_new:
                story = Story(demo.trellis, demo.clock, demo.stage, demo.cast)
                await _unless_over(serving, story.play(lambda day, days: _day(status, day, days)))
        await fortnight.lived(demo.trellis, demo.stage, demo.clock.now())
        told = not demo.clock.is_fresh  # else an older demo kept this, which had no story
        if told:
            demo.sandbox.guide(tour.stops(demo.sandbox, demo.stage, demo.cast))
        console.print(_welcome(demo, TOUR if told else ""))
        await _unless_over(serving, demo.cast.play())


def _day(status: Status, day: int, days: int) -> None:
    status.update(f"The circle's first two weeks pass: day {day} of {days} …")


def is_cut_off(data: Path) -> bool:
    """Whether an earlier demo ended within its story, before its page was named: nothing is lost with it."""
    return DemoClock(data / "clock").is_behind


def _is_new(data: Path) -> bool:
    """Whether nothing was kept there; what an older demo kept has no clock, and is not begun anew."""
    return not any((data / name).exists() for name in KEPT)


@asynccontextmanager
async def opened_demo(
    data: Path, port: int = 0, limits: Limits | None = None, begin: datetime | None = None
) -> AsyncIterator[Demo]:
    """The whole demo, with its page served and the bot not yet connected. Raises SettingsError.

    `begin` is where the clock of a new demo starts, before anybody lives there.
    """
    data.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything runs
    clock = DemoClock(data / "clock")
    if begin is not None:
        clock.begin(begin)
    sandbox = Sandbox(port=port, data=data / "sandbox", limits=limits, clock=clock.now)
    try:
        await sandbox.__aenter__()
    except OSError:
        raise SettingsError(
            "PORT", f"{port} is taken: stop what listens there (an earlier demo?), or say make demo PORT=8701"
        ) from None
    try:
        stage = lay(sandbox)
        async with opened(_settings(sandbox, stage.application.token, data), clock=clock) as trellis:
            yield Demo(sandbox, stage, trellis, Cast(sandbox, stage), clock)
    finally:
        await sandbox.__aexit__(None, None, None)


async def _in_a_hurry(console: Console, weeks: Weeks, clock: DemoClock) -> None:
    console.print(
        "Twelve weeks pass in some minutes now: watch #tuesday-circle and #tuesday-facilitators.\n"
        "Every hour between two posts is left out; nothing else is different."
    )
    await weeks.play(console)
    console.print(
        f"The twelve weeks are over. In the demo it is {_today(clock)} now, and time goes on from\n"
        "there at its ordinary speed. All posts stay; make demo RESET=1 starts over."
    )


def _today(clock: DemoClock) -> str:
    today = clock.now().astimezone(ZONE)
    return f"{today:%A} {today.day} {today:%B %Y}"


async def _unless_over(serving: asyncio.Task[None], work: Coroutine[None, None, None]) -> None:
    """Does `work` for as long as Trellis serves; raises what ended either."""
    working = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({serving, working}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


def forget(data: Path) -> None:
    """Deletes what an earlier demo kept, and nothing else that may lie in the folder."""
    for name in KEPT:
        path = data / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _settings(sandbox: Sandbox, token: str, data: Path) -> Settings:
    environment = {
        "DISCORD_TOKEN": token,
        "DISCORD_API_URL": sandbox.api_url,
        "DISCORD_GATEWAY_URL": sandbox.gateway_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{data / 'trellis.db'}",
        "TRELLIS_KEY": _key(data / "key"),
        "BACKUP_DIR": "off",
    }
    return load_settings(env_file=None, env=environment)


def _key(path: Path) -> str:
    """The demo's own vault key, made at its first start. A real one never lies beside its database."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(new_key(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _welcome(demo: Demo, first: str = "") -> Panel:
    scripted, new = ", ".join(user.name for user in demo.stage.scripted), " and ".join(MEMBERS)
    return Panel.fit(
        f"[bold]{demo.sandbox.url}[/bold]   open this in a browser\n\n"
        f"{first}Be anyone: [bold]{FACILITATOR}[/bold] facilitates, [bold]{new}[/bold] are new, and\n"
        f"{scripted} are played by a script.\n\n"
        "Nothing here goes to Discord. Ctrl-C stops it.\n"
        "What was said is kept; make demo RESET=1 starts over.\n"
        f"In here it is {_today(demo.clock)}.\n"
        "make demo RESET=1 FAST=1 plays a whole twelve-week plan.",
        title="Trellis",
        border_style="green",
    )
