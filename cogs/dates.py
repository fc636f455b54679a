"""Local dates and weekdays as they are said everywhere."""

from datetime import date

WEEKDAYS = {  # by their short names, in the week's order
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def on_day(day: date) -> str:
    """Such as "Monday 23 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_day(day: date, *, year: bool = False) -> str:
    """Such as "Mon 23 Nov", with the year where it is wanted."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if year else "")
