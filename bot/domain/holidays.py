"""Public holidays of a country, from the `holidays` library; nothing is fetched."""

from datetime import date
from functools import lru_cache

from bot.domain.plan_errors import NoHolidays

ENGLISH = "en_US"
KEPT = 64  # countries and years held ready: each is a table of some dozen dates


def holidays_between(region: str, first: date, last: date) -> dict[date, str]:
    """The nation-wide holidays from `first` to `last`, by date, named in English where the library can.

    `region` is ISO 3166-1 alpha-2. Raises NoHolidays where the library knows none of that country.
    """
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= {day: name for day, name in _of(region, year).items() if first <= day <= last}
    return dict(sorted(found.items()))


@lru_cache(maxsize=KEPT)
def _of(region: str, year: int) -> dict[date, str]:
    import holidays  # a tenth of a second and some MiB, for circles that want them alone

    try:
        return dict(holidays.country_holidays(region, years=year, language=ENGLISH).items())
    except NotImplementedError:  # so the library says that it knows no such country
        raise NoHolidays(region) from None
