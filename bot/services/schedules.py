"""Facilitators plan the circle's recurring posts, see them before anyone else does, and post by hand.

Export and forgetting: nothing here is about a member.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.choice import next_prompt
from bot.domain.circles import Circle, local_date, paused_at
from bot.domain.errors import BadDate, CirclePaused, NoSuchSchedule, NotADueDate, NothingPlanned
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.occurrences import Occurrence, State
from bot.domain.prompts import Content, Prompt
from bot.domain.schedules import (
    Due,
    Kind,
    Schedule,
    due_at,
    dues_between,
    next_due,
    next_dues,
    parse_date,
    parse_days,
    parse_time,
)
from bot.services._claims import first_day, planned
from bot.services.access import facilitated
from bot.services.dispatch import Dispatch
from bot.services.messenger import Post
from storage import Storage
from storage.transaction import Reading

SHOWN = 3  # next dates of each schedule (surface: /schedule list)
ONCE_IN = timedelta(seconds=60)  # pressed again within this, the post by hand that is there is meant
AHEAD = timedelta(days=366)  # how far a preview looks

Listed = tuple[Schedule, list[Due], frozenset[date]]


@dataclass(frozen=True, slots=True)
class PostedNow:
    """The post by hand; `already` where it was there, or on its way, before this press."""

    occurrence: Occurrence
    already: bool


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
        """Adds a recurring post in the circle's zone. Raises BadTime, BadDays, ScheduleExists."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            at, days = parse_time(time_text), parse_days(days_text)
            due = next_due(days, at, circle.settings.zone, after=now)
            schedule = await tx.schedules.add(circle_id, kind, at, days, now, due)
            await tx.commit()
        return schedule

    async def list(self, actor: Actor, circle_id: CircleId) -> list[Listed]:
        """Each schedule with its next three dates and its skipped dates from today on."""
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            today = local_date(circle, now)
            listed = []
            for schedule in await tx.schedules.of_circle(circle_id):
                skips = await tx.schedules.skips(schedule.id)
                nexts = next_dues(
                    schedule.days, schedule.time, circle.settings.zone, after=now, count=SHOWN, skips=skips
                )
                listed.append((schedule, nexts, frozenset(day for day in skips if day >= today)))
        return listed

    async def remove(self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId) -> None:
        """Ends a schedule; what it has posted stays. Raises NoSuchSchedule."""
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            await _schedule(tx, circle_id, schedule_id)
            await tx.schedules.remove(schedule_id, self._clock.now())
            await tx.commit()

    async def skip(
        self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, date_text: str | None = None
    ) -> date:
        """Leaves one date out: the next one unless named. Raises NoSuchSchedule, BadDate, NotADueDate."""
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            due = await self._meant(tx, circle, schedule, date_text)
            await tx.schedules.skip(schedule_id, due.date)
            await tx.commit()
        return due.date

    async def preview(
        self, actor: Actor, circle_id: CircleId, schedule_id: ScheduleId, date_text: str | None = None
    ) -> Post:
        """What will be posted on a date, counting in all that is posted until then, if nothing is changed.

        Raises NoSuchSchedule, BadDate (also for dates more than a year ahead), NotADueDate, NothingPlanned.
        """
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            schedule = await _schedule(tx, circle_id, schedule_id)
            due = await self._meant(tx, circle, schedule, date_text)
            if date_text is not None and due.at - now > AHEAD:
                raise BadDate(date_text)
            prompt = await self._foreseen(tx, circle, schedule, due, now)
        if prompt is None:
            raise NothingPlanned
        return Post(circle, prompt, None)

    async def post_now(self, actor: Actor, circle_id: CircleId, kind: Kind) -> PostedNow:
        """Posts the kind's next text at once, and only once however often it is pressed within ONCE_IN.

        Raises CirclePaused, NothingPlanned, and DeliveryErrors: after Unreachable the post may still come, as
        the claim stands and is settled; after the others it is missed.
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
            if circle.pause is not None and paused_at(circle, now):
                raise CirclePaused(circle.pause.until)
            before = await tx.occurrences.by_hand_since(circle_id, kind, now - ONCE_IN)
            if before is not None:
                return before, True
            day = local_date(circle, now)
            prompt = await planned(tx, self._content, circle, kind, day)
            if prompt is None:
                raise NothingPlanned
            made = await tx.occurrences.claim(circle_id, None, kind, day, now, prompt.id, State.CLAIMED, now)
            await tx.commit()
        if made is None:
            raise NothingPlanned  # cannot be: a post by hand has no key that could be taken
        return made, False

    async def _meant(self, tx: Reading, circle: Circle, schedule: Schedule, date_text: str | None) -> Due:
        now = self._clock.now()
        zone = circle.settings.zone
        skips = await tx.schedules.skips(schedule.id)
        if date_text is None:
            return next_due(schedule.days, schedule.time, zone, after=now, skips=skips)
        day = parse_date(date_text)
        moment = timedelta(microseconds=1)
        due = next_due(schedule.days, schedule.time, zone, after=due_at(day, schedule.time, zone) - moment)
        if due.date != day or due.at <= now:
            nexts = next_dues(schedule.days, schedule.time, zone, after=now, count=SHOWN, skips=skips)
            raise NotADueDate([each.date.isoformat() for each in nexts])
        return due

    async def _foreseen(
        self, tx: Reading, circle: Circle, schedule: Schedule, due: Due, now: datetime
    ) -> Prompt | None:
        """Walks through all posts of the kind that come before, as each uses up its text."""
        before = [
            (each.at, each.date)
            for other in await tx.schedules.of_circle(circle.id)
            if other.kind is schedule.kind
            for each in dues_between(
                other.days,
                other.time,
                circle.settings.zone,
                after=now,
                until=due.at,
                skips=await tx.schedules.skips(other.id),
            )
            if (each.at, other.id) < (due.at, schedule.id)
        ]
        used = await tx.occurrences.used_prompts(circle.id, schedule.kind)
        start = first_day(circle)
        for _, day in sorted(before):
            prompt = next_prompt(schedule.kind, self._content, day=day, first_day=start, used=used)
            used += [prompt.id] if prompt is not None else []
        return next_prompt(schedule.kind, self._content, day=due.date, first_day=start, used=used)


async def _schedule(tx: Reading, circle_id: CircleId, schedule_id: ScheduleId) -> Schedule:
    schedule = await tx.schedules.get(schedule_id)
    if schedule.circle != circle_id:
        raise NoSuchSchedule
    return schedule
