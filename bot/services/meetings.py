"""A circle's regular meeting: its facilitators set it, an event announces it, who asked is reminded of it.

A pause of the circle ends no meeting: a pause holds back posts. Export: that a member wants reminders, and
nothing else. Forgetting: the wish goes with the member, and all wishes go with the meeting.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import structlog

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.calendar_files import calendar_file
from bot.domain.circles import Circle, local_date
from bot.domain.errors import DeliveryError
from bot.domain.ids import CircleId
from bot.domain.meetings import Meeting, Standing, ended, next_meeting, next_meetings, restored, skipped
from bot.domain.members import Scope
from bot.domain.plan_errors import NoMeeting
from bot.domain.schedules import DAY_NAMES, Due
from bot.services._meeting_events import MeetingEvents, claimed
from bot.services._meeting_reminders import remind, woken
from bot.services.access import check_server, consenting, facilitated, facilitates, membership
from bot.services.arranging import Wanted, arranged
from bot.services.messenger import Messenger
from storage import Storage
from storage.transaction import Reading, Transaction

SHOWN = 3  # next meetings
BATCH = 20  # meetings whose reminders are written in one transaction

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingShown:
    """A meeting as it stands. `event` is the platform's, `trouble` what has just hindered it."""

    circle: Circle
    meeting: Meeting
    nexts: tuple[Due, ...]
    left_out: tuple[date, ...]  # from today on
    event: str | None = field(repr=False)
    trouble: DeliveryError | None = None


@dataclass(frozen=True, slots=True)
class MeetingLeftOut:
    """One meeting's date was left out; `already` where there was nothing to do."""

    shown: MeetingShown
    day: date
    already: bool


