"""How the demo's time passes faster: from one due post to the next; nothing else is different."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime

from bot.app import Trellis
from bot.demo._cast import PATIENCE, Cast
from bot.demo._clock import DemoClock
from bot.demo._stage import ZONE
from bot.domain.schedules import Schedule
from bot.services.care import Care

LOOK = 0.02  # seconds between two looks at what is not settled yet


@dataclass(frozen=True, slots=True)
class Due:
    """What comes next: when, on which local date, and by which schedules."""

    at: datetime
    day: date
    schedules: tuple[Schedule, ...]


class Passing:
    """Moves the clock, and lets Trellis and the scripted members do all that they do at that time."""

    def __init__(self, trellis: Trellis, clock: DemoClock, cast: Cast) -> None:
        self._trellis = trellis
        self._clock = clock
        self._cast = cast
        self._care = Care(trellis.storage, clock, trellis.services.content)

    async def next(self) -> Due | None:
        """None where nothing recurs."""
        async with self._trellis.storage.read() as tx:
            at = await tx.schedules.next_at()
            if at is None:
                return None
            schedules = await tx.schedules.due(at, 10)
        return Due(at, at.astimezone(ZONE).date(), tuple(schedules))

    async def until(self, to: datetime) -> None:
        """Goes on to an instant; what is due until then is posted in its time."""
        while (due := await self.next()) is not None and due.at <= to:
            await self.come_to(due.at)
        self._clock.forward(to)

    async def come_to(self, at: datetime) -> None:
        """Straight to an instant that nothing due lies before; returns when all is done that is done then."""
        self._clock.forward(at)
        async with asyncio.timeout(PATIENCE):
            while await self._is_unsettled():
                await self._trellis.dispatch.tick()
                await self._trellis.dispatch.drain()
                await asyncio.sleep(LOOK)
        for tick in (self._care.tick, self._trellis.services.meetings.tick, self._trellis.letters.tick):
            await tick()
        await self._trellis.letters.drain()
        await self._cast.answer_all(hurried=True)

    async def _is_unsettled(self) -> bool:
        """Whether a post is due or on its way: then the clock must stand where it is."""
        async with self._trellis.storage.read() as tx:
            first = await tx.schedules.next_at()
            return bool(await tx.occurrences.unsettled()) or (
                first is not None and first <= self._clock.now()
            )
