"""In which order tests are run by several workers: what takes long is begun first, by all of them."""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def dealt(long: Sequence[Item], others: Sequence[Item], workers: int) -> list[Item]:
    """As many parts in a row as there are workers, the long ones dealt out to their beginnings.

    pytest-xdist's worksteal gives each worker such a part, of these very sizes, and lets it take of the
    others' ends when it is done with its own.
    """
    rest = iter(others)
    order: list[Item] = []
    left = len(long) + len(others)
    for number in range(workers):
        size = left // (workers - number)
        left -= size
        first = long[number::workers]
        order += [*first, *islice(rest, max(size - len(first), 0))]
    return [*order, *rest]
