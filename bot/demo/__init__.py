"""`make demo`: the sandbox, the real bot and a circle whose scripted members answer, in one process."""

import asyncio
import shutil
from collections.abc import Coroutine
from pathlib import Path

from rich.console import Console
from rich.panel import Panel

from bot import logs
from bot.app import opened
from bot.demo._cast import Cast
from bot.demo._stage import FACILITATOR, MEMBERS, Stage, lay
from bot.domain.errors import SettingsError
from bot.settings import Settings, load_settings, new_key
from sandbox import Sandbox

KEPT = ("sandbox", "trellis.db", "trellis.db-wal", "trellis.db-shm", "key")


async def play(*, port: int, data: Path, reset: bool) -> None:
    """Serves the page on `port` until cancelled. `data` keeps what was said; `reset` starts over.

    Raises SettingsError where the port is taken.
    """
    console = Console(highlight=False, soft_wrap=True)
    if reset:
        forget(data)
    data.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 - before anything runs
    logs.configure("warning", "console")
    sandbox = Sandbox(port=port, data=data / "sandbox")
    try:
        await sandbox.__aenter__()
    except OSError:
        raise SettingsError(
            "PORT", f"{port} is taken: stop what listens there (an earlier demo?), or say make demo PORT=8701"
        ) from None
    try:
        await _perform(console, sandbox, data)
    finally:
        await sandbox.__aexit__(None, None, None)


async def _perform(console: Console, sandbox: Sandbox, data: Path) -> None:
    stage, stop = lay(sandbox), asyncio.Event()
    token = stage.application.token
    async with opened(_settings(sandbox, token, data)) as trellis:
        serving = asyncio.create_task(trellis.serve(token, stop))
        try:
            cast = Cast(sandbox, stage)
            with console.status("Trellis connects, and the first members join …"):
                await _unless_over(serving, cast.open())
            console.print(_welcome(sandbox.url, stage))
            await _unless_over(serving, cast.play())
        finally:
            stop.set()
            await asyncio.gather(serving, return_exceptions=True)


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
    }
    return load_settings(env_file=None, env=environment)


def _key(path: Path) -> str:
    """The demo's own vault key, made at its first start. A real one never lies beside its database."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(new_key(), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _welcome(url: str, stage: Stage) -> Panel:
    scripted = ", ".join(user.name for user in stage.scripted)
    return Panel.fit(
        f"[bold]{url}[/bold]   open this in a browser\n\n"
        f"Be [bold]{FACILITATOR}[/bold]: /circle setup makes a second circle of #thursday-circle.\n"
        f"Be [bold]{' or '.join(MEMBERS)}[/bold]: press Join in #tuesday-circle, then tap today's weather.\n"
        f"{scripted} are played by a script.\n\n"
        "Nothing here goes to Discord. Ctrl-C stops it.\n"
        "What was said is kept; make demo RESET=1 starts over.",
        title="Trellis",
        border_style="green",
    )
