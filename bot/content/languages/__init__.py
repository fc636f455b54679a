"""Each language's catalogs (gettext .po): one for what the faces say, one for each content file.

A catalog maps the English words to the language's own. What it lacks, and what has changed in English since
it was translated, is said in English. `python -m bot.content.languages` brings catalogs in step.
"""

import gettext
import io
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import structlog

from bot.content.languages._compiling import compiled
from bot.domain.errors import ContentError
from bot.domain.languages import Language

__all__ = ["FACE", "REVIEWED", "catalog", "countries", "reviewed"]

log = structlog.get_logger(__name__)

FACE = "face"  # the catalog of what stands in the faces' own code
_HEAD = re.compile(r'^"(X-[\w-]+): ([^"\\]*)\\n"$', re.MULTILINE)
STATUS, REVIEWED = "X-Review-Status", "reviewed"  # in a catalog's head; `draft` until then


@cache
def catalog(language: Language, name: str) -> gettext.NullTranslations:
    """What a language says for English words; each catalog is read when it is first needed.

    Raises ContentError for one of the content's that cannot be read; where it is the face's, English is said,
    so that a press is answered, whatever became of a file.
    """
    if language is Language.EN:
        return gettext.NullTranslations()  # the words themselves
    try:
        return _read(language, name)
    except ContentError as fault:
        if name != FACE:
            raise
        log.warning("a language's words cannot be read", language=language.value, fault=str(fault))
        return gettext.NullTranslations()


def _read(language: Language, name: str) -> gettext.NullTranslations:
    written = _written(language, name)
    try:
        return gettext.GNUTranslations(io.BytesIO(compiled(_place(language, name), written)))
    except ValueError as fault:
        raise ContentError(_place(language, name), "file", f"cannot be read: {fault}") from None


def countries(english: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """The countries by their codes as the language names them (Unicode's data), else in English."""
    from babel import Locale

    names = Locale.parse(language.value).territories
    return MappingProxyType({code: names.get(code, name) for code, name in english.items()})


def reviewed(language: Language, name: str) -> bool:
    """Whether a clinician who speaks the language has read this catalog, as its head says."""
    return dict(_HEAD.findall(_written(language, name).decode())).get(STATUS) == REVIEWED


def _place(language: Language, name: str) -> str:
    return f"languages/{language}/{name}.po"


def _written(language: Language, name: str) -> bytes:
    try:
        return files("bot.content").joinpath(_place(language, name)).read_bytes()
    except OSError as fault:
        raise ContentError(_place(language, name), "file", f"cannot be read: {fault.strerror}") from None
