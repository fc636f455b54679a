"""Trellis knows when it was last there; after an absence facilitators are told plainly, once.

Whichever process is connected moves one mark, so that one of several that rests is no absence. The letter and
the mark are written in one transaction: nothing is told twice, and no absence is lost to a crash. After a
restore the mark says as of when the backup was, and the facilitators are told what that means.
Nothing here is about a member: nothing to export or to forget.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.ids import CircleId
from bot.domain.occurrences import State
from bot.domain.outbox import Letter, Recipient
from bot.services._closing_letters import tell_closing
from storage import Storage
from storage.marks import ALIVE, RESTORED
from storage.transaction import Reading, Transaction

AWAY = "away"  # the kind of the letter
SHORT = timedelta(minutes=15)  # an absence that is told of is longer
STOPPED = "stopped"  # the mark of a clean end
SETTLED = timedelta(minutes=1)  # by then it is known what was missed meanwhile

log = structlog.get_logger(__name__)


class Life:
    """Works by itself; nobody calls it."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        connected: Callable[[], bool],
        uptime: Callable[[], float] | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._connected = connected
        self._uptime = uptime or _uptime  # a clock that is put forward is no absence
        self._last: float | None = None  # by it, when this process was last there

    async def begin(self) -> None:
        """At the start, once Discord is there, before anything is posted."""
        await self._mark()

    async def tick(self) -> None:
        """As long as people's presses arrive; a bot that is cut off is away, too."""
        if self._connected():
            await self._mark()

    async def end(self) -> None:
        """At a clean stop: what comes next is told as planned. Never raises: a stop goes on without it."""
        try:
            async with self._storage.begin() as tx:
                await tx.marks.put(STOPPED, self._clock.now())
                await tx.commit()
        except Exception as error:  # noqa: BLE001 - whatever a database that is away raises
            log.warning("the stop could not be noted", error=type(error).__name__)

    async def _mark(self) -> None:
        now = self._clock.now()
        before, self._last = self._last, self._uptime()
        here = before is not None and self._last - before <= SHORT.total_seconds()
        async with self._storage.begin() as tx:
            was = await tx.marks.at(ALIVE)
            if was is not None and now <= was:
                return  # a clock that was set back, or another process's, is no absence later
            if not await tx.marks.move(ALIVE, was, now):
                return  # another process has just done so, with what belongs to it
            restored = await tx.marks.at(RESTORED)
            if restored is not None:
                await _tell(tx, restored, now, "restored")
                await tx.marks.drop(RESTORED)
            elif was is not None and now - was > SHORT and not here:
                how = "cut-off" if before is not None else await _ended(tx, was)
                await _tell(tx, was, now, how)
            await tx.commit()


async def fresh(tx: Reading, letter: Letter) -> Letter:
    """With how many posts were missed meanwhile, as is known when the letter leaves."""
    since, until = (datetime.fromtimestamp(int(letter.facts[name] or 0), UTC) for name in ("since", "back"))
    found = [one for one in await tx.occurrences.since(letter.circle, since) if since <= one.due <= until]
    missed = sum(one.state is State.MISSED for one in found)
    return replace(letter, facts={**letter.facts, "missed": missed})


async def tells_of(tx: Reading, circle: CircleId, due: datetime) -> bool:
    """Whether a letter about an absence names what was missed then, so that no other has to."""
    return await tx.outbox.written_since(circle, AWAY, due)


async def _ended(tx: Reading, was: datetime) -> str:
    """How the last process ended."""
    stopped = await tx.marks.at(STOPPED)
    return "stopped" if stopped is not None and stopped >= was else "died"


def _uptime() -> float:
    """Seconds that the machine has been up, those asleep too, where it can tell."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


async def _tell(tx: Transaction, since: datetime, now: datetime, how: str) -> None:
    facts: dict[str, str | int | bool | None] = {
        "since": int(since.timestamp()),
        "back": int(now.timestamp()),
        "how": how,
    }
    circles = [circle for circle in await tx.circles.all() if circle.made_at <= since]
    for circle in circles:
        await tx.outbox.add(circle.id, Recipient.FACILITATORS, AWAY, facts, now, due=now + SETTLED)
        if how == "restored" and circle.closing is not None:
            await tell_closing(
                tx, circle, now
            )  # it may have been kept after the backup, and closes later now
    minutes = (now - since) // timedelta(minutes=1)
    log.warning("was away", how=how, since=since.isoformat(timespec="seconds"), minutes=minutes)
