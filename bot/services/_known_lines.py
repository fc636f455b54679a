"""What help for a person depends on, held in memory, so that it is there when the database is not.

Read anew whenever somebody asks and the database answers in time; what was read last stands otherwise.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import structlog

from bot.domain.accounts import Account, Actor
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.lines import Line, LineId, checked
from bot.services.access import facilitates
from storage import Storage

PATIENCE = timedelta(milliseconds=300)  # what anyone who needs help waits for the database
GIVEN_UP = timedelta(seconds=1)  # what a stop waits for a read to end
FRESH_FOR = timedelta(seconds=2)  # what was read within this is not asked for again

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """Circles with their regions, their own lines and checks, and who is where."""

    circles: Mapping[CircleId, Circle]
    local: Mapping[CircleId, list[Line]]
    checks: Mapping[CircleId, Mapping[LineId, date]]
    joined: Callable[[Account], list[CircleId]]

    def lines(self, circle: CircleId) -> list[Line]:
        """A circle's own, with their checks."""
        return checked(self.local.get(circle, ()), self.checks.get(circle, {}))

    def circle_of(self, actor: Actor, channel: str | None) -> Circle | None:
        """The circle that is meant: of this channel, else of this server, else one that the person is in.

        Where several could be, and they are of one country, any of them; else none: guessing a country is
        worse than asking for it.
        """
        own = [self.circles[id_] for id_ in self.joined(actor.account) if id_ in self.circles]
        here = [each for each in self.circles.values() if _of_server(each, actor)]
        at = [each for each in here if channel in (each.home.channel, each.home.facilitators)]
        mine = [each for each in here if each in own or facilitates(actor, each)]
        for found in (at, mine, here, own):
            if found:
                regions = {each.settings.region for each in found}
                return found[0] if len(regions) == 1 else None
        return None


NOTHING = Known({}, {}, {}, lambda _: [])


class Memory:
    """The last that was read. Asking never raises, and never waits for longer than PATIENCE."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known = NOTHING
        self._read_at: float | None = None
        self._begun = 0  # reads; of two on their way the later one counts
        self._reading: asyncio.Task[None] | None = None

    async def known(self) -> Known:
        """As fresh as the database gives it in time."""
        if self._read_at is None or time.monotonic() - self._read_at > FRESH_FOR.total_seconds():
            if self._reading is None or self._reading.done():
                self._begin()
            await self._wait()
        return self._known

    async def renew(self) -> None:
        """Reads anew, also where a read of before is on its way: something was changed."""
        self._begin()
        await self._wait()

    async def close(self) -> None:
        """Nothing is read any more; a statement that the database does not end is not waited for."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading}, timeout=GIVEN_UP.total_seconds())

    def _begin(self) -> None:
        self._begun += 1
        self._reading = asyncio.create_task(self._read(self._begun), name="read lines")

    async def _wait(self) -> None:
        if self._reading is not None:
            await asyncio.wait({self._reading}, timeout=PATIENCE.total_seconds())

    async def _read(self, number: int) -> None:
        try:
            async with self._storage.read() as tx:
                known = Known(
                    circles={circle.id: circle for circle in await tx.circles.all()},
                    local=await tx.lines.all_local(),
                    checks=await tx.lines.all_checks(),
                    joined=await tx.members.everywhere(),
                )
        except Exception as error:  # noqa: BLE001 - help is shown whatever the database says
            log.warning("lines as last known: the database did not answer", error=type(error).__name__)
            return
        if number == self._begun:
            self._known, self._read_at = known, time.monotonic()


def _of_server(circle: Circle, actor: Actor) -> bool:
    return circle.home.platform is actor.account.platform and circle.home.server == actor.server
