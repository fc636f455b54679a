"""The curriculum and every text, as YAML; checked when loaded, so that a fault is found before it is said."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

import structlog
from pydantic import ValidationError

from bot.content._building import build
from bot.content._checks import Pack, check
from bot.content._guard import in_words, read_guard
from bot.content._lines import check_signed, read_lines
from bot.content._models import Boundaries, CheckIns, Grounding, Regions, Sources, Strict, Themes
from bot.content._models_listener import Listener, Weights
from bot.content._models_spoken import Commitments, PrivateHelp, Safety
from bot.content._phrases import compiled, spelt_with_care
from bot.content._reading import read
from bot.content._spoken import FILES, spoken
from bot.content._weights import weighted
from bot.content.languages import REVIEWED, catalog, countries, reviewed
from bot.domain.errors import ContentError
from bot.domain.languages import Language
from bot.domain.listening import Phrasebook
from bot.domain.prompts import Content

__all__ = ["in_language", "load", "load_phrasebooks"]

log = structlog.get_logger(__name__)

TRACE = "seed-trace.md"
LANGUAGES = ("en", "es", "fr", "de", "pt")  # that the listener understands
M = TypeVar("M", bound=Strict)


def load(folder: Path | None = None) -> Content:
    """Everything of `folder` (the texts that come with Trellis unless given), checked.

    Raises ContentError with the file, the id and the reason of the first fault.
    """
    return in_language(Language.EN) if folder is None else _load(folder)


@cache
def in_language(language: Language) -> Content:
    """What comes with Trellis, in a language: the same for as long as a process lives, and unchangeable.

    What listens, the help lines and the guard's phrases are one for all languages. Each is read when it is
    first needed (some 0.3 s). Raises ContentError.
    """
    with as_file(files(__name__)) as own:
        if language is Language.EN:
            return replace(_load(own), others=_or_english)
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
        return _phrasebooks(folder)
    with as_file(files(__name__)) as own:
        return _phrasebooks(own)


def _phrasebooks(folder: Path) -> tuple[Phrasebook, ...]:
    names = [f"listener/{language}.yaml" for language in LANGUAGES]
    listed = {name: _shaped(Listener, name, read(folder, name)) for name in names}
    careful = {name: spelt_with_care(one) for name, one in listed.items()}
    foreign = {name: [word for other in names if other != name for word in careful[other]] for name in names}
    books = (compiled(name, one, foreign[name]) for name, one in listed.items())
    return tuple(_weighted(folder, book) for book in books)


def _weighted(folder: Path, book: Phrasebook) -> Phrasebook:
    """With what its words weigh."""
    name = f"listener/{book.language}_weights.yaml"
    return weighted(name, _shaped(Weights, name, read(folder, name)), book)


def _load(folder: Path) -> Content:
    pack = _pack(folder, {f"{name}.yaml": read(folder, f"{name}.yaml") for name in FILES})
    check(pack)
    regions = _shaped(Regions, "regions.yaml", read(folder, "regions.yaml"))
    lines = read_lines(folder, regions.regions)
    check_signed(lines, pack.safety.help_lines)
    made = build(pack, regions.regions, lines, _phrasebooks(folder), read_guard(folder))
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
        themes=_shaped(Themes, "themes.yaml", raw["themes.yaml"]),
        check_ins=_shaped(CheckIns, "check_ins.yaml", raw["check_ins.yaml"]),
        boundaries=_shaped(Boundaries, "boundaries.yaml", raw["boundaries.yaml"]),
        grounding=_shaped(Grounding, "grounding.yaml", raw["grounding.yaml"]),
        commitments=_shaped(Commitments, "commitments.yaml", raw["commitments.yaml"]),
        safety=_shaped(Safety, "safety.yaml", raw["safety.yaml"]),
        private_help=_shaped(PrivateHelp, "private_help.yaml", raw["private_help.yaml"]),
        sources=_sources(folder),
        seeds=_seeds(folder),
    )


def _sources(folder: Path) -> frozenset[str]:
    listed = [one.id for one in _shaped(Sources, "sources.yaml", read(folder, "sources.yaml")).sources]
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


def _shaped(model: type[M], file: str, data: Mapping[str, Any]) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"] if isinstance(part, str))
        raise ContentError(file, _nearest_id(data, first["loc"]), f"{field}: {first['msg']}") from None


def _nearest_id(data: Any, path: tuple[int | str, ...]) -> str:
    """The id of the innermost item on the way to a fault; where none has one, the way itself."""
    found = None
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            found = data["id"]
    return found or "/".join(map(str, path)) or "file"
