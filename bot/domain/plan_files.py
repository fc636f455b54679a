"""A circle's plan as a file holds it, and what can be wrong with such a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.errors import TrellisError
from bot.domain.ids import PromptId
from bot.domain.plans import Week
from bot.domain.prompts import Prompt, Readers, ShareRule, ThemeRef
from bot.domain.schedules import Kind
from bot.domain.themes import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPrompt:
    """A circle's own question. `id` is the bare one, such as "our-kettle"; versions count from 1."""

    id: PromptId
    version: int
    title: str = field(repr=False)
    text: str = field(repr=False)
    share: ShareRule = ShareRule.EITHER
    intensity: int = 1  # 1 or 2
    readers: Readers = Readers.ALL
    occasion: str = "any"  # any, weekend, hard_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """All that a plan file holds."""

    week_starts: int | None = None  # ISO weekday
    weeks: tuple[Week, ...] = ()  # in order
    themes: Mapping[ThemeRef, Words] = field(default_factory=dict)  # the circle's own
    prompts: tuple[OwnPrompt, ...] = ()
    days: Mapping[date, PromptId] = field(default_factory=dict)  # chosen for single dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a file may refer to besides what it brings itself."""

    themes: frozenset[ThemeRef]  # those that come with Trellis, and the circle's own versions
    challenges: frozenset[PromptId]
    prompts: frozenset[PromptId]  # that may be chosen for a date


@dataclass(frozen=True, slots=True)
class Because:
    """A reason in English with `{names}`, and what fills them; who tells it says it in their language."""

    english: str
    filled: Mapping[str, object] = field(default_factory=dict)

    def of(self, **filled: object) -> "Because":
        """The same, of these."""
        return replace(self, filled=filled)

    def __str__(self) -> str:
        """In English."""
        return self.english.format(**self.filled)


def because(english: str, /, **filled: object) -> Because:
    """`english` is written out at the call, so that it is found for the catalogs."""
    return Because(english, filled)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its line (from 1) where it has one, the place in words, and the reason."""

    line: int | None
    where: str
    reason: Because


class BadPlanFile(TrellisError):
    """A file that cannot be taken as a plan; `faults` are all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def as_prompt(own: OwnPrompt) -> Prompt:
    """The question as the circle posts it, under `<id>.<version>`."""
    return Prompt(
        id=PromptId(f"{own.id}.{own.version}"),
        kind=Kind.CHECK_IN,
        title=own.title,
        text=own.text,
        share=own.share,
        audience=own.readers,
        intensity=own.intensity,
        occasion=own.occasion,
    )


def own_of(prompt: Prompt) -> OwnPrompt:
    """The other way round."""
    id_, _, version = prompt.id.rpartition(".")
    return OwnPrompt(
        id=PromptId(id_),
        version=int(version),
        title=prompt.title,
        text=prompt.text,
        share=prompt.share,
        readers=prompt.audience,
        intensity=prompt.intensity,
        occasion=prompt.occasion,
    )
