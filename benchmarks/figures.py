"""One measured figure with its floor and its target, and how it is measured."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is to keep to: a bound, from above or from below, of its ratio or of itself."""

    bound: float
    way: Literal["at most", "at least"] = "at most"
    of: Literal["ratio", "figure"] = "ratio"

    def met(self, value: float) -> bool:
        """Whether it is kept."""
        return value <= self.bound if self.way == "at most" else value >= self.bound

    def __str__(self) -> str:
        sign = "≤" if self.way == "at most" else "≥"
        return f"{sign} {self.bound:g}{'×' if self.of == 'ratio' else ''}"


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is ours over the floor: above 1 is slower for times, faster for rates."""

    what: str
    ours: float
    floor: float
    unit: str
    floor_is: str
    target: Target | None = None

    @property
    def ratio(self) -> float:
        """Ours over the floor's; 1 where both are nothing, as with refusals."""
        return self.ours / self.floor if self.floor else float("inf") if self.ours else 1.0

    @property
    def met(self) -> bool | None:
        """Whether the target is kept; None without one."""
        if self.target is None:
            return None
        return self.target.met(self.ratio if self.target.of == "ratio" else self.ours)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of them lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def best(work: Callable[[], object], turns: int) -> float:
    """Milliseconds of the quickest of so many turns: what else the machine does can only add."""
    spans = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return min(spans) * 1000
