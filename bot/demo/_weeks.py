"""Twelve weeks in some minutes: the clock jumps from one due post to the next; nothing else is different."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import Trellis
from bot.demo._cast import PATIENCE, Cast
from bot.demo._clock import DemoClock
from bot.demo._stage import ZONE, Stage
from bot.domain.accounts import Platform
from bot.domain.plans import Plan
from bot.domain.schedules import Schedule, due_at
from bot.services.care import Care

MONDAY = 1
BEGINNING, TOO_LATE = time(8, 30), time(8, 45)  # of a Monday, for a plan whose first post comes at 8:50
LOOK = 0.02  # seconds between two looks at what is not settled yet


@dataclass(frozen=True, slots=True)
class _Due:
    """What comes next: when, on which local date, and by which schedules."""

    at: datetime
    day: date
    schedules: tuple[Schedule, ...]


class Weeks:
    """Plays a circle's plan at the pace of `pace` seconds for each post."""

    def __init__(self, trellis: Trellis, clock: DemoClock, stage: Stage, cast: Cast, pace: float) -> None:
        self._trellis = trellis
        self._clock = clock
        self._stage = stage
        self._cast = cast
        self._pace = pace
        self._care = Care(trellis.storage, clock, trellis.services.content)

    async def begin(self) -> None:
        """Before anything recurs, no post can be missed: a new demo begins on its Monday."""
        if await self._next() is None:
            self._clock.forward(due_at(coming_monday(self._clock.now()), BEGINNING, ZONE))

    async def play(self, console: Console) -> None:
        """From where the plan stands to its last post; a circle without one gets it from Monday on."""
        if not (await self._plan()).weeks:
            monday = coming_monday(self._clock.now())
            await self._pass(due_at(monday, BEGINNING, ZONE))
            await self._cast.lay_plan(monday)
        with _bar(console) as bar:
            task = bar.add_task("")
            while (due := await self._next()) is not None:
                plan = await self._plan()  # each time: a person at the page may change it meanwhile
                if plan.last is None or due.day > plan.last:
                    return
                first = plan.weeks[0].start
                total, done = (plan.last - first).days + 1, (due.day - first).days
                bar.update(task, description=_label(plan, due), total=total, completed=max(done, 0))
                await self._come_to(due.at)
                await asyncio.sleep(self._pace)

    async def _pass(self, to: datetime) -> None:
        """Goes on to an instant; what is due until then is posted in its time."""
        while (due := await self._next()) is not None and due.at <= to:
            await self._come_to(due.at)
        self._clock.forward(to)

    async def _come_to(self, at: datetime) -> None:
        """Moves the clock, and waits for all that Trellis and the members do by themselves at that time."""
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

    async def _next(self) -> _Due | None:
        async with self._trellis.storage.read() as tx:
            at = await tx.schedules.next_at()
            if at is None:
                return None
            schedules = await tx.schedules.due(at, 10)
        return _Due(at, at.astimezone(ZONE).date(), tuple(schedules))

    async def _plan(self) -> Plan:
        async with self._trellis.storage.read() as tx:
            circle = await tx.circles.at_channel(Platform.DISCORD, self._stage.home.id)
            return await tx.plans.of(circle.id) if circle is not None else Plan()


def coming_monday(now: datetime) -> date:
    """The first Monday on which a plan can still begin; today, where it is one."""
    day = now.astimezone(ZONE).date()
    while day.isoweekday() != MONDAY or due_at(day, TOO_LATE, ZONE) < now:
        day += timedelta(days=1)
    return day


def _label(plan: Plan, due: _Due) -> str:
    kinds = " and ".join(sorted({schedule.kind.value for schedule in due.schedules}))
    held = sum(not week.skipped for week in plan.weeks)
    number = plan.number_of(due.day)
    week = f"week {number} of {held}" if number else "before the plan"
    return f"{week} · {due.day:%A} {due.day.day} {due.day:%B} · {kinds}"


def _bar(console: Console) -> Progress:
    return Progress(
        BarColumn(24),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
