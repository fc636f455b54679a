"""The slow, obvious oracle: walks through real instants minute by minute and reads the clock on the wall."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.schedules import Due

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def walk(start: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """(instant, wall clock) for each minute from `start` on."""
    instant = start.astimezone(UTC).replace(second=0, microsecond=0)
    while True:
        yield instant, instant.astimezone(zone).replace(tzinfo=None)
        instant += MINUTE


def walked_dues(
    days: Collection[int],
    at: time,
    zone: ZoneInfo,
    *,
    after: datetime,
    until: datetime,
    skips: Collection[date] = (),
) -> Iterator[Due]:
    """A date is due the first time that the wall clock shows its time or later; one never shown is not."""
    start = after - 3 * DAY
    waiting = start.astimezone(zone).date()
    due: dict[date, datetime] = {}
    for instant, wall in walk(start, zone):
        if instant > until:
            return
        while datetime.combine(waiting, at) <= wall:
            due[waiting] = instant
            waiting += DAY
        shown = wall.date()
        for day in [one for one in due if one <= shown]:
            first = due.pop(day)
            if day == shown or was_shown(day, zone):
                wanted = day.isoweekday() in days and day not in skips
                if wanted and after < first <= until:
                    yield Due(day, first)


@cache
def was_shown(day: date, zone: ZoneInfo) -> bool:
    """Whether any minute around this date bears it."""
    noon = datetime.combine(day, time(12), UTC)
    minutes = range(-36 * 60, 36 * 60)
    return any((noon + minute * MINUTE).astimezone(zone).date() == day for minute in minutes)


@cache
def changes(zone: ZoneInfo, year: int) -> tuple[tuple[datetime, timedelta], ...]:
    """(hour after which the offset differs, by how much) in a year, read hour by hour."""
    found = []
    instant = datetime(year, 1, 1, tzinfo=UTC)
    before = instant.astimezone(zone).utcoffset()
    while instant.year == year:
        instant += timedelta(hours=1)
        offset = instant.astimezone(zone).utcoffset()
        if offset != before:
            found.append((instant, offset - before))
            before = offset
    return tuple(found)
