"""Public holidays of a country, from the `holidays` library; nothing is fetched."""

from datetime import date
from functools import lru_cache

from bot.domain.languages import Language
from bot.domain.plan_errors import NoHolidays

ENGLISH = "en_US"  # also where a country's are not known in another language
KEPT = 64  # countries and years, in a language, held ready: each is a table of some dozen dates


def holidays_between(
    region: str, first: date, last: date, language: Language = Language.EN
) -> dict[date, str]:
    """The nation-wide holidays from `first` to `last`, by date, named in the language where the library can.

    `region` is ISO 3166-1 alpha-2. Raises NoHolidays where the library knows none of that country.
    """
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= {day: name for day, name in _of(region, year, language).items() if first <= day <= last}
    return dict(sorted(found.items()))


@lru_cache(maxsize=KEPT)
def _of(region: str, year: int, language: Language) -> dict[date, str]:
    import holidays  # a tenth of a second and some MiB, for circles that want them alone

    try:
        found = holidays.country_holidays(region, years=year, language=ENGLISH)
        if language is not Language.EN and language in found.supported_languages:
            found = holidays.country_holidays(region, years=year, language=language.value)
    except NotImplementedError:  # so the library says that it knows no such country
        raise NoHolidays(region) from None
    return dict(found.items())
