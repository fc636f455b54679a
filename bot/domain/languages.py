"""The languages that Trellis speaks, and which of them somebody's own setting asks for."""

from enum import StrEnum


class Language(StrEnum):
    """By its ISO 639-1 code; English is complete, what another one lacks is said in English."""

    EN = "en"
    ES = "es"
    DE = "de"


NATIVE = {Language.EN: "English", Language.ES: "Español", Language.DE: "Deutsch"}


def language_of(locale: str | None) -> Language | None:
    """The language of a locale such as `es-419` or `de`; None for one that we do not speak."""
    code = (locale or "").replace("_", "-").partition("-")[0].lower()
    return Language(code) if code in set(Language) else None
