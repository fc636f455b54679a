"""A circle's plan: which theme holds which week. Weeks are laid, swapped, skipped and moved; none overlap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.domain.ids import ThemeId
from bot.domain.plan_errors import (
    NoSuchWeek,
    PlanInPast,
    PlanOverlaps,
    PlanTooLong,
    SameWeek,
    SettlingWeek,
    WeekBegun,
)
from bot.domain.prompts import ThemeRef

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
MOST_WEEKS = 104  # two years; a longer plan is a slip, and would not fit a calendar
SETTLING = 4  # the first weeks of the curriculum keep their order (content/themes.yaml, head)
MONDAY = 1  # ISO weekday


class Skip(StrEnum):
    """What becomes of the weeks around one that is skipped."""

    STAY = "stay"  # that week goes without a theme; all others keep their dates
    MOVE_UP = "move-up"  # the theme is left out; the later ones come a week earlier
    MOVE_BACK = "move-back"  # that week goes without a theme; it and the later ones come a week later


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local dates from `start` under one theme; a skipped one keeps its place and posts none of it."""

    start: date
    theme: ThemeRef
    skipped: bool = False

    @property
    def last(self) -> date:
        """Its seventh day."""
        return self.start + WEEK - DAY

    def holds(self, day: date) -> bool:
        """Whether the date is one of its seven."""
        return self.start <= day <= self.last

    def number_of(self, day: date) -> int:
        """1 on its first day to 7 on its last."""
        return (day - self.start).days + 1

    def begun(self, today: date) -> bool:
        """Whether its first day has come."""
        return self.start <= today


@dataclass(frozen=True, slots=True)
class Plan:
    """The weeks in order. ValueError where they overlap or stand out of order."""

    weeks: tuple[Week, ...] = ()

    def __post_init__(self) -> None:
        if any(later.start - earlier.start < WEEK for earlier, later in pairwise(self.weeks)):
            raise ValueError("weeks overlap or stand out of order")

    def at(self, day: date) -> Week | None:
        """The week that holds the date, skipped or not."""
        return next((week for week in self.weeks if week.holds(day)), None)

    def starting(self, start: date) -> Week:
        """The week of this first day. Raises NoSuchWeek."""
        for week in self.weeks:
            if week.start == start:
                return week
        raise NoSuchWeek

    def after(self, day: date) -> tuple[Week, ...]:
        """The weeks that begin after the date."""
        return tuple(week for week in self.weeks if week.start > day)

    def number_of(self, day: date) -> int:
        """Which of the held weeks the date lies in, from 1 on; 0 where it lies in none."""
        held = [week for week in self.weeks if not week.skipped and week.start <= day]
        return len(held) if held and held[-1].holds(day) else 0

    @property
    def last(self) -> date | None:
        """The last day of the last week that is held."""
        held = [week.last for week in self.weeks if not week.skipped]
        return held[-1] if held else None


def first_start(day: date, weekday: int) -> date:
    """The first date from `day` on that is this ISO weekday."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def laid(plan: Plan, themes: Sequence[ThemeRef], start: date, weekday: int, today: date) -> Plan:
    """The plan with these themes week by week, the first from the first such weekday on from `start`.

    Raises PlanInPast, PlanTooLong, and PlanOverlaps where a date has a theme already.
    """
    if start < today:
        raise PlanInPast(start, today)
    first = first_start(start, weekday)
    return merged(plan, [Week(first + number * WEEK, theme) for number, theme in enumerate(themes)])


def merged(plan: Plan, weeks: Sequence[Week]) -> Plan:
    """The plan with these weeks too. Raises PlanOverlaps, PlanTooLong."""
    for week in weeks:
        clash = plan.at(week.start) or plan.at(week.last)
        if clash is not None:
            raise PlanOverlaps(week.start, clash.start)
    if len(plan.weeks) + len(weeks) > MOST_WEEKS:
        raise PlanTooLong(MOST_WEEKS)
    return Plan(tuple(sorted((*plan.weeks, *weeks), key=lambda week: week.start)))


def swapped(plan: Plan, one: date, other: date, today: date, settling: Collection[ThemeId] = ()) -> Plan:
    """The plan with the themes of two coming weeks exchanged; a skip stays with its theme.

    Raises NoSuchWeek, SameWeek, WeekBegun, and SettlingWeek for the themes that keep their order.
    """
    first, second = plan.starting(one), plan.starting(other)
    if one == other:
        raise SameWeek
    for week in (first, second):
        _check_coming(week, today)
        if week.theme.id in settling:
            raise SettlingWeek(week.start)
    put = {one: replace(second, start=one), other: replace(first, start=other)}
    return Plan(tuple(put.get(week.start, week) for week in plan.weeks))


def skipped(plan: Plan, start: date, how: Skip, today: date) -> Plan:
    """The plan with a week skipped; the running one can only STAY. Raises NoSuchWeek, WeekBegun."""
    week = plan.starting(start)
    if how is Skip.STAY:
        if week.last < today:
            raise WeekBegun(start)
        return _with(plan, replace(week, skipped=True))
    _check_coming(week, today)
    if how is Skip.MOVE_BACK:
        return _moved(plan.weeks, start, WEEK)
    return _moved([each for each in plan.weeks if each.start != start], start, -WEEK)


def restored(plan: Plan, start: date, today: date) -> Plan:
    """The plan with a skipped week held after all. Raises NoSuchWeek; WeekBegun where it is over."""
    week = plan.starting(start)
    if week.last < today:
        raise WeekBegun(start)
    return _with(plan, replace(week, skipped=False))


def repeated(plan: Plan, start: date, today: date) -> Plan:
    """The plan with a week's theme held once more right after it; the later ones come a week later.

    Raises NoSuchWeek, PlanTooLong; WeekBegun where it is over.
    """
    week = plan.starting(start)
    if week.last < today:
        raise WeekBegun(start)
    again = Week(start + WEEK, week.theme)
    return merged(_moved(plan.weeks, start + DAY, WEEK), [again])


def rethemed(plan: Plan, start: date, theme: ThemeRef, today: date) -> Plan:
    """The plan with another theme (or another version of it) on a week that is not over. As `restored`."""
    week = plan.starting(start)
    if week.last < today:
        raise WeekBegun(start)
    return _with(plan, replace(week, theme=theme))


def cleared(plan: Plan, today: date) -> Plan:
    """The plan without the weeks that have not begun."""
    return Plan(tuple(week for week in plan.weeks if week.begun(today)))


@dataclass(frozen=True, slots=True)
class Change:
    """One week that differs between two plans; None where it is not there."""

    start: date
    before: Week | None
    after: Week | None


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """What differs, by date."""
    old, new = ({week.start: week for week in plan.weeks} for plan in (before, after))
    return tuple(
        Change(start, old.get(start), new.get(start))
        for start in sorted({*old, *new})
        if old.get(start) != new.get(start)
    )


def _check_coming(week: Week, today: date) -> None:
    if week.begun(today):
        raise WeekBegun(week.start)


def _with(plan: Plan, changed: Week) -> Plan:
    return Plan(tuple(changed if week.start == changed.start else week for week in plan.weeks))


def _moved(weeks: Sequence[Week], since: date, by: timedelta) -> Plan:
    moved = tuple(replace(week, start=week.start + by) if week.start >= since else week for week in weeks)
    return Plan(moved)
