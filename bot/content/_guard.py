"""guard.yaml: what the platform's word filter looks for, checked against the platform's limits."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from bot.content._models import File, Id, Label, Refs, Strict
from bot.content._reading import read
from bot.domain.errors import ContentError
from bot.domain.guard import LONGEST, MARK, TOLD, Group, GuardWords, keywords
from bot.domain.listening.tiers import Tier

FILE = "guard.yaml"
MOST_KEYWORDS, MOST_PATTERNS, MOST_ALLOWED = 1000, 10, 100  # of a rule (Discord)
NOT_IN_RUST = re.compile(r"\(\?<?[=!]|\\[1-9]|\(\?P=")  # look-around and back-references
MOST_SHOWN = 150  # characters (Discord)

Phrase = Annotated[str, StringConstraints(min_length=3, max_length=LONGEST - 1, pattern=r"^[^*A-Z]+$")]
Pattern = Annotated[str, StringConstraints(min_length=3, max_length=260)]
Language = Literal["en", "es", "fr", "de", "pt"]
ByLanguage = dict[Language, Annotated[list[Phrase], Field(min_length=1)]]


class GuardGroup(Strict):
    """What one rule looks for."""

    id: Id
    label: Label
    shown: Annotated[str, StringConstraints(min_length=1, max_length=MOST_SHOWN)]
    sources: Refs
    tiers: dict[str, ByLanguage]
    patterns: dict[str, list[Pattern]] = Field(default_factory=dict)


class GuardFile(File):
    """guard.yaml."""

    kind: Literal["guard"]
    groups: list[GuardGroup]
    allow: ByLanguage


def read_guard(folder: Path) -> GuardWords:
    """Raises ContentError with the id and the reason of the first fault."""
    try:
        held = GuardFile.model_validate(read(folder, FILE))
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        raise ContentError(FILE, "/".join(map(str, first["loc"])) or "file", first["msg"]) from None
    words = GuardWords(groups=tuple(map(_group, held.groups)), allowed=_all(held.allow))
    _check(words)
    return words


def _group(group: GuardGroup) -> Group:
    for pattern in (each for patterns in group.patterns.values() for each in patterns):
        _check_pattern(group.id, pattern)
    return Group(
        label=group.label,
        shown=group.shown,
        phrases=MappingProxyType({_tier(group.id, tier): _all(held) for tier, held in group.tiers.items()}),
        patterns=MappingProxyType(
            {_tier(group.id, tier): tuple(held) for tier, held in group.patterns.items()}
        ),
    )


def _all(held: dict[Any, list[str]]) -> tuple[str, ...]:
    return tuple(phrase for phrases in held.values() for phrase in phrases)


def _tier(id_: str, given: str) -> Tier:
    if given not in set(Tier) - {Tier.NONE}:
        raise ContentError(FILE, id_, f"there is no tier {given}")
    return Tier(given)


def _check_pattern(id_: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ContentError(FILE, id_, f"{pattern}: {fault}") from None
    if NOT_IN_RUST.search(pattern):
        raise ContentError(FILE, id_, f"{pattern}: looks around or back, which Discord's filter cannot")


def _check(words: GuardWords) -> None:
    """One rule may hold all groups at once (the one that only tells), so all of them are counted together."""
    phrases = [each for group in words.groups for held in group.phrases.values() for each in held]
    twice = next((each for each in phrases if phrases.count(each) > 1), None)
    patterns = sum(len(held) for group in words.groups for held in group.patterns.values())
    labels = {group.label for group in words.groups}
    for holds, reason in (
        (twice is None, f"the phrase stands twice: {twice}"),
        (len(keywords(phrases)) <= MOST_KEYWORDS, f"more than {MOST_KEYWORDS} forms of phrases"),
        (patterns <= MOST_PATTERNS, f"more than {MOST_PATTERNS} patterns"),
        (len(keywords(words.allowed)) <= MOST_ALLOWED, f"more than {MOST_ALLOWED} allowed forms"),
        (len(labels | {TOLD}) == len(words.groups) + 1, f"labels are used once, and not {TOLD}"),
        (all(len(MARK + label) <= 100 for label in labels), "a label is too long"),
    ):
        if not holds:
            raise ContentError(FILE, "file", reason)


def in_words(guard: GuardWords, into: Callable[[str], str]) -> GuardWords:
    """The same, with what authors are shown put into other words. Raises ContentError for one too long."""
    groups = tuple(replace(group, shown=into(group.shown)) for group in guard.groups)
    for group in groups:
        if len(group.shown) > MOST_SHOWN:
            raise ContentError(
                "guard.yaml", group.label, f"{MOST_SHOWN} characters are the most that is shown"
            )
    return replace(guard, groups=groups)
