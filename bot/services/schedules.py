"""Facilitators plan the circle's recurring posts, see them before anyone else does, and post by hand.

Export and forgetting: nothing here is about a member; who did what stands in the audit list.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, check_open, local_date, paused_at
from bot.domain.errors import BadDate, CirclePaused, NoSuchSchedule, NotADueDate, NothingPlanned
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.languages import Language
from bot.domain.occurrences import Occurrence, Reason, State
from bot.domain.outlook import Foreseen
from bot.domain.pauses import Pause
from bot.domain.plan_errors import HeldBack
from bot.domain.prompts import Content
from bot.domain.schedules import (
    Due,
    Kind,
    Schedule,
    coming,
    due_at,
    named,
    next_due,
    parse_date,
    parse_days,
    parse_time,
)
from bot.services._audit import noted
from bot.services._outlook import outlook_of, standing
from bot.services._retiming import check_loud, retimed
from bot.services.access import facilitated
from bot.services.dispatch import Dispatch
from bot.services.messenger import Post
from storage import Storage
from storage.transaction import Reading

SHOWN = 3  # next dates of each schedule (surface: /schedule list)
ONCE_IN = timedelta(seconds=60)  # pressed again within this, the post by hand that is there is meant
AHEAD = timedelta(days=2 * 366)  # how far a preview looks
FORTNIGHT = timedelta(days=14)

Listed = tuple[Schedule, list[Due], frozenset[date]]


@dataclass(frozen=True, slots=True)
class PostedNow:
    """The post by hand; `already` where it was there, or on its way, before this press."""

    occurrence: Occurrence
    already: bool


@dataclass(frozen=True, slots=True)
class Fortnight:
    """What comes until `until`, if nothing is changed, and the holidays in between."""

    circle: Circle
    posts: tuple[Foreseen, ...]
    holidays: dict[date, str]
    until: datetime


class Schedules:
    """All of it is for the circle's facilitators: NoCircle and NotFacilitator are raised everywhere."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, dispatch: Dispatch) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._dispatch = dispatch
        # Presses at once must make one post. All of a server's presses reach one process.
        self._claiming = asyncio.Lock()

    async def add(
        self, actor: Actor, circle_id: CircleId, kind: Kind, time_text: str, days_text: str
    ) -> Schedule:
        """Adds a recurring post in the circle's zone. Raises BadTime, BadDays, QuietTime, ScheduleExists."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            at, days = parse_time(time_text), parse_days(days_text)
            check_loud(circle, at)
            due = next_due(days, at, circle.settings.zone, after=now)
            schedule = await tx.schedules.add(circle_id, kind, at, days, now, due)
            await noted(tx, actor, circle_id, Deed.SCHEDULE_ADDED, now, named(schedule))
            await tx.commit()
        return schedule

    async def list(self, actor: Actor, circle_id: CircleId) -> list[Listed]:
        """Each schedule with its next three dates and its skipped dates from today on."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            today = local_date(circle, now)
            return [
                (schedule, _nexts(circle, schedule, skips, now), frozenset(d for d in skips if d >= today))
                for schedule, skips in await standing(tx, circle)
            ]

    async def edit(
        self,
        actor: Actor,
        circle_id: CircleId,
        schedule_id: ScheduleId,
        time_text: str | None = None,
        days_text: str | None = None,
    ) -> tuple[Schedule, Schedule]:
        """Changes time and days, from the next due post on; the schedule before and after.

        Raises NoSuchSchedule, BadTime, BadDays, QuietTime, ScheduleExists.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            before = await _schedule(tx, circle_id, schedule_id)
            at = before.time if time_text is None else parse_time(time_text)
            days = before.days if days_text is None else parse_days(days_text)
            check_loud(circle, at)
            after = await retimed(tx, circle, before, at, days, now)
            about = f"{named(before)} → {named(after)}"
            await noted(tx, actor, circle_id, Deed.SCHEDULE_EDITED, now, about)
            await tx.commit()
        return before, after

    async def remove(self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId) -> None:
        """Ends a schedule; what it has posted stays. Raises NoSuchSchedule."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            await tx.schedules.remove(schedule_id, now)
            await noted(tx, actor, circle_id, Deed.SCHEDULE_REMOVED, now, named(schedule))
            await tx.commit()

    async def skip(
        self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, date_text: str | None = None
    ) -> date:
        """Leaves one date out: the next one unless named. Raises NoSuchSchedule, BadDate, NotADueDate."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            day = (await self._meant(tx, circle, schedule, date_text)).date
            await tx.schedules.skip(schedule_id, day)
            await noted(tx, actor, circle_id, Deed.DATE_SKIPPED, now, f"{named(schedule)}: {day}")
            await tx.commit()
        return day

    async def unskip(self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, day: date) -> Schedule:
        """Posts on a skipped date after all. Raises NoSuchSchedule."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            await tx.schedules.unskip(schedule_id, day)
            await noted(tx, actor, circle_id, Deed.DATE_RESTORED, now, f"{named(schedule)}: {day}")
            await tx.commit()
        return schedule

    async def pause(
        self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, until: str | None = None
    ) -> Schedule:
        """Lets one schedule rest, until the beginning of a local date or until it is resumed.

        Raises NoSuchSchedule, BadDate (also for today and days gone by).
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            end = None
            if until is not None:
                day = parse_date(until)
                if day <= local_date(circle, now):
                    raise BadDate(until)
                end = due_at(day, time.min, circle.settings.zone)
            await tx.schedules.pause(schedule_id, Pause(now, end))
            about = named(schedule) + (f", until {until}" if until else "")
            await noted(tx, actor, circle_id, Deed.SCHEDULE_PAUSED, now, about)
            await tx.commit()
        return replace(schedule, pause=Pause(now, end))

    async def resume(self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId) -> Schedule:
        """Ends one schedule's rest, if there is one. Raises NoSuchSchedule."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            await tx.schedules.pause(schedule_id, None)
            await noted(tx, actor, circle_id, Deed.SCHEDULE_RESUMED, now, named(schedule))
            await tx.commit()
        return schedule

    async def preview(
        self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, date_text: str | None = None
    ) -> Post:
        """What will be posted on a date, counting in all that is posted until then, if nothing is changed.

        Raises NoSuchSchedule, BadDate (also for dates too far ahead), NotADueDate, NothingPlanned, HeldBack.
        """
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            due = await self._meant(tx, circle, schedule, date_text)
            if due.at - now > AHEAD:
                raise BadDate(date_text or "")
            found = await self._foreseen(tx, circle, due.at, now)
        mine = next(each for each in found.posts if (each.schedule.id, each.due) == (schedule_id, due))
        if mine.prompt is None:
            reason = mine.reason or Reason.NOTHING_PLANNED
            raise NothingPlanned if reason is Reason.NOTHING_PLANNED else HeldBack(reason)
        return Post(circle, mine.prompt, None)

    async def fortnight(self, actor: Actor, circle_id: CircleId) -> Fortnight:
        """Every post of the next two weeks, named in the actor's language."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return await self._foreseen(tx, circle, now + FORTNIGHT, now, actor.language)

    async def post_now(self, actor: Actor, circle_id: CircleId, kind: Kind) -> PostedNow:
        """Posts the kind's next text at once, and only once however often it is pressed within ONCE_IN.

        Raises CircleClosing, CirclePaused, NothingPlanned, and DeliveryErrors: after Unreachable the post may
        still come, as the claim stands and is settled; after the others it is missed.
        """
        async with self._claiming:
            occurrence, already = await self._by_hand(actor, circle_id, kind)
        if occurrence.state is State.CLAIMED:
            occurrence = await self._dispatch.send(occurrence)
        return PostedNow(occurrence, already)

    async def _by_hand(self, actor: Actor, circle_id: CircleId, kind: Kind) -> tuple[Occurrence, bool]:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            check_open(circle)
            if circle.pause is not None and paused_at(circle, now):
                raise CirclePaused(circle.pause.until)
            before = await tx.occurrences.by_hand_since(circle_id, kind, now - ONCE_IN)
            if before is not None:
                return before, True
            day = local_date(circle, now)
            outlook = await outlook_of(tx, self._content, circle, day, day, kind)
            prompt = outlook.text(kind, day)
            if prompt is None:
                raise NothingPlanned
            made = await tx.occurrences.claim(circle_id, None, kind, day, now, prompt.id, State.CLAIMED, now)
            await noted(tx, actor, circle_id, Deed.POSTED_BY_HAND, now, kind)
            await tx.commit()
        if made is None:
            raise NothingPlanned  # cannot be: a post by hand has no key that could be taken
        return made, False

    async def _meant(self, tx: Reading, circle: Circle, schedule: Schedule, date_text: str | None) -> Due:
        now, zone = self._clock.now(), circle.settings.zone
        skips = await tx.schedules.skips(schedule.id)
        if date_text is None:
            return next(due for due in coming(schedule, zone, skips) if due.at > now)
        day = parse_date(date_text)
        moment = timedelta(microseconds=1)
        due = next_due(schedule.days, schedule.time, zone, after=due_at(day, schedule.time, zone) - moment)
        over = due.at <= now or (schedule.next is not None and due.at < schedule.next.at)
        if due.date != day or over:
            raise NotADueDate([each.date.isoformat() for each in _nexts(circle, schedule, skips, now)])
        return due

    async def _foreseen(
        self,
        tx: Reading,
        circle: Circle,
        until: datetime,
        now: datetime,
        language: Language | None = None,
    ) -> Fortnight:
        first, last = local_date(circle, now), until.astimezone(circle.settings.zone).date()
        outlook = await outlook_of(tx, self._content, circle, first, last, language=language)
        posts = outlook.foreseen(await standing(tx, circle), until)
        return Fortnight(circle, tuple(posts), dict(outlook.holidays), until)


def _nexts(circle: Circle, schedule: Schedule, skips: frozenset[date], now: datetime) -> list[Due]:
    dues = (due for due in coming(schedule, circle.settings.zone, skips) if due.at > now)
    return list(islice(dues, SHOWN))


async def _schedule(tx: Reading, circle_id: CircleId, schedule_id: ScheduleId) -> Schedule:
    schedule = await tx.schedules.get(schedule_id)
    if schedule.circle != circle_id:
        raise NoSuchSchedule
    return schedule
