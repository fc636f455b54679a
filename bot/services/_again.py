"""A unit of work that lost against another is done again: nothing of it was kept, nobody need press twice."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.domain.errors import Contended

T = TypeVar("T")

TRIES = 3
PRESSED = 1.3  # seconds after which a press is told instead: Discord gives it three, and a try may take some


async def again(work: Callable[[], Awaitable[T]], *, within: float = PRESSED) -> T:
    """What it returns. Only for what is one transaction, whole; begun at most `within` seconds from now.

    Raises what it raises, at last Contended.
    """
    clock = asyncio.get_running_loop().time
    ends = clock() + within
    for _ in range(TRIES - 1):
        try:
            return await work()
        except Contended:
            if clock() > ends:
                raise
    return await work()
