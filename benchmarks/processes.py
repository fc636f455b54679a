"""Bots in processes of their own, as they are run: started, watched from outside, ended."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.settings import new_key
from sandbox import Sandbox
from sandbox.entities import Application

ROOT = Path(__file__).parents[1]
OURS = ("-m", "bot", "run")
BARE = ("-m", "benchmarks.bare_bot")
WITH_LIBRARIES = ("-m", "benchmarks.bare_with_libraries")
PATIENCE = 60  # seconds until a bot is there
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Running:
    """A bot's process. `began` is the instant of its start, as time.perf_counter tells it."""

    pid: int
    began: float

    def memory(self) -> dict[str, float]:
        """MiB by the kernel's names: Rss, Pss (shared pages shared out), Private_Dirty and so on."""
        lines = (PROC / str(self.pid) / "smaps_rollup").read_text().splitlines()[1:]
        return {name: int(size) / 1024 for name, size, _ in map(_parts, lines)}

    def own_memory(self) -> float:
        """MiB that nobody else holds: what would be free again if it ended."""
        held = self.memory()
        return held["Private_Clean"] + held["Private_Dirty"]

    def open_now(self) -> tuple[int, int]:
        """How many files are open, and how many sockets."""
        targets = []
        for each in (PROC / str(self.pid) / "fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                targets.append(str(each.readlink()))
        sockets = sum(target.startswith("socket:") for target in targets)
        return len(targets) - sockets, sockets

    def threads(self) -> int:
        """How many threads there are."""
        return len(list((PROC / str(self.pid) / "task").iterdir()))

    def busy(self) -> float:
        """Seconds of processor time so far."""
        fields = (PROC / str(self.pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _parts(line: str) -> tuple[str, str, str]:
    name, size, unit = line.split()
    return name.rstrip(":"), size, unit


def free_port() -> int:
    """One that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What a bot is started with, but for its token: a new database in `folder` and a new key."""
    return {
        "DISCORD_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
        "TRELLIS_KEY": new_key(),
        "LOG_LEVEL": "warning",
    }


@asynccontextmanager
async def running(
    words: Sequence[str], application: Application, given: Mapping[str, str], folder: Path
) -> AsyncIterator[Running]:
    """`python` with these words, in `folder`, as this bot; ended at the end, and waited for."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": application.token, **given}
    around.pop("PYTHONDONTWRITEBYTECODE", None)  # a start that compiles everything anew is no operator's
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=folder, env=around)
    try:
        yield Running(process.pid, began)
    finally:
        if process.returncode is None:
            process.terminate()
        if await process.wait() not in (0, -15):
            raise RuntimeError(f"{' '.join(words)} ended with status {process.returncode}")


async def present(sandbox: Sandbox, application: Application) -> None:
    """Returns when the bot is connected."""
    async with asyncio.timeout(PATIENCE):
        while not sandbox.gateway.online(application):  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.005)
