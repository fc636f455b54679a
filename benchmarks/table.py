"""The results as a table: on the terminal, and in docs/performance.md (`python -m benchmarks.table`)."""

import re
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.results import Result, Results, Spread, plain, read

PAGE = Path("docs/performance.md")
PLACE = re.compile(r"(<!-- figures: [^>]* -->\n).*(<!-- end of figures -->)", re.DOTALL)
MET = {True: "kept", False: "MISSED", None: ""}


def on_terminal(results: Results) -> Table:
    """For reading while it is fresh."""
    table = Table(
        *("what", "Trellis", "floor", "ratio", "target", "", "the floor is"),
        title="; ".join(results.machine.values()),
    )
    for each in results.results:
        about, met = each.about, each.met
        style = "bold red" if met is False else None
        given = _short(each.ours), _short(each.floor), _short(each.ratio)
        target = str(about.target or "")
        table.add_row(
            f"{about.what} ({about.unit or 'count'})", *given, target, MET[met], about.floor_is, style=style
        )
    return table


def in_markdown(results: Results) -> str:
    """For the page: least, median and most of the runs."""
    rows = [
        "| what | Trellis | floor | ratio | target | the floor is | again with |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_row(each) for each in results.results),
    ]
    runs = max(len(each.runs) for each in results.results)
    machine = "".join(f"- {what}: {said}\n" for what, said in results.machine.items())
    return f"Measured on {results.at[:10]}, runs: {runs}.\n\n{machine}\n" + "\n".join(rows) + "\n"


def _row(each: Result) -> str:
    about = each.about
    target = f"{about.target}: {'kept' if each.met else '**missed**'}" if about.target else "none"
    cells = (
        f"{about.what} ({about.unit or 'count'})",
        each.ours,
        each.floor,
        each.ratio,
        target,
        about.floor_is,
    )
    return f"| {' | '.join(map(str, cells))} | `make bench ONLY={each.benchmark}` |"


def _short(spread: Spread) -> str:
    if spread.least == spread.most:
        return plain(spread.middle)
    return f"{plain(spread.middle)} ({plain(spread.least)} - {plain(spread.most)})"


def write(results: Results, page: Path = PAGE) -> None:
    """Puts the figures into the page, between its two marks."""
    text, count = PLACE.subn(
        lambda found: f"{found[1]}\n{in_markdown(results)}\n{found[2]}", page.read_text(encoding="utf-8")
    )
    if count != 1:
        raise RuntimeError(f"{page} has no place for the figures")
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    held = read()
    if held is None:
        raise SystemExit("Nothing was measured yet: make bench")
    write(held)
    Console().print(f"The figures stand in {PAGE}.")
