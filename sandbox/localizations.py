"""Words of commands in other languages: Discord's rules for them, and what a reader of one is given."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.locales import FALLBACKS, NAMES
from sandbox.validation import Body, Fault, length

FIELDS = ("name", "description")
# Devanagari and Thai with their marks, which Python counts as no letters (docs: Application Command Naming)
SCRIPTS = r"\u0900-\u0950\u0955-\u0963\u0966-\u097f\ua8e0-\ua8ff\u0e01-\u0e3a\u0e40-\u0e5b"
NAME = re.compile(rf"[-_'\w{SCRIPTS}]{{1,32}}")


def localized(node: Body, locale: str) -> Body:
    """A command, option or choice as one reader is given it: no dictionaries, their own words beside."""
    shown = {name: value for name, value in node.items() if not name.endswith("_localizations")}
    for field in FIELDS:
        words = _in_language(given(node, field), locale)
        if words is not None and words != node.get(field):
            shown[f"{field}_localized"] = words
    for inner in ("options", "choices"):
        if node.get(inner):
            shown[inner] = [localized(each, locale) for each in node[inner]]
    return shown


def given(node: Body, field: str) -> Mapping[str, Any]:
    """What a bot gave for a field in other languages, by language."""
    found = node.get(f"{field}_localizations")
    return found if isinstance(found, dict) else {}


def _in_language(words: Mapping[str, Any], locale: str) -> str | None:
    found = words.get(locale)
    return words.get(FALLBACKS.get(locale, "")) if found is None else found


def is_name(text: str) -> bool:
    """Whether a slash command or an option can be called that: no capitals where there are small letters."""
    return bool(NAME.fullmatch(text)) and text == text.lower()


def longest(node: Body, field: str) -> int:
    """Characters of a field as they count towards a command's size: those of the longest language."""
    return max(len(str(words)) for words in (node.get(field) or "", *given(node, field).values()))


def word_faults(node: Body, dot: str, most: Mapping[str, int]) -> Iterator[Fault]:
    """Known languages, and words of 1 to `most` characters for each field that it names."""
    for field, limit in most.items():
        name = f"{field}_localizations"
        if not isinstance(node.get(name), dict | None):
            yield f"{dot}{name}", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"
        for locale, words in given(node, field).items():
            path = f"{dot}{name}.{locale}"
            if locale not in NAMES:
                yield path, "BASE_TYPE_CHOICES", f"Value must be one of {sorted(NAMES)}."
            elif not isinstance(words, str):
                yield path, "BASE_TYPE_STRING", "Could not interpret value as string."
            else:
                yield from length(path, words, 1, limit)


def name_faults(node: Body, dot: str) -> Iterator[Fault]:
    """What is no name in another language; for a command's own Discord does not say in which."""
    for locale, words in given(node, "name").items():
        if isinstance(words, str) and not is_name(words):
            path = f"{dot}name_localizations.{locale}" if dot else "name_localizations"
            yield path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"


def name_taken_faults(options: list[Body], dot: str) -> Iterator[Fault]:
    """Names that a reader would meet twice in one list, in any language (docs: Localization)."""
    for number, option in enumerate(options):
        for name in _taken(option, options[:number], options[number + 1 :]):
            text = f"Option name {name} is already used in these options"
            yield f"{dot}options.{number}", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", text


def _taken(option: Body, before: list[Body], after: list[Body]) -> Iterator[Any]:
    if option.get("name") in [each.get("name") for each in before]:
        yield option.get("name")
    defaults = [each.get("name") for each in (*before, *after)]
    for locale, words in given(option, "name").items():
        if words in defaults or words in [given(each, "name").get(locale) for each in before]:
            yield words
