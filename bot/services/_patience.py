"""Waits for the database for so long and no longer: help does not hang with it."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

T = TypeVar("T")


class Patience:
    """Work that outlasts it goes on by itself: a statement that is under way is not to be cut short."""

    def __init__(self) -> None:
        self._behind: set[asyncio.Task[Any]] = set()

    async def wait(self, work: Coroutine[Any, Any, T], span: timedelta) -> T:
        """The work's result. Raises what it raises, and TimeoutError where it takes longer."""
        task = asyncio.ensure_future(work)
        self._behind.add(task)
        task.add_done_callback(self._ended)
        await asyncio.wait({task}, timeout=span.total_seconds())
        if not task.done():
            raise TimeoutError
        return task.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._behind.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited for it has gone on
