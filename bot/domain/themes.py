"""A theme's words become its week of prompts, whether they come with Trellis or are a circle's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.errors import Empty, TooLong
from bot.domain.ids import PromptId
from bot.domain.prompts import Part, Prompt, ShareRule, Theme, ThemeRef
from bot.domain.schedules import Kind

DAYS = 7  # prompts of a theme's week, one a day
MAX_TITLE, MAX_INTENTION, MAX_NOTES = 100, 300, 4000  # characters
MAX_REPLY = 300  # characters of the words that a practice offers
MAY_LACK = frozenset({"practice_reply", "notes"})
TEXTS = ("title", "text", "intention", "practice_title", "practice", "practice_reply", "closing", "notes")
MAX_TEXT = 1800  # of a post once it is rendered (content/README.md)
MAX_OPENING = MAX_TEXT - MAX_INTENTION - MAX_TITLE  # it stands on a card with both
# How the curriculum's openings begin, in each of its languages: "Welcome to week 1."
_NUMBER = re.compile(r"^(\D{0,40}\b(?:week|semana|woche) )\d+(?=\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DailyWords:
    """One day's question."""

    text: str = field(repr=False)
    share: ShareRule = ShareRule.EITHER
    intensity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that somebody writes to make a theme. The repr hides it."""

    title: str = field(repr=False)
    text: str = field(repr=False)
    intention: str = field(repr=False)
    daily: tuple[DailyWords, ...] = field(repr=False)  # DAYS of them
    challenge: PromptId
    practice_title: str = field(repr=False)
    practice: str = field(repr=False)
    closing: str = field(repr=False)
    practice_reply: str = field(default="", repr=False)  # words that a practice offers, with blanks
    notes: str = field(default="", repr=False)


def made(
    ref: ThemeRef,
    words: Words,
    *,
    week: int = 0,
    daily_ids: Sequence[PromptId] | None = None,
    practice_id: PromptId | None = None,
) -> Theme:
    """The theme of these words; ids of its prompts follow from `ref` unless given."""

    def prompt(part: Part, kind: Kind, text: str, id_: PromptId | None = None, **more: object) -> Prompt:
        given = {"title": words.title, "theme": words.title, "of": ref, "part": part} | more
        return Prompt(id=id_ or PromptId(f"{ref}:{part}"), kind=kind, text=text, **given)  # type: ignore[arg-type]

    ids = daily_ids or [PromptId(f"{ref}:d{number}") for number in range(1, DAYS + 1)]
    return Theme(
        ref=ref,
        week=week,
        title=words.title,
        opening=prompt(Part.OPENING, Kind.THEME, words.text, intention=words.intention),
        daily=tuple(
            prompt(
                Part.DAILY, Kind.CHECK_IN, one.text, id_, share=one.share, intensity=one.intensity, day=day
            )
            for day, (id_, one) in enumerate(zip(ids, words.daily, strict=True), 1)
        ),
        challenge=words.challenge,
        practice=prompt(
            Part.PRACTICE,
            Kind.THEME,
            words.practice,
            practice_id,
            title=words.practice_title,
            script=words.practice_reply,
        ),
        closing=prompt(Part.CLOSING, Kind.REFLECTION, words.closing),
        notes=words.notes,
    )


def words_of(theme: Theme) -> Words:
    """The theme's words again, to change or to export; `made` of them is the same theme."""
    return Words(
        title=theme.title,
        text=theme.opening.text,
        intention=theme.intention,
        daily=tuple(DailyWords(one.text, one.share, one.intensity) for one in theme.daily),
        challenge=theme.challenge,
        practice_title=theme.practice.title,
        practice=theme.practice.text,
        practice_reply=theme.practice.script,
        closing=theme.closing.text,
        notes=theme.notes,
    )


def checked(words: Words) -> Words:
    """The words, trimmed. Raises Empty where a part is missing, TooLong (with the text) for one too long."""
    limits = {
        "title": MAX_TITLE,
        "text": MAX_OPENING,
        "intention": MAX_INTENTION,
        "practice_title": MAX_TITLE,
        "practice_reply": MAX_REPLY,
        "notes": MAX_NOTES,
    }
    parts: dict[str, Any] = {
        name: _fit(getattr(words, name), limits.get(name, MAX_TEXT), needed=name not in MAY_LACK)
        for name in TEXTS
    }
    daily = tuple(replace(one, text=_fit(one.text, MAX_TEXT)) for one in words.daily)
    return replace(words, daily=daily, **parts)


def numbered(prompt: Prompt, number: int) -> Prompt:
    """A theme's opening with the week's own number in it, wherever the plan put it; others as they are."""
    if prompt.part is not Part.OPENING or number < 1:
        return prompt
    return replace(prompt, text=_NUMBER.sub(rf"\g<1>{number}", prompt.text))


def _fit(text: str, limit: int, *, needed: bool = True) -> str:
    trimmed = text.strip()
    if needed and not trimmed:
        raise Empty
    if len(trimmed) > limit:
        raise TooLong(text, limit)
    return trimmed
