"""The name by which a schedule is shown and chosen."""

from bot.domain.schedules import Schedule, spoken_days


def named(schedule: Schedule) -> str:
    """Such as "check-in, daily at 09:00"."""
    return f"{schedule.kind.value}, {spoken_days(schedule.days)} at {schedule.time:%H:%M}"
