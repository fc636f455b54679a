"""How the work stands at the moment of asking: whether the database answers, what is due and what waits.

Nothing here is about a member or a circle: nothing to export or to forget.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.services.letters import LONGEST_WAIT
from storage import Storage

PATIENCE = 2.0  # seconds for the database; who asks waits as long


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds and counts; a figure that is None could not be read."""

    database: float | None = None  # how long its answer took
    overdue: float | None = None  # of the schedule that is due the longest
    unsettled: int | None = None  # posts that were claimed and are not known to be sent
    letters: int | None = None  # that are on their way or are tried again
    oldest: float | None = None  # age of the oldest of these


class Pulses:
    """Reads them; several who ask at once share one reading."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._reading: asyncio.Task[Pulse] | None = None

    async def look(self) -> Pulse:
        """Never raises; a database that does not answer in PATIENCE is one that does not answer."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(), name="pulse")
        done, _ = await asyncio.wait({self._reading}, timeout=PATIENCE)
        return self._reading.result() if done else Pulse()

    async def close(self) -> None:
        """Waits for no answer any more."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> Pulse:
        began = time.perf_counter()
        now = self._clock.now()
        try:
            async with self._storage.read() as tx:
                first = await tx.schedules.next_at()
                unsettled = await tx.occurrences.unsettled()
                letters, oldest = await tx.outbox.waiting(now + LONGEST_WAIT)
        except Exception:  # noqa: BLE001 - whatever a driver raises means the same here, and is counted elsewhere
            return Pulse()
        return Pulse(
            database=time.perf_counter() - began,
            overdue=_since(first, now),
            unsettled=len(unsettled),
            letters=letters,
            oldest=_since(oldest, now),
        )


def _since(at: datetime | None, now: datetime) -> float:
    return max((now - at) / timedelta(seconds=1), 0) if at is not None else 0
