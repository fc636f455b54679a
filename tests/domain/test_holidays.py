"""Holidays are named in the language that is asked for, where somebody has put them into it."""

from datetime import date

import pytest

from bot.domain.holidays import holidays_between
from bot.domain.languages import Language

NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("region", "language", "named"),
    [
        ("DE", Language.EN, "New Year's Day"),
        ("DE", Language.DE, "Neujahr"),
        ("DE", Language.ES, "New Year's Day"),
        ("ES", Language.ES, "Año Nuevo"),
    ],
)
def test_a_holiday_has_its_name_in_the_language_or_in_english(
    region: str, language: Language, named: str
) -> None:
    assert holidays_between(region, NEW_YEAR, NEW_YEAR, language) == {NEW_YEAR: named}
