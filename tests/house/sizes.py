"""`python -m tests.house.sizes`: how long our files and functions are, beside what the house wants.

All lines count, empty ones, comments and docstrings too; a function's begin at its `def`.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "cogs", "storage", "sandbox")
LONG_FILE, LONG_FUNCTION = 300, 40  # past these, one looks again
SHOWN = 8


@dataclass(slots=True)
class Sizes:
    """Of one room: (lines, where) of each file and function."""

    files: list[tuple[int, str]] = field(default_factory=list)
    functions: list[tuple[int, str]] = field(default_factory=list)


def measured(room: str) -> Sizes:
    """A room's sizes; written migrations, which nobody edits again, are left out."""
    sizes = Sizes()
    for path in sorted((ROOT / room).rglob("*.py")):
        if "versions" in path.parts:
            continue
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        sizes.files.append((len(text.splitlines()), name))
        sizes.functions.extend((lines, f"{name}:{where}") for lines, where in _functions(ast.parse(text)))
    return sizes


def _functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.name


def middle_and_high(sizes: list[tuple[int, str]]) -> tuple[int, int]:
    """The median, and what nine in ten do not pass."""
    lines = [each for each, _ in sizes]
    return round(median(lines)), round(quantiles(lines, n=10, method="inclusive")[-1])


def table() -> Iterator[str]:
    """The lines of the table, then what is longest."""
    rooms = {room: measured(room) for room in ROOMS}
    whole = Sizes(
        [file for room in rooms.values() for file in room.files],
        [function for room in rooms.values() for function in room.functions],
    )
    yield "| | files | lines a file, median / p90 | past 300 | functions | lines, median / p90 | past 40 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, sizes in {**rooms, "all": whole}.items():
        row = [name]
        for of, limit in ((sizes.files, LONG_FILE), (sizes.functions, LONG_FUNCTION)):
            row += [
                f"{len(of):,}",
                "{} / {}".format(*middle_and_high(of)),
                str(sum(n > limit for n, _ in of)),
            ]
        yield f"| {' | '.join(row)} |"
    for what, of in (("files", whole.files), ("functions", whole.functions)):
        yield f"\nThe longest {what}:"
        yield from (f"{lines:5} {where}" for lines, where in sorted(of, reverse=True)[:SHOWN])


if __name__ == "__main__":
    sys.stdout.write("\n".join(table()) + "\n")
