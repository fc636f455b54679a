"""One measured figure with its floor, and how it is measured."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is ours over the floor: above 1 is slower for times, faster for rates."""

    what: str
    ours: float
    floor: float
    unit: str
    floor_is: str

    @property
    def ratio(self) -> float:
        """Ours over the floor's."""
        return self.ours / self.floor


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
