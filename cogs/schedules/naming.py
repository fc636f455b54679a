"""How a recurring post is named: the same in lists, in answers, and as a choice that is offered."""

from collections.abc import Collection

from bot.domain.schedules import DAILY, WEEKDAYS, Kind, Schedule
from cogs.speech import Phrase, say

KIND_NAMES = {  # as they are offered; `cogs.reasons` has them for sentences
    Kind.CHECK_IN: Phrase("check-in"),
    Kind.BOUNDARY: Phrase("boundary"),
    Kind.THEME: Phrase("theme"),
    Kind.REFLECTION: Phrase("reflection"),
}
SHORT_DAYS = (  # ISO weekdays, from Monday
    Phrase("mon"),
    Phrase("tue"),
    Phrase("wed"),
    Phrase("thu"),
    Phrase("fri"),
    Phrase("sat"),
    Phrase("sun"),
)


def name_of(schedule: Schedule) -> str:
    """Such as "check-in, daily at 09:00" or "theme, mon, thu at 08:50"."""
    return say(
        "{kind}, {days} at {time}",
        kind=KIND_NAMES[schedule.kind],
        days=_days(schedule.days),
        time=f"{schedule.time:%H:%M}",
    )


def _days(days: Collection[int]) -> str:
    if frozenset(days) == DAILY:
        return say("daily")
    if frozenset(days) == WEEKDAYS:
        return say("weekdays")
    return ", ".join(str(SHORT_DAYS[day - 1]) for day in sorted(days))
