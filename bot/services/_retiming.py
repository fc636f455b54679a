"""A schedule gets another time or other days, in its place: from its next due post on."""

from collections.abc import Collection
from datetime import datetime, time

from bot.domain.circles import Circle
from bot.domain.plan_errors import QuietTime
from bot.domain.schedules import Due, Schedule, next_due
from storage.transaction import Reading, Transaction


async def retimed(
    tx: Transaction, circle: Circle, schedule: Schedule, at: time, days: Collection[int], now: datetime
) -> Schedule:
    """The schedule as it then is. What was posted today already comes at the new time from its next day on.

    Raises ScheduleExists where another one of its kind has that time and those days.
    """
    return await tx.schedules.edit(schedule.id, at, days, await _first(tx, circle, schedule, at, days, now))


def check_loud(circle: Circle, at: time) -> None:
    """Raises QuietTime where posts at this local time would break the circle's quiet hours."""
    quiet = circle.settings.quiet
    if quiet is not None and quiet.hold(at):
        raise QuietTime(at, quiet.start, quiet.end)


async def _first(
    tx: Reading, circle: Circle, schedule: Schedule, at: time, days: Collection[int], now: datetime
) -> Due:
    zone = circle.settings.zone
    due = next_due(days, at, zone, after=now)
    while await tx.occurrences.on(schedule.id, due.date):
        due = next_due(days, at, zone, after=due.at)
    return due
