"""Time zones by their IANA names: the one that was meant, or the nearest existing ones."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import UnknownZone

NEAREST = 5  # names offered with an unknown one
MAX_CHOICES = 25  # Discord's limit of autocomplete choices
NEAR = 60  # of 100: below this a name resembles nothing
FIRST_OFFERED = (  # before anything is typed: one or two for each part of the day
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Johannesburg",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
)
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})  # of the database, but not of any place


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, whatever its case, blanks for underscores allowed. Raises UnknownZone.

    Only names on the database's own list are looked up, so that a path is never opened.
    """
    key = _by_fold().get(_fold(name))
    if key is None:
        raise UnknownZone(name, nearest(name))
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, OSError):  # listed, but not in this machine's own, older database
        raise UnknownZone(name, nearest(name)) from None


def search(text: str, limit: int = MAX_CHOICES) -> list[str]:
    """Names for autocomplete, best first: by the city's beginning, then by any part, then by likeness."""
    wanted = _plain(text)
    if not wanted:
        return list(FIRST_OFFERED[:limit])
    names = _plain_names()
    by_city = [key for key, plain in names.items() if plain.rpartition("/")[2].startswith(wanted)]
    by_part = [key for key, plain in names.items() if wanted in plain]
    found = list(dict.fromkeys([*by_city, *by_part]))
    if len(found) < limit:
        found = list(dict.fromkeys([*found, *_alike(wanted, limit)]))
    return found[:limit]


def nearest(text: str, limit: int = NEAREST) -> list[str]:
    """Existing names that resemble the text or whose city does, best first; perhaps none."""
    return search(text, limit) if _plain(text) else []


def _alike(wanted: str, limit: int) -> list[str]:
    from rapidfuzz import fuzz, process  # some MiB, for who is setting up alone

    names = _plain_names()
    cities = {key: plain.rpartition("/")[2] for key, plain in names.items()}
    scores: dict[str, float] = {}
    for choices in (names, cities):
        for _, score, key in process.extract(
            wanted, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=limit
        ):
            scores[key] = max(score, scores.get(key, 0))
    return sorted(scores, key=lambda key: (-scores[key], key))[:limit]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split())[:100]  # likeness of longer texts would cost time


def _fold(name: str) -> str:
    return "_".join(name.strip().lower().split())


@cache
def _names() -> tuple[str, ...]:
    listed = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return tuple(sorted(name for name in listed if name not in _NO_PLACES))


@cache
def _by_fold() -> dict[str, str]:
    return {name.lower(): name for name in _names()}


@cache
def _plain_names() -> dict[str, str]:
    # Names such as Etc/GMT+5 (its sign is the other way round) and US/Eastern are taken, but not offered.
    return {name: _plain(name) for name in _names() if name == "UTC" or _is_place(name)}


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "US/"))
