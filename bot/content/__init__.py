"""The curriculum and every text, as YAML; checked when loaded, so that a fault is found before it is said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import structlog

from bot.content._building import build
from bot.content._checks import Pack, check
from bot.content._guard import in_words, read_guard
from bot.content._lines import check_signed, read_lines
from bot.content._listening import own_phrasebooks, phrasebooks
from bot.content._models import Boundaries, CheckIns, Grounding, Regions, Sources, Themes
from bot.content._models_spoken import Commitments, PrivateHelp, Safety
from bot.content._reading import read
from bot.content._shaping import shaped
from bot.content._spoken import FILES, spoken
from bot.content.languages import REVIEWED, catalog, countries, reviewed
from bot.domain.errors import ContentError
from bot.domain.languages import Language
from bot.domain.listening import Phrasebook
from bot.domain.prompts import Content

__all__ = ["in_language", "load", "load_phrasebooks"]

log = structlog.get_logger(__name__)

TRACE = "seed-trace.md"


def load(folder: Path | None = None) -> Content:
    """Everything of `folder` (the texts that come with Trellis unless given), checked.

    Raises ContentError with the file, the id and the reason of the first fault.
    """
    return in_language(Language.EN) if folder is None else _load(folder, phrasebooks)


@cache
def in_language(language: Language) -> Content:
    """What comes with Trellis, in a language: the same for as long as a process lives, and unchangeable.

    What listens, the help lines and the guard's phrases are one for all languages. Each is read when it is
    first needed (some 0.3 s). Raises ContentError.
    """
    with as_file(files(__name__)) as own:
        if language is Language.EN:
            return replace(_load(own, own_phrasebooks), others=_or_english)
        return replace(_translated(own, language), others=_or_english)


@cache
def _or_english(language: Language) -> Content:
    """Help is better in English than not at all; `doctor` and the tests say what is broken."""
    try:
        return in_language(language)
    except ContentError as fault:
        log.warning("texts of a language cannot be read", language=language.value, fault=str(fault))
        return in_language(Language.EN)


def load_phrasebooks(folder: Path | None = None) -> tuple[Phrasebook, ...]:
    """What the listener listens with, and nothing else. Raises ContentError."""
    if folder is not None:
        return phrasebooks(folder)
    with as_file(files(__name__)) as own:
        return own_phrasebooks(own)


def _load(folder: Path, books: Callable[[Path], tuple[Phrasebook, ...]]) -> Content:
    pack = _pack(folder, {f"{name}.yaml": read(folder, f"{name}.yaml") for name in FILES})
    check(pack)
    regions = shaped(Regions, "regions.yaml", read(folder, "regions.yaml"))
    lines = read_lines(folder, regions.regions)
    check_signed(lines, pack.safety.help_lines)
    made = build(pack, regions.regions, lines, books(folder), read_guard(folder))
    return replace(made, reviewed=all(each["review"]["status"] == REVIEWED for each in pack.raw.values()))


def _translated(folder: Path, language: Language) -> Content:
    """The same files with their words put into the language, held against the same shapes and lengths."""
    english = in_language(Language.EN)
    words = {name: catalog(language, name).gettext for name in FILES}
    pack = _pack(
        folder, {f"{name}.yaml": spoken(read(folder, f"{name}.yaml"), words[name]) for name in FILES}
    )
    check(pack, language)
    regions = countries(english.regions, language)
    made = build(pack, regions, english.lines, english.phrasebooks, english.guard)
    made = replace(made, guard=in_words(made.guard, catalog(language, "guard").gettext))
    return replace(made, language=language, reviewed=all(reviewed(language, name) for name in FILES))


def _pack(folder: Path, raw: Mapping[str, Mapping[str, Any]]) -> Pack:
    return Pack(
        raw=raw,
        themes=shaped(Themes, "themes.yaml", raw["themes.yaml"]),
        check_ins=shaped(CheckIns, "check_ins.yaml", raw["check_ins.yaml"]),
        boundaries=shaped(Boundaries, "boundaries.yaml", raw["boundaries.yaml"]),
        grounding=shaped(Grounding, "grounding.yaml", raw["grounding.yaml"]),
        commitments=shaped(Commitments, "commitments.yaml", raw["commitments.yaml"]),
        safety=shaped(Safety, "safety.yaml", raw["safety.yaml"]),
        private_help=shaped(PrivateHelp, "private_help.yaml", raw["private_help.yaml"]),
        sources=_sources(folder),
        seeds=_seeds(folder),
    )


def _sources(folder: Path) -> frozenset[str]:
    listed = [one.id for one in shaped(Sources, "sources.yaml", read(folder, "sources.yaml")).sources]
    for id_ in listed:
        if listed.count(id_) > 1:
            raise ContentError("sources.yaml", id_, "the id stands twice")
    return frozenset(listed)


def _seeds(folder: Path) -> frozenset[str]:
    try:
        trace = (folder / TRACE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(TRACE, "file", "is missing") from None
    return frozenset(re.findall(r"^\| (S\d+) \|", trace, re.MULTILINE))
