"""When what would come within quiet hours may come instead."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.circles import QuietHours
from bot.domain.schedules import due_at


def quiet_until(quiet: QuietHours | None, zone: ZoneInfo, at: datetime) -> datetime | None:
    """The end of the quiet hours that are on at an instant; None where there are none."""
    local = at.astimezone(zone)
    if quiet is None or not quiet.hold(local.time()):
        return None
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    return due_at(day, quiet.end, zone)
