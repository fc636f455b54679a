"""What was measured, over all runs, kept in build/bench.json: the table and the picture are made from it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure, Target

FILE = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, median and most of some runs."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of these."""
        return cls(min(values), median(values), max(values))

    def __str__(self) -> str:
        if self.least == self.most:
            return plain(self.middle)
        return f"{plain(self.least)} – **{plain(self.middle)}** – {plain(self.most)}"


@dataclass(frozen=True, slots=True)
class Result:
    """One figure in each run; the ratio is taken within a run, where both met the same machine."""

    benchmark: str
    runs: tuple[Figure, ...]

    @property
    def about(self) -> Figure:
        """What it is a figure of."""
        return self.runs[0]

    @property
    def ours(self) -> Spread:
        """Trellis."""
        return Spread.of([run.ours for run in self.runs])

    @property
    def floor(self) -> Spread:
        """What it stands beside."""
        return Spread.of([run.floor for run in self.runs])

    @property
    def ratio(self) -> Spread:
        """Ours over the floor."""
        return Spread.of([run.ratio for run in self.runs])

    @property
    def met(self) -> bool | None:
        """Whether the median keeps to the target; None without one."""
        target = self.about.target
        if target is None:
            return None
        return target.met((self.ratio if target.of == "ratio" else self.ours).middle)


@dataclass(frozen=True, slots=True)
class Results:
    """All of it, with the machine it was measured on."""

    machine: dict[str, str]
    at: str  # ISO 8601
    results: tuple[Result, ...]

    def with_later(self, later: "Results") -> "Results":
        """Each benchmark as it was measured last."""
        anew = {each.benchmark for each in later.results}
        kept = [each for each in self.results if each.benchmark not in anew]
        return replace(later, results=(*kept, *later.results))

    def write(self, file: Path = FILE) -> None:
        """Keeps it."""
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1))


def gathered(runs: Sequence[tuple[str, list[Figure]]]) -> tuple[Result, ...]:
    """The same figure of several runs as one result."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for benchmark, figures in runs:
        for figure in figures:
            found.setdefault((benchmark, figure.what), []).append(figure)
    return tuple(Result(benchmark, tuple(figures)) for (benchmark, _), figures in found.items())


def read(file: Path = FILE) -> Results | None:
    """What was kept; None where nothing was."""
    if not file.exists():
        return None
    held = json.loads(file.read_text())
    results = (Result(each["benchmark"], tuple(map(_figure, each["runs"]))) for each in held["results"])
    return Results(held["machine"], held["at"], tuple(results))


def _figure(held: dict[str, Any]) -> Figure:
    target = held.pop("target")
    return Figure(**held, target=Target(**target) if target else None)


def plain(value: float) -> str:
    """Three figures that matter."""
    if value == 0 or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.5f}"
