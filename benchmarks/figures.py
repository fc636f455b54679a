"""One measured figure with its floor."""

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
