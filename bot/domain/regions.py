"""Countries by ISO 3166-1 code or English name; the table itself stands in content/regions.yaml."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.errors import UnknownRegion

NEAREST = 5  # codes offered with an unknown one
MAX_CHOICES = 25  # Discord's limit of autocomplete choices
NEAR = 60  # of 100: below this a name resembles nothing
ALIASES: Mapping[str, str] = MappingProxyType(
    {"uk": "GB", "great britain": "GB", "united kingdom": "GB", "usa": "US"}
)


def region(text: str, regions: Mapping[str, str]) -> str:
    """The alpha-2 code for a code or a name, whatever its case. Raises UnknownRegion with nearest codes."""
    wanted = _plain(text)
    alias = ALIASES.get(wanted)
    if alias is not None and alias in regions:
        return alias
    for code, name in regions.items():
        if wanted in (code.lower(), _plain(name)):
            return code
    raise UnknownRegion(text, [code for code, _ in search(text, regions, NEAREST)] if wanted else [])


def search(text: str, regions: Mapping[str, str], limit: int = MAX_CHOICES) -> list[tuple[str, str]]:
    """(code, name) for autocomplete, best first: the code itself, names beginning so, any part, likeness."""
    from rapidfuzz import fuzz, process  # some MiB, for who is setting up alone

    wanted = _plain(text)
    if not wanted:
        return list(regions.items())[:limit]
    plain = {code: _plain(name) for code, name in regions.items()}
    found = [code for code in regions if code.lower() == wanted or code == ALIASES.get(wanted)]
    found += [code for code, name in plain.items() if name.startswith(wanted)]
    found += [code for code, name in plain.items() if wanted in name]
    alike = process.extract(wanted, plain, scorer=fuzz.ratio, score_cutoff=NEAR, limit=limit)
    found += [code for _, _, code in alike]
    return [(code, regions[code]) for code in dict.fromkeys(found)][:limit]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())[:100]  # likeness of longer texts would cost time
