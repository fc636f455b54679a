"""`python -m tests.reliability`: the crash suite at length, in slices, each with a seed of its own.

SEED=… throws the first slice's dice again. Status 1 where anything did not hold; it is named, with its seed.
"""

import argparse
import asyncio
import math
import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot import logs
from tests.reliability.endurance import Endured, endure, shared
from tests.reliability.mutants import MUTANTS
from tests.reliability.process import Bots
from tests.storage import postgres

SLICE = 120  # kills with one seed
ON_POSTGRES = 0.3
HOUSES = 3  # side by side on each database
console = Console()


def main() -> None:
    """Runs the slices and shows what came out."""
    asked = _asked()
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop
    logs.configure("error", "json")
    began = time.monotonic()
    total = Endured()
    with postgres.running() as server, _bar() as bar, tempfile.TemporaryDirectory() as folder:
        task = bar.add_task("kills", total=asked.kills)
        for number, seed in enumerate(range(asked.seed, asked.seed + -(-asked.kills // SLICE))):
            kills = min(SLICE, asked.kills - number * SLICE)
            bar.update(task, description=f"kills, seed {seed}")
            total.add(
                asyncio.run(
                    _slice(Path(folder) / str(seed), server, kills, seed, asked, lambda: bar.advance(task))
                )
            )
            if total.wrong and asked.mutant:
                break
    _show(total, asked, time.monotonic() - began)
    sys.exit(bool(total.wrong))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--kills", type=int, default=int(os.environ.get("KILLS") or 1000))
    thrown = os.environ.get("SEED") or os.environ.get("TRELLIS_SEED") or time.time_ns() % 10**9
    parser.add_argument("--seed", type=int, default=int(thrown))
    parser.add_argument("--mutant", choices=["", *MUTANTS], default="", help="a fault put in on purpose")
    parser.add_argument("--seconds", type=float, default=math.inf, help="of each slice, at most")
    return parser.parse_args()


async def _slice(
    folder: Path,
    server: str,
    kills: int,
    seed: int,
    asked: argparse.Namespace,
    progress: Callable[[], object],
) -> Endured:
    """Both databases at once: most of a life is waiting."""
    folder.mkdir()
    names = [f"crash_{seed}_{number}" for number in range(HOUSES)]
    await postgres_databases(server, names)
    there = round(kills * ON_POSTGRES)
    houses = [("", each) for each in shared(kills - there, HOUSES)]
    houses += zip(map(server.format, names), shared(there, HOUSES), strict=True)
    return await endure(folder, houses, seed, mutant=asked.mutant, progress=progress, within=asked.seconds)


async def postgres_databases(server: str, names: list[str]) -> None:
    """Fresh and empty."""
    from tests.storage.conftest import say

    for name in names:
        await say(server, f"CREATE DATABASE {name}")


def _bar() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, console=console)


def _show(total: Endured, asked: argparse.Namespace, seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    for title, counted in (
        ("What happened", total.figures),
        ("Killed at", total.kills),
        ("Faults that hit", total.met),
        ("Errors logged", total.errors),
    ):
        table = Table(title, "", title_justify="left", min_width=50)
        for name, count in sorted(counted.items(), key=lambda each: -each[1]):
            table.add_row(name, f"{count:,}")
        console.print(table)
    cpu = used.ru_utime + used.ru_stime
    spent = f"{cpu:.0f} s of CPU in the sandbox, {Bots.cpu():.0f} s in the bots"
    console.print(f"{seconds:.0f} s, {spent}; first seed {asked.seed}")
    for each in total.wrong:
        console.print(f"WRONG: {each}", style="bold red", soft_wrap=True, highlight=False, markup=False)
    console.print(f"Wrong: {len(total.wrong)}")


if __name__ == "__main__":
    main()
