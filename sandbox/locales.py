"""Discord's languages: which there are, what each calls itself, and which of them somebody asks for."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.refusals import unknown_language

NAMES: Mapping[str, str] = MappingProxyType(  # docs: Locales; two more stand in the API's description
    {
        "id": "Bahasa Indonesia",
        "da": "Dansk",
        "de": "Deutsch",
        "en-GB": "English, UK",
        "en-US": "English, US",
        "es-ES": "Español",
        "es-419": "Español, LATAM",
        "fr": "Français",
        "hr": "Hrvatski",
        "it": "Italiano",
        "lt": "Lietuviškai",
        "hu": "Magyar",
        "nl": "Nederlands",
        "no": "Norsk",
        "pl": "Polski",
        "pt-BR": "Português do Brasil",
        "ro": "Română",
        "fi": "Suomi",
        "sv-SE": "Svenska",
        "vi": "Tiếng Việt",
        "tr": "Türkçe",
        "cs": "Čeština",
        "el": "Ελληνικά",
        "bg": "Български",
        "ru": "Русский",
        "uk": "Українська",
        "he": "עברית",
        "ar": "العربية",
        "hi": "हिन्दी",
        "th": "ไทย",
        "zh-CN": "中文",
        "ja": "日本語",
        "zh-TW": "繁體中文",
        "ko": "한국어",
    }
)
PEOPLES = "en-GB"  # what people and bots here read until they say otherwise
SERVERS = "en-US"  # docs: Guild Object, preferred_locale
FALLBACKS: Mapping[str, str] = MappingProxyType(  # docs: Locale fallbacks
    {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES"}
)


def known(locale: str) -> str:
    """The code itself. Raises Refused where Discord has no such language."""
    if locale not in NAMES:
        raise unknown_language(locale)
    return locale


def asked_for(headers: Mapping[str, str], own: str) -> str:
    """A request's language: by its headers, else the asker's own (docs: Retrieving localized commands)."""
    tags = [each.split(";")[0].strip() for each in headers.get("Accept-Language", "").split(",")]
    accepted = next((tag for tag in tags if tag in NAMES), own)
    return headers.get("X-Discord-Locale") or accepted
