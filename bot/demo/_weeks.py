"""Twelve weeks in some minutes: a whole plan, a post at a time."""

import asyncio
from datetime import date, datetime, time, timedelta

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import Trellis
from bot.demo._cast import Cast
from bot.demo._clock import DemoClock
from bot.demo._passing import Due, Passing
from bot.demo._stage import ZONE, Stage
from bot.domain.accounts import Platform
from bot.domain.plans import Plan
from bot.domain.schedules import due_at

MONDAY = 1
BEGINNING, TOO_LATE = time(8, 30), time(8, 45)  # of a Monday, for a plan whose first post comes at 8:50


class Weeks:
    """Plays a circle's plan at the pace of `pace` seconds for each post."""

    def __init__(self, trellis: Trellis, clock: DemoClock, stage: Stage, cast: Cast, pace: float) -> None:
        self._trellis = trellis
        self._clock = clock
        self._stage = stage
        self._cast = cast
        self._pace = pace
        self._passing = Passing(trellis, clock, cast)

    async def begin(self) -> None:
        """Before anything recurs, no post can be missed: a new demo begins on its Monday."""
        if await self._passing.next() is None:
            self._clock.forward(due_at(coming_monday(self._clock.now()), BEGINNING, ZONE))

    async def play(self, console: Console) -> None:
        """From where the plan stands to its last post; a circle without one gets it from Monday on."""
        if not (await self._plan()).weeks:
            monday = coming_monday(self._clock.now())
            await self._passing.until(due_at(monday, BEGINNING, ZONE))
            await self._cast.lay_plan(monday)
        with _bar(console) as bar:
            task = bar.add_task("")
            while (due := await self._passing.next()) is not None:
                plan = await self._plan()  # each time: a person at the page may change it meanwhile
                if plan.last is None or due.day > plan.last:
                    return
                first = plan.weeks[0].start
                total, done = (plan.last - first).days + 1, (due.day - first).days
                bar.update(task, description=_label(plan, due), total=total, completed=max(done, 0))
                await self._passing.come_to(due.at)
                await asyncio.sleep(self._pace)

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


def _label(plan: Plan, due: Due) -> str:
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
