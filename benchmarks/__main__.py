"""`make bench`: runs each benchmark beside its floor; prints the table, keeps it, and draws the picture."""

import asyncio
from datetime import UTC, datetime
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import picture, results, table
from benchmarks.figures import Figure
from benchmarks.machine import machine

SECONDS = {  # what each takes, about, for the bar
    "writes": 3, "streaks": 1, "listener": 2, "pages": 8, "ticks": 60, "burst": 40,
    "servers": 160, "check_in": 90, "grounding": 62,
}  # fmt: skip
LONG = {"long_burst": 160}


def main(
    only: Annotated[str, typer.Option(help="These alone, with commas between them.")] = "",
    *,
    long: Annotated[bool, typer.Option("--long", help="What takes minutes, too.")] = False,
    runs: Annotated[int, typer.Option(min=1, help="How often all of it is measured.")] = 1,
) -> None:
    """Measures and prints. Status 1 where a target is missed."""
    console = Console()
    names = [name.strip().replace("-", "_") for name in only.split(",") if name.strip()]
    wanted = names or [*SECONDS, *(LONG if long else ())]
    if unknown := set(wanted) - {*SECONDS, *LONG}:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}; there are {', '.join((*SECONDS, *LONG))}")
    about = machine()
    measured = results.Results(
        about, datetime.now(UTC).isoformat(), results.gathered(_runs(console, wanted, runs))
    )
    console.print(table.on_terminal(measured))
    before = results.read()
    kept = before.with_later(measured) if names and before else measured
    kept.write()
    picture.draw(kept)
    console.print(f"Kept in {results.FILE}, drawn in {picture.FILE}.")
    console.print(f"`python -m benchmarks.table` puts the table into {table.PAGE}.")
    if any(each.met is False for each in measured.results):
        raise typer.Exit(1)


def _runs(console: Console, wanted: list[str], runs: int) -> list[tuple[str, list[Figure]]]:
    found = []
    columns = TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=runs * sum(_seconds(name) for name in wanted))
        for run in range(runs):
            for name in wanted:
                progress.update(bar, description=f"{name}, run {run + 1} of {runs}" if runs > 1 else name)
                found.append((name, asyncio.run(_measured(name))))
                progress.advance(bar, _seconds(name))
    return found


def _seconds(name: str) -> int:
    return {**SECONDS, **LONG}[name]


async def _measured(name: str) -> list[Figure]:
    figures: list[Figure] = await import_module(f"benchmarks.{name}").measure()
    return figures


if __name__ == "__main__":
    typer.run(main)
