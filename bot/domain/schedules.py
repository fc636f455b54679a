"""Recurring posts: a kind, a local time, weekdays; and when they are due, once on each local date."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.domain.errors import BadDate, BadDays, BadTime
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.pauses import Pause

MAX_LATENESS = timedelta(hours=2)  # a later post is not sent but recorded as missed
WEEKDAYS = frozenset(range(1, 6))  # ISO weekdays, Monday to Friday
DAILY = frozenset(range(1, 8))
YEARS = range(2000, 3000)  # a date outside is a slip of the finger, and far ones overflow in other zones
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a schedule posts."""

    CHECK_IN = "check-in"
    BOUNDARY = "boundary"
    THEME = "theme"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class Due:
    """The next post of a schedule: the local date is its key, the instant (UTC) is when."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring post in the circle's zone. `days` holds ISO weekdays, 1 (Monday) to 7."""

    id: ScheduleId
    circle: CircleId
    kind: Kind
    time: time
    days: frozenset[int]
    added_at: datetime
    next: Due | None
    pause: Pause | None = None  # of this one alone


def parse_time(text: str) -> time:
    """A local time from `9:05` or `09:05`. Raises BadTime."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadTime(text)
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise BadTime(text) from None


def parse_date(text: str) -> date:
    """A date from `2026-03-29`, in the years 2000 to 2999. Raises BadDate."""
    found = _DATE.fullmatch(text.strip())
    if found is None or int(found[1]) not in YEARS:
        raise BadDate(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise BadDate(text) from None


def parse_days(text: str) -> frozenset[int]:
    """ISO weekdays from `daily`, `weekdays` or names such as `mon,wed` or `Monday Friday`. Raises BadDays."""
    words = re.split(r"[\s,;]+", text.strip().lower().strip(",;"))
    if words == ["daily"]:
        return DAILY
    if words == ["weekdays"]:
        return WEEKDAYS
    days = set()
    for word in words:
        if word in DAY_NAMES:
            days.add(DAY_NAMES.index(word) + 1)
        elif word in _FULL_NAMES:
            days.add(_FULL_NAMES.index(word) + 1)
        else:
            raise BadDays(text)
    return frozenset(days)


def spoken_days(days: Collection[int]) -> str:
    """`daily`, `weekdays`, or names in the week's order: `mon, wed`; `parse_days` reads it back."""
    if frozenset(days) == DAILY:
        return "daily"
    if frozenset(days) == WEEKDAYS:
        return "weekdays"
    return ", ".join(DAY_NAMES[day - 1] for day in sorted(days))


def named(schedule: Schedule) -> str:
    """The name by which a schedule is shown and chosen, such as "check-in, daily at 09:00"."""
    return f"{schedule.kind.value}, {spoken_days(schedule.days)} at {schedule.time:%H:%M}"


def due_at(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a local time: in a gap the first one after it, in a fold the first of the two."""
    local = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return instant
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    # PEP 495: in a gap fold=1 reads the clock of after the change, and so lands before it; fold=0 after.
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    changed = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())  # changes come at whole seconds
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == changed:
            high = middle
        else:
            low = middle + 1
    return (before + timedelta(seconds=high)).replace(microsecond=0)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone's calendar has this date: Pacific/Apia went from 29 to 31 December 2011."""
    return due_at(day, time.min, zone).astimezone(zone).date() == day


def dues(
    days: Collection[int], at: time, zone: ZoneInfo, *, after: datetime, skips: Collection[date] = ()
) -> Iterator[Due]:
    """All dues strictly after `after`, without end, instants strictly increasing.

    Each local date comes once, whatever the clocks do. A date that the zone's calendar leaves out is not due:
    nobody there could wait for it. ValueError where `days` is empty or `after` is naive.
    """
    if not DAILY.intersection(days) or after.tzinfo is None:
        raise ValueError("dues need a weekday and an aware instant")
    day = after.astimezone(zone).date() - _DAY  # a time in a gap before midnight is due on the morrow
    while True:
        if day.isoweekday() in days and day not in skips:
            instant = due_at(day, at, zone)
            if instant > after and (instant.astimezone(zone).date() == day or exists(day, zone)):
                yield Due(day, instant)
        day += _DAY


def next_due(
    days: Collection[int], at: time, zone: ZoneInfo, *, after: datetime, skips: Collection[date] = ()
) -> Due:
    """The first due strictly after `after`; see `dues`."""
    return next(dues(days, at, zone, after=after, skips=skips))


def next_dues(
    days: Collection[int],
    at: time,
    zone: ZoneInfo,
    *,
    after: datetime,
    count: int,
    skips: Collection[date] = (),
) -> list[Due]:
    """The first `count` dues strictly after `after`; see `dues`."""
    return list(islice(dues(days, at, zone, after=after, skips=skips), count))


def coming(schedule: Schedule, zone: ZoneInfo, skips: Collection[date] = ()) -> Iterator[Due]:
    """The schedule's dues from its next one on, without end; none where it has none."""
    if schedule.next is None:
        return
    if schedule.next.date not in skips:
        yield schedule.next
    yield from dues(schedule.days, schedule.time, zone, after=schedule.next.at, skips=skips)


def dues_between(
    days: Collection[int],
    at: time,
    zone: ZoneInfo,
    *,
    after: datetime,
    until: datetime,
    skips: Collection[date] = (),
) -> list[Due]:
    """The dues strictly after `after` and not after `until`; see `dues`."""
    coming = dues(days, at, zone, after=after, skips=skips)
    return list(takewhile(lambda due: due.at <= until, coming))


def is_late(due: Due | datetime, now: datetime) -> bool:
    """Whether a post is too late to be sent: more than MAX_LATENESS after it was due."""
    return now - (due.at if isinstance(due, Due) else due) > MAX_LATENESS
