"""One event on the platform for each circle's next meeting: claimed, held or taken back, marked.

Whether an earlier try was applied may be unknown; the messenger looks for what is there before it makes one.
"""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, NoCircle
from bot.domain.ids import CircleId
from bot.domain.meetings import Standing, next_meeting
from bot.domain.schedules import Due
from bot.services.messenger import Call, Messenger
from storage import Storage

BATCH = 20  # meetings claimed in one transaction
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)

log = structlog.get_logger(__name__)


def claimed(standing: Standing, now: datetime) -> Standing:
    """Taken up at `now`: a crash costs a wait, and nobody else takes it meanwhile."""
    wait = min(FIRST_WAIT * (1 << min(standing.tries, 10)), LONGEST_WAIT)
    return replace(standing, next_at=now + wait, tries=standing.tries + 1)


class MeetingEvents:
    """Looks after the events."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._turns: defaultdict[CircleId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def tick(self) -> None:
        """Looks after all that are due."""
        while circles := await self._claim():
            await asyncio.gather(*(self._kept(circle) for circle in circles))

    async def keep(self, circle_id: CircleId) -> DeliveryError | None:
        """Brings a claimed one's event up to date; what hindered it, if anything. It is tried again then."""
        async with self._turns[circle_id]:
            async with self._storage.read() as tx:
                standing = await tx.meetings.get(circle_id)
                circle = await tx.circles.get(circle_id)
            if standing is None:
                return None
            due = _due(standing, circle, self._clock.now())
            if due is not None and circle.closing is not None:
                return None  # what is announced stays so until the circle's end, and nothing new is
            try:
                event = await self._said(circle, standing, due)
            except DeliveryError as error:
                log.warning("meeting's event not kept", circle=circle_id, error=type(error).__name__)
                return error
            await self._mark(standing, due, event)
        return None

    async def _claim(self) -> list[CircleId]:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            found = await tx.meetings.to_keep(now, BATCH)
            for standing in found:
                await tx.meetings.put(claimed(standing, now))
                await tx.meetings.take(standing.meeting.circle)
            await tx.commit()
        return [standing.meeting.circle for standing in found]

    async def _kept(self, circle_id: CircleId) -> None:
        try:
            await self.keep(circle_id)
        except NoCircle:
            return  # deleted meanwhile, and its meeting with it
        except Exception as error:  # noqa: BLE001 - one circle's fault ends no other's; its next try is set
            log.warning("meeting's event failed", circle=circle_id, error=type(error).__name__)

    async def _said(self, circle: Circle, standing: Standing, due: Due | None) -> str | None:
        if due is None:
            await self._messenger.cancel_meeting(circle, standing.event)
            return None
        if due.at <= self._clock.now():
            return standing.event  # it is on: nothing is to be done until its end
        meeting = standing.meeting
        call = Call(
            start=due.at,
            end=due.at + meeting.lasts,
            where=meeting.where,
            channel=meeting.channel,
            known=standing.event,
        )
        return await self._messenger.hold_meeting(circle, call)

    async def _mark(self, before: Standing, due: Due | None, event: str | None) -> None:
        async with self._storage.begin() as tx:
            present = await tx.meetings.get(before.meeting.circle)
            if present is None or present.meeting.revision != before.meeting.revision:
                return  # changed meanwhile, and claimed anew by whoever changed it
            marked = replace(
                present,
                event=event,
                event_for=due.date if due else None,
                next_at=due.at + before.meeting.lasts if due else None,
                tries=0,
            )
            await tx.meetings.put(marked)
            await tx.meetings.let_go(before.meeting.circle)
            await tx.commit()


def _due(standing: Standing, circle: Circle, now: datetime) -> Due | None:
    """The meeting that the event is for: the one that is on where it has its event, else the next."""
    meeting, zone = standing.meeting, circle.settings.zone
    if meeting.removed:
        return None
    due = next_meeting(meeting, zone, after=now - meeting.lasts)
    if due.at <= now and standing.event_for != due.date:
        return next_meeting(meeting, zone, after=now)
    return due
