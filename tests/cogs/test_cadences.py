"""How often, in words: what a form shows in a language is what it takes there, and English everywhere."""

from datetime import date

import pytest

from bot.domain.commitments import COMES_UP, EVERY_DAY, Cadence, Rhythm, parse_cadence, spoken_cadence
from bot.domain.languages import Language
from cogs.cadences import WAYS, in_english, said, typed
from cogs.speech import speaking

ALL = (*WAYS, *(Cadence(Rhythm.TIMES, times=n) for n in range(1, 7)))
ALL_DAYS = [Cadence(Rhythm.DAYS, days=frozenset({n, n + 1, 7})) for n in range(1, 6)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("cadence", [*ALL, *ALL_DAYS], ids=spoken_cadence)
def test_what_a_form_shows_is_read_back_as_the_same(language: Language, cadence: Cadence) -> None:
    with speaking(language):
        assert parse_cadence(in_english(typed(cadence))) == cadence


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("cadence", ALL, ids=spoken_cadence)
def test_english_is_read_everywhere(language: Language, cadence: Cadence) -> None:
    with speaking(language):
        assert parse_cadence(in_english(spoken_cadence(cadence))) == cadence


@pytest.mark.parametrize(
    ("language", "given"),
    [
        (Language.DE, "Mo., Mittwoch"),
        (Language.DE, "mittwoch montag"),
        (Language.ES, "LUN, miércoles"),
        (Language.ES, "lunes; mie"),
        (Language.EN, "mon,wed"),
    ],
)
def test_weekdays_are_read_in_short_and_in_full(language: Language, given: str) -> None:
    with speaking(language):
        assert parse_cadence(in_english(given)).days == {1, 3}


def test_in_english_a_card_says_what_it_always_said() -> None:
    days = Cadence(Rhythm.DAYS, days=frozenset({1, 3, 5}))
    once = Cadence(Rhythm.ONCE, on=date(2026, 12, 24))
    told = [said(each) for each in (EVERY_DAY, WAYS[2], days, WAYS[3], once, COMES_UP)]
    assert told == [
        "daily",
        "mon and wed",
        "mon, wed, fri",
        "3 a week",
        "on Thursday 24 December 2026",
        "when it comes up",
    ]
