"""A stop that is asked for is clean where it can be, and over within ten seconds in any case.

What is acknowledged is durable, and what is on its way is settled by the next start; so ending hard loses
nothing. It is only later and less kind: presses that came in go without their answer.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

import structlog

HARD_END = 9.5  # seconds after it was asked for; service managers send SIGKILL at ten or later
ECHO = 1.0  # seconds within which a second signal is the first one's: a terminal, or a wrapper, sent it along

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Stopping:
    """Hears SIGINT and SIGTERM while the block lasts. A second one ends the process at once."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.stack = AsyncExitStack()
        self._at: float | None = None
        self._before: dict[signal.Signals, Any] = {}

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        for each in (
            signal.SIGINT,
            signal.SIGTERM,
        ):  # not the loop's own way: one that hangs would hear nothing
            self._before[each] = signal.signal(each, self._heard)
        await self.stack.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.stack.__aexit__(kind, error, trace)
        finally:
            for each, before in self._before.items():
                if self._at is None:
                    signal.signal(each, before)

    async def unless_asked(self, start: Coroutine[Any, Any, T]) -> T | None:
        """What a start comes to; None where a stop was asked for meanwhile: it is broken off, and undone."""
        starting = asyncio.ensure_future(start)
        asked = asyncio.ensure_future(self.asked.wait())
        await asyncio.wait({starting, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if not starting.done():
            log.info("stopped while starting; nothing had begun")
            starting.cancel()
            await asyncio.wait({starting})
        return None if starting.cancelled() else starting.result()

    def _heard(self, _signal: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._at is None:
            self._at = now
            end = threading.Timer(HARD_END, _end)
            end.daemon = True
            end.start()
            self._loop.call_soon_threadsafe(self._ask)
        elif now - self._at > ECHO:
            _end()

    def _ask(self) -> None:
        log.info("stopping")
        self.asked.set()


def _end() -> None:
    """Past all that could hang; nothing is said in the log, whose lock might hang, too."""
    os.write(2, b"Trellis was ended hard: what was acknowledged is kept, the next start settles the rest.\n")
    os._exit(1)
