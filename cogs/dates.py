"""Local dates and weekdays as they are said everywhere, in the language that is spoken."""

from datetime import date

from babel.dates import format_date, format_skeleton

from bot.domain.languages import Language
from cogs.speech import Phrase, locale, spoken

WEEKDAYS = {  # by their short names, in the week's order
    "mon": Phrase("Monday"),
    "tue": Phrase("Tuesday"),
    "wed": Phrase("Wednesday"),
    "thu": Phrase("Thursday"),
    "fri": Phrase("Friday"),
    "sat": Phrase("Saturday"),
    "sun": Phrase("Sunday"),
}


def on_day(day: date) -> str:
    """Such as "Monday 23 November 2026"."""
    return written(day, "EEEE d MMMM y", "yMMMMEEEEd")


def short_day(day: date, *, year: bool = False) -> str:
    """Such as "Mon 23 Nov", with the year where it is wanted."""
    return written(day, "EEE d MMM y", "yMMMEd") if year else written(day, "EEE d MMM", "MMMEd")


def month_day(day: date) -> str:
    """Such as "23 Nov"."""
    return written(day, "d MMM", "MMMd")


def plain_day(day: date) -> str:
    """Such as "23 Nov 2026"."""
    return written(day, "d MMM y", "yMMMd")


def written(day: date, english: str, skeleton: str) -> str:
    """In English without commas; in other languages as is usual there (Unicode's skeletons)."""
    if spoken() is Language.EN:
        return format_date(day, english, locale="en")
    return format_skeleton(skeleton, day, locale=locale())
