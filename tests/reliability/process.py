"""The real bot in a process of its own, that can be killed; forked from one that has imported everything."""

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.reliability.mutants import MUTANTS


@dataclass(frozen=True, slots=True)
class Trap:
    """Where a bot dies by itself: at its `nth` commit, just before it or `delay` seconds after it."""

    nth: int
    before: bool = False
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Start:
    """How a bot is started. `ahead`: seconds its clock runs before the machine's. `said`: its log, a pipe.

    `mutant`: a fault that is put into it on purpose (tests.reliability.mutants).
    """

    environment: Mapping[str, str] = field(repr=False)
    ahead: float = 0.0
    trap: Trap | None = None
    said: Path | None = None
    mutant: str = ""


@dataclass(frozen=True, slots=True)
class AheadClock:
    """The machine's clock, moved on: so that hours pass between two lives of a bot."""

    seconds: float

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.seconds)


def serve(start: Start) -> None:
    """What `python -m bot run` does, in a fresh process with this environment."""
    os.environ.update(start.environment)
    if start.said is not None:
        os.dup2(os.open(start.said, os.O_WRONLY), 2)
    from bot import app, logs
    from bot.cli import serve_until_stopped
    from bot.settings import load_settings

    logs.configure("info" if start.said else "error", "json")
    app.SystemClock = lambda: AheadClock(start.ahead)  # type: ignore[misc, assignment]
    if start.mutant:
        MUTANTS[start.mutant]()
    if start.trap is not None:
        _set(start.trap)
    asyncio.run(serve_until_stopped(load_settings(env_file=None)))


def _set(trap: Trap) -> None:
    """Lays the trap under every commit, whichever database it goes to."""
    from storage.bounded import Bounded
    from storage.session import Session
    from storage.writer import Unit

    said = 0

    def trapped(commit: object) -> object:
        async def instead(session: Session) -> None:
            nonlocal said
            said += 1
            springs = said == trap.nth
            if springs and trap.before:
                _die()
            await commit(session)  # type: ignore[operator]
            if springs and trap.delay:
                asyncio.get_running_loop().call_later(trap.delay, _die)
            elif springs:
                _die()

        return instead

    for kind in (Bounded, Unit):
        kind._committed = trapped(kind._committed)  # type: ignore[method-assign, assignment]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Bot:
    """One life."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.died = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._ended)

    @property
    def status(self) -> int | None:
        """Its exit status; None while it lives, -9 after SIGKILL."""
        return self._process.exitcode

    def kill(self) -> None:
        """SIGKILL, this instant: no chance to tidy up. Harmless where it is gone."""
        self._process.kill()

    def signal(self, number: signal.Signals) -> None:
        """Whatever a terminal or a service manager sends."""
        os.kill(self._process.pid or 0, number)

    def fill_disk(self) -> None:
        """From now on no file takes another byte from it, as on a full disk; Python ignores SIGXFSZ."""
        self._limit(0)

    def free_disk(self) -> None:
        """There is space again."""
        self._limit(resource.RLIM_INFINITY)

    async def over(self) -> None:
        """Waits for its end."""
        await self.died.wait()
        await asyncio.to_thread(self._process.join)

    async def stop(self) -> int | None:
        """SIGTERM, as an operator's service manager does; the exit status, None where it outlives 15 s."""
        self._process.terminate()
        try:
            async with asyncio.timeout(15):
                await self.over()
        except TimeoutError:
            return None
        return self.status

    def _limit(self, soft: int) -> None:
        if self._process.pid is None:
            return
        with suppress(ProcessLookupError):  # it died a moment ago
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))

    def _ended(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self.died.set()


class Bots:
    """Starts bots. The fork server has imported and read all that a start needs."""

    def __init__(self) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bot.app", "bot.cli", "tests.pack", __name__])
        self._started: list[Bot] = []

    def start(self, start: Start) -> Bot:
        """A running bot."""
        return self.begin(serve, start)

    def begin(self, work: Callable[..., None], *given: object) -> Bot:
        """A process that does this work, which serves a bot."""
        process = self._context.Process(target=work, args=given)
        process.start()
        bot = Bot(process)
        self._started = [each for each in self._started if not each.died.is_set()] + [bot]
        return bot

    @staticmethod
    def cpu() -> float:
        """Seconds of CPU that all bots of this process have used which are over by now."""
        server = getattr(forkserver._forkserver, "_forkserver_pid", None)
        if server is None:
            return 0.0
        fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")  # of those waited for

    async def close(self) -> None:
        """Kills whatever a failed test left running."""
        for bot in self._started:
            bot.kill()
            await bot.over()
