"""How often a commitment is meant to be kept, in words: as it is said, as it is typed, and as that is read.

The domain reads and stores English; a form holds, and takes, the words of its reader's language as well.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list

from bot.domain.commitments import COMES_UP, EVERY_DAY, Cadence, Rhythm, spoken_cadence
from bot.domain.languages import Language
from bot.domain.letters import bare
from bot.domain.schedules import DAILY, DAY_NAMES, WEEKDAYS
from cogs.dates import on_day
from cogs.speech import Phrase, locale, say, several, spoken

WORKDAYS = Cadence(Rhythm.DAYS, days=WEEKDAYS)
TWO_DAYS = Cadence(Rhythm.DAYS, days=frozenset({1, 3}))
THRICE = Cadence(Rhythm.TIMES, times=3)
A_DATE = Cadence(Rhythm.ONCE, on=date(2026, 12, 24))
WAYS = (
    EVERY_DAY,
    WORKDAYS,
    TWO_DAYS,
    THRICE,
    A_DATE,
    COMES_UP,
)  # one of each sort, to show what can be typed
_WHOLE = {DAILY: Phrase("daily"), WEEKDAYS: Phrase("weekdays")}
_OPEN = Phrase("when it comes up")
_FIXED = (EVERY_DAY, WORKDAYS, COMES_UP, *(Cadence(Rhythm.TIMES, times=n) for n in range(1, 7)))
_MONDAY = date(2026, 11, 23)


def said(cadence: Cadence) -> str:
    """As a card has it, such as `mon and wed`."""
    if cadence.on is not None:
        return say("on {day}", day=on_day(cadence.on))
    if cadence.rhythm is Rhythm.DAYS and len(cadence.days) == 2:
        return format_list(_days(cadence), locale=locale())
    return typed(cadence)


def typed(cadence: Cadence) -> str:
    """As it stands in a form, such as `mon, wed`; `in_english` reads it back."""
    if cadence.rhythm is Rhythm.TIMES:
        return several("once a week", "{n} a week", cadence.times)
    if cadence.rhythm is Rhythm.DAYS:
        whole = _WHOLE.get(cadence.days)
        return whole() if whole else ", ".join(_days(cadence))
    return cadence.on.isoformat() if cadence.on else _OPEN()


def in_english(given: str) -> str:
    """What was typed, for `parse_cadence`; as it is where it is English or nothing that we know."""
    if spoken() is Language.EN:
        return given
    plain = _plain(given)
    for cadence in _FIXED:
        if plain == _plain(typed(cadence)):
            return spoken_cadence(cadence)
    names, words = _names(), [word for word in re.split(r"[\s,;.]+", plain) if word]
    if words and all(word in names for word in words):
        return ", ".join(names[word] for word in words)
    return given


def _days(cadence: Cadence) -> list[str]:
    if spoken() is Language.EN:
        return [DAY_NAMES[day - 1] for day in sorted(cadence.days)]
    return [_named(day - 1, "ccc") for day in sorted(cadence.days)]


def _names() -> Mapping[str, str]:
    """The weekdays' long and short names to English ones."""
    return {
        _plain(_named(n, form)).strip("."): english
        for n, english in enumerate(DAY_NAMES)
        for form in ("ccc", "cccc")
    }


def _named(day: int, form: str) -> str:
    return format_date(_MONDAY + timedelta(days=day), form, locale=locale())


def _plain(given: str) -> str:
    """However it was typed: without the blanks that are too many, too."""
    return " ".join(bare(given).split())
