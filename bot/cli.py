"""The operator's commands; whatever ends one of them badly is told in one sentence, with what to do."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot import logs
from bot.domain.errors import TrellisError
from bot.settings import Settings, load_settings, new_key

if TYPE_CHECKING:
    from storage import Storage

app = typer.Typer(
    help="Trellis holds a peer-support group between its meetings.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback with local values would show tokens and texts
    add_completion=False,
)
# What only one command needs is imported in it: a sentence about a setting waits for no database library.
OURS = ("bot.", "cogs.", "storage.")
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def main() -> None:
    """Runs the command line; a refusal of ours ends it with its sentence and status 2, a fault with 1."""
    os.umask(0o077)  # whatever is written is for the user alone who runs it, a library's caches too
    try:
        app()
    except TrellisError as refusal:
        err.print(f"Trellis: {refusal}")
        sys.exit(2)
    except Exception as fault:  # noqa: BLE001 - a traceback's text could quote a person
        ours = [place for place in logs.places(fault, last=100) if place.startswith(OURS)]
        err.print(f"Trellis was ended by a fault: {type(fault).__name__}, at {', '.join(ours[-6:])}")
        sys.exit(1)


@app.command()
def run() -> None:
    """The bot on Discord: migrates, connects, serves. Ctrl-C or SIGTERM ends it cleanly."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # while all is loaded; afterwards the loop hears it
    gc.disable()  # while all is loaded: what stays would be looked through again and again
    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format)
    logs.take_the_rest()
    with asyncio.Runner(loop_factory=_loop()) as runner:
        runner.run(serve_until_stopped(settings))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port on 127.0.0.1.")] = 8700,
    data: Annotated[Path, typer.Option(help="Where the demo keeps what was said.")] = Path("data/demo"),
    *,
    reset: Annotated[bool, typer.Option("--reset", help="Starts over.")] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Plays twelve planned weeks in some minutes.")] = False,
    pace: Annotated[float | None, typer.Option(min=0, help="Seconds between two posts of --fast.")] = None,
) -> None:
    """A whole small server with Trellis in it, in the browser; no account needed."""
    from bot import demo as demo_

    paced = {} if pace is None else {"pace": pace}
    asyncio.run(_until_stopped(demo_.play(port=port, data=data, reset=reset, fast=fast, **paced)))


@app.command()
def screen() -> None:
    """Reads texts one a line and prints what the listener hears in each, as JSON; needs no settings."""
    from bot.screen import main as listened

    listened()


@app.command()
def keygen() -> None:
    """Prints a new vault key for TRELLIS_KEY. Keep a copy apart from the database."""
    typer.echo(new_key())


@app.command()
def migrate(
    file: Annotated[
        Path | None, typer.Option("--from", help="A SQLite file to move into the PostgreSQL of DATABASE_URL.")
    ] = None,
) -> None:
    """Brings the database to this version's tables; with --from, moves a SQLite file to PostgreSQL first.

    Stop Trellis before a move. The file stays as it was; what arrived is compared before it counts.
    """
    settings = load_settings(needs_token=False)
    if file is None:
        _done(_open_and_close(settings), "The database is at this version.")
        return
    rows = asyncio.run(_move(settings, file))
    typer.echo(f"{rows:,} rows are moved and compared. {file} stays as it was.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write; must not exist.")]) -> None:
    """Copies the database into one file, also while Trellis runs; the keyring lies beside it."""
    _done(_backup(load_settings(needs_token=False), file), f"Kept in {file}, with the keyring beside it.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file made by backup, its keyring beside it.")],
) -> None:
    """Brings a backup back into an empty database."""
    _done(_restore(load_settings(needs_token=False), file), f"{file} is restored.")


@app.command()
def doctor(
    *,
    lines: Annotated[
        bool, typer.Option("--lines", help="Lists every help line that is to be checked.")
    ] = False,
) -> None:
    """Looks at all that Trellis needs: each a line, ok or what to do. Status 1 where something is to do."""
    from bot.doctor import examine, shown

    logs.configure("error", "console")
    raise typer.Exit(shown(asyncio.run(examine(lines=lines)), Console(highlight=False, markup=False)))


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where there is one for this platform; else Python's own does the same more slowly."""
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


async def serve_until_stopped(settings: Settings) -> None:
    """Opens, serves, and stops cleanly on SIGINT or SIGTERM; within ten seconds, whatever hangs."""
    from bot.app import opened
    from bot.stopping import Stopping

    async with Stopping() as stopping:
        trellis = await stopping.unless_asked(stopping.stack.enter_async_context(opened(settings)))
        gc.enable()
        if trellis is not None:
            loaded = asyncio.create_task(trellis.client.wait_until_logged_in())
            loaded.add_done_callback(_leave_alone_what_stays)
            await trellis.serve(settings.discord_token.get_secret_value(), stopping.asked)
            loaded.cancel()


def _leave_alone_what_stays(_loaded: object) -> None:
    """Takes what was loaded (code, texts, tables) out of the garbage collector's rounds, and makes them few.

    To look through all of it again and again cost a fifth of an answer, and the slowest answers most. What is
    left is little, so its whole is looked through some times an hour: a drawn chart is rings of thousands of
    objects, and with rounds fewer than that an hour's heap grew by all of them.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 5)


async def _open_and_close(settings: Settings) -> None:
    storage = await _storage(settings)
    await storage.close()


async def _backup(settings: Settings, file: Path) -> None:
    storage = await _storage(settings, migrate=False)
    try:
        await storage.backup(file)
    finally:
        await storage.close()


async def _restore(settings: Settings, file: Path) -> None:
    from storage import Storage

    await Storage.restore(file, settings.database_url.get_secret_value(), _keys(settings))


async def _move(settings: Settings, file: Path) -> int:
    from rich.progress import Progress

    from storage import Storage

    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Moving and comparing", total=None)
        return await Storage.move(
            f"sqlite+aiosqlite:///{file}",
            settings.database_url.get_secret_value(),
            _keys(settings),
            lambda done, total: bar.update(task, completed=done, total=total),
        )


async def _storage(settings: Settings, *, migrate: bool = True) -> "Storage":
    from storage import Storage

    url, keys = settings.database_url.get_secret_value(), _keys(settings)
    return await Storage.open(url, keys, migrate=migrate, backups=settings.backups)


def _keys(settings: Settings) -> list[str]:
    return [key.get_secret_value() for key in settings.trellis_key]


def _done(work: Coroutine[None, None, None], sentence: str) -> None:
    asyncio.run(work)
    typer.echo(sentence)


async def _until_stopped(work: Coroutine[None, None, None]) -> None:
    """Runs until SIGINT or SIGTERM; the work is cancelled then and cleans up after itself."""
    working = asyncio.create_task(work)
    _on_stop(working.cancel)
    try:
        await working
    except asyncio.CancelledError:
        typer.echo("Stopped. What was said is kept.")


def _on_stop(do: Callable[[], object]) -> None:
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_, do)