class Meetings:
    """Facilitators set and end; NoCircle and NotFacilitator are raised there. Members ask for reminders."""

    def __init__(self, storage: Storage, clock: Clock, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._events = MeetingEvents(storage, clock, messenger)

    async def set_(self, actor: Actor, circle_id: CircleId, wanted: Wanted) -> MeetingShown:
        """Sets the meeting, or changes what is named, and announces the next one.

        Where the platform does not take the event (`trouble`), the meeting stands all the same. Raises
        BadDays, BadTime, BadMinutes, BadDate, TooLong, MeetingIncomplete.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            before = await tx.meetings.get(circle_id)
            made = arranged(
                before.meeting if before else None,
                wanted,
                circle_id,
                circle.settings.zone,
                now,
                f"{uuid.uuid4()}@trellis",
            )
            await self._put(tx, circle, before, made)
            await tx.audit.note(circle_id, actor.account, Deed.MEETING_SET, named(made), now)
            await tx.commit()
        return await self._kept(circle)

    async def current(self, actor: Actor, circle_id: CircleId) -> MeetingShown:
        """The meeting as it stands, for facilitators and members. Raises NoMeeting, NotAMember."""
        async with self._storage.read() as tx:
            circle = await _open_to(tx, actor, circle_id)
            return self._shown(circle, await _standing(tx, circle_id))

    async def skip_next(self, actor: Actor, circle_id: CircleId, day: date | None = None) -> MeetingLeftOut:
        """Leaves the next meeting out; with a `day`, only where that is the next one. Raises NoMeeting."""
        now = self._clock.now()

        def without_next(meeting: Meeting, circle: Circle) -> tuple[Meeting, date]:
            due = next_meeting(meeting, circle.settings.zone, after=now)
            if day is not None and day != due.date:
                return meeting, day
            return skipped(meeting, due.date, now), due.date

        return await self._change(actor, circle_id, without_next, Deed.MEETING_SKIPPED)

    async def restore(self, actor: Actor, circle_id: CircleId, day: date) -> MeetingLeftOut:
        """Holds a meeting after all that was left out. Raises NoMeeting."""
        now = self._clock.now()

        def with_it(meeting: Meeting, _circle: Circle) -> tuple[Meeting, date]:
            return (restored(meeting, day, now) if day in meeting.skips else meeting), day

        return await self._change(actor, circle_id, with_it, Deed.MEETING_SET)

    async def end(self, actor: Actor, circle_id: CircleId) -> MeetingShown:
        """Ends the meetings for good, with all wishes to be reminded. Raises NoMeeting."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            before = await _standing(tx, circle_id)
            await self._put(tx, circle, before, ended(before.meeting, now))
            await tx.meetings.forget_wishes(circle_id)
            await tx.audit.note(circle_id, actor.account, Deed.MEETING_ENDED, named(before.meeting), now)
            await tx.commit()
        return await self._kept(circle)

    async def remind(self, actor: Actor, circle_id: CircleId, on: bool | None = None) -> bool:
        """Whether the member is reminded from now on; without `on`, the other of what stood.

        Raises NotAMember; to be reminded also ConsentNeeded, NoMeeting.
        """
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            wanted = on if on is not None else not await tx.meetings.wishes(member.id)
            if wanted:
                await _standing(tx, circle_id)
                await consenting(tx, actor, circle_id, Scope.REMINDERS)
                await tx.meetings.wish(member.id)
            else:
                await tx.meetings.unwish(member.id)
            await tx.commit()
        return wanted

    async def calendar_file(self, actor: Actor, circle_id: CircleId) -> bytes:
        """The meetings as an iCalendar file, for facilitators and members. Raises NoMeeting, NotAMember."""
        shown = await self.current(actor, circle_id)
        return calendar_file(shown.meeting, shown.circle.name, shown.circle.settings.zone)

    async def tick(self) -> None:
        """Writes the reminders that are due, and looks after the events."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            first = await tx.meetings.next_due()
        if first is None or first > now:
            return
        while await self._remind():
            pass
        await self._events.tick()

    async def _remind(self) -> int:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            found = await tx.meetings.to_remind(now, BATCH)
            done = 0
            for standing in found:
                try:
                    await remind(tx, standing, now)
                except Exception as error:  # noqa: BLE001 - one circle's fault must not silence all others
                    log.warning(
                        "reminders failed", circle=standing.meeting.circle, error=type(error).__name__
                    )
                else:
                    done += 1
            await tx.commit()
        return done

    async def _change(
        self,
        actor: Actor,
        circle_id: CircleId,
        change: Callable[[Meeting, Circle], tuple[Meeting, date]],
        deed: Deed,
    ) -> MeetingLeftOut:
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            before = await _standing(tx, circle_id)
            meeting, day = change(before.meeting, circle)
            if meeting is before.meeting:
                return MeetingLeftOut(self._shown(circle, before), day, already=True)
            await self._put(tx, circle, before, meeting)
            await tx.audit.note(circle_id, actor.account, deed, day.isoformat(), self._clock.now())
            await tx.commit()
        return MeetingLeftOut(await self._kept(circle), day, already=False)

    async def _put(self, tx: Transaction, circle: Circle, before: Standing | None, made: Meeting) -> None:
        """With its event claimed at once, as the caller looks after it next."""
        now = self._clock.now()
        standing = replace(before or Standing(meeting=made), meeting=made, tries=0)
        remind_at = woken(made, circle, now, standing.reminded_for)
        await tx.meetings.put(claimed(replace(standing, remind_at=remind_at), now))
        await tx.meetings.take(circle.id)

    async def _kept(self, circle: Circle) -> MeetingShown:
        """Looks after the event, outside of any transaction; the meeting as it stands then."""
        trouble = await self._events.keep(circle.id)
        async with self._storage.read() as tx:
            standing = await tx.meetings.get(circle.id)
        if standing is None:
            raise NoMeeting  # the circle was deleted meanwhile
        return self._shown(circle, standing, trouble)

    def _shown(
        self, circle: Circle, standing: Standing, trouble: DeliveryError | None = None
    ) -> MeetingShown:
        meeting = standing.meeting
        now = self._clock.now()
        nexts: list[Due] = []
        if not meeting.removed:
            nexts = next_meetings(meeting, circle.settings.zone, after=now, count=SHOWN)
        return MeetingShown(
            circle=circle,
            meeting=meeting,
            nexts=tuple(nexts),
            left_out=tuple(sorted(day for day in meeting.skips if day >= local_date(circle, now))),
            event=standing.event,
            trouble=trouble,
        )


def named(meeting: Meeting) -> str:
    """A short name for the audit list, such as "thu 19:00"."""
    return f"{DAY_NAMES[meeting.day - 1]} {meeting.time:%H:%M}"


async def _standing(tx: Reading, circle_id: CircleId) -> Standing:
    standing = await tx.meetings.get(circle_id)
    if standing is None or standing.meeting.removed:
        raise NoMeeting
    return standing


async def _open_to(tx: Reading, actor: Actor, circle_id: CircleId) -> Circle:
    circle = await tx.circles.get(circle_id)
    if facilitates(actor, circle):
        check_server(actor, circle)
    else:
        await membership(tx, actor, circle_id)
    return circle
