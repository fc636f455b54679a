"""`make bench`: runs each benchmark beside its floor and prints one table with the ratios."""

import asyncio
import platform

from rich.console import Console
from rich.table import Table

from benchmarks import check_in, grounding, listener, streaks, writes
from benchmarks.figures import Figure


async def measured() -> list[Figure]:
    """All figures, one benchmark after the other."""
    each = (writes, streaks, listener, check_in, grounding)
    return [figure for benchmark in each for figure in await benchmark.measure()]


def main() -> None:
    """Measures and prints."""
    console = Console()
    with console.status("Measuring; a minute and a half or so …"):
        figures = asyncio.run(measured())
    table = Table(
        "what", "Trellis", "floor", "ratio", "the floor is", title=f"Python {platform.python_version()}"
    )
    for figure in figures:
        table.add_row(
            figure.what,
            f"{figure.ours:,.2f} {figure.unit}",
            f"{figure.floor:,.2f} {figure.unit}",
            f"{figure.ratio:.2f}",
            figure.floor_is,
        )
    console.print(table)


if __name__ == "__main__":
    main()
