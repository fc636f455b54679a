"""A unit of work that lost against another is done again: nothing of it was kept, nobody need press twice."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.domain.errors import Contended

T = TypeVar("T")

TRIES = 3


async def again(work: Callable[[], Awaitable[T]]) -> T:
    """What it returns. Only for what is one transaction, whole. Raises what it raises, at last Contended."""
    for _ in range(TRIES - 1):
        try:
            return await work()
        except Contended:
            continue
    return await work()
