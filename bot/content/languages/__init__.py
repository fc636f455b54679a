"""Each language's catalogs (gettext .po): one for what the faces say, one for each content file.

A catalog maps the English words to the language's own. What it lacks, and what has changed in English since
it was translated, is said in English. `python -m bot.content.languages` brings catalogs in step.
"""

import gettext
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from bot.domain.errors import ContentError
from bot.domain.languages import Language

__all__ = ["FACE", "REVIEWED", "catalog", "countries", "reviewed"]

FACE = "face"  # the catalog of what stands in the faces' own code
STATUS, REVIEWED = "X-Review-Status", "reviewed"  # in a catalog's head; `draft` until then


@cache
def catalog(language: Language, name: str) -> gettext.NullTranslations:
    """What a language says for English words; each catalog is read when it is first needed (some 20 ms).

    Raises ContentError for one that cannot be read.
    """
    if language is Language.EN:
        return gettext.NullTranslations()  # the words themselves
    from babel.messages.mofile import write_mo  # when first needed: a circle may speak English alone
    from babel.messages.pofile import PoFileError, read_po

    file = f"languages/{language}/{name}.po"
    try:
        written = files("bot.content").joinpath(file).read_bytes()
        read = read_po(io.BytesIO(written), locale=language.value, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as fault:
        raise ContentError(file, "file", f"cannot be read: {fault}") from None
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def countries(english: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """The countries by their codes as the language names them (Unicode's data), else in English."""
    from babel import Locale

    names = Locale.parse(language.value).territories
    return MappingProxyType({code: names.get(code, name) for code, name in english.items()})


def reviewed(language: Language, name: str) -> bool:
    """Whether a clinician who speaks the language has read this catalog, as its head says."""
    head: dict[str, str] = getattr(catalog(language, name), "_info", {})
    return head.get(STATUS.lower()) == REVIEWED
