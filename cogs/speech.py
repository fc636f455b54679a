"""Which language is spoken to whom: a press is answered in its presser's own, a post speaks its circle's.

What is said stands in the code in English, as a whole sentence with `{names}` to be filled in, and in the
other languages' catalogs (`bot/content/languages`). Who answers sets the language once, at the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.content.languages import FACE, catalog
from bot.domain.languages import Language

_LOCALES = {Language.EN: "en_GB", Language.ES: "es", Language.DE: "de"}
_THOUSANDS = {Language.ES: "\u202f", Language.DE: "."}
_spoken: ContextVar[Language] = ContextVar("spoken", default=Language.EN)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Whatever is put into words within, is in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def begin_speaking(language: Language) -> None:
    """The same for the rest of a task, such as the one that answers an interaction."""
    _spoken.set(language)


def spoken() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


def say(english: str, /, **filled: object) -> str:
    """The words in the language that is spoken, their `{names}` filled in.

    `english` is written out at the call, so that it is found for the catalogs.
    """
    return _filled(catalog(spoken(), FACE).gettext(english), filled)


def several(one: str, many: str, number: int, /, **filled: object) -> str:
    """`{n} day` or `{n} days`, in whatever forms the language has for numbers; in English `no days` for 0."""
    said = catalog(spoken(), FACE).ngettext(one, many, number)
    shown = "no" if number == 0 and spoken() is Language.EN else grouped(number)
    return _filled(said, {"n": shown} | filled)


def in_a_row(*sentences: object) -> str:
    """Whole sentences, one after the other; the empty ones are left out."""
    return " ".join(said for each in sentences if (said := str(each)))


def grouped(number: int) -> str:
    """With the language's own sign between thousands."""
    return f"{number:,}" if spoken() is Language.EN else f"{number:,}".replace(",", _THOUSANDS[spoken()])


def locale() -> str:
    """What the calendar and lists are written by, as the Unicode consortium's data name it."""
    return _LOCALES[spoken()]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in a constant: they are put into a language where they are said, by calling it."""

    english: str

    def __call__(self, **filled: object) -> str:
        """As `say`."""
        return say(self.english, **filled)

    def __str__(self) -> str:
        """As `say`, so that it may stand within other words."""
        return say(self.english)


def _filled(said: str, filled: dict[str, object]) -> str:
    return said.format(**filled) if filled else said


Words = str | Phrase  # what a label may be made of: `str()` of it is what is said now
