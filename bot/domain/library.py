"""Every text that a circle can post: those that come with Trellis, and all versions of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.ids import PromptId, ThemeId
from bot.domain.plans import SETTLING
from bot.domain.prompts import Content, Prompt, Readers, Theme, ThemeRef

MOST_INTENSE = 2  # for a text that everyone in the circle sees
_CHALLENGE = re.compile(r"\bbd-[0-9]{3}\b")
HARD_DAY, HOLIDAY = "hard_day", "holiday"  # an occasion, and a tag of content/check_ins.yaml


@dataclass(frozen=True)  # no slots: what is looked up often is worked out once
class Library:
    """`own` and `own_prompts` hold every version that ever was: posts refer to the one that they took."""

    content: Content
    own: Mapping[ThemeRef, Theme] = field(default_factory=dict, repr=False)
    own_prompts: Mapping[PromptId, Prompt] = field(default_factory=dict, repr=False)
    readers: Readers = Readers.ALL  # of whom the circle is made

    def theme(self, ref: ThemeRef) -> Theme | None:
        """The theme in this version."""
        if ref.version:
            return self.own.get(ref)
        return next((theme for theme in self.content.themes if theme.ref == ref), None)

    def prompt(self, id_: PromptId) -> Prompt | None:
        """Any text by its id, whatever it is part of."""
        return self.content.prompts.get(id_) or self.own_prompts.get(id_) or self._of_own_themes.get(id_)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """What can be laid on a week: the curriculum as it comes, then the newest of each of the circle's.

        A theme of ours that a circle has changed stands there twice, so that both stay within reach.
        """
        newest: dict[ThemeId, Theme] = {}
        for ref in sorted(self.own, key=lambda ref: ref.version):
            newest[ref.id] = self.own[ref]
        return (*self.content.themes, *newest.values())

    def spoken(self, notes: str) -> str:
        """Notes for facilitators with the titles of the challenges that they name by id."""

        def title(found: re.Match[str]) -> str:
            prompt = self.prompt(PromptId(found[0]))
            return f"“{prompt.title}”" if prompt is not None else found[0]

        return _CHALLENGE.sub(title, notes)

    @cached_property
    def written_here(self) -> tuple[Theme, ...]:
        """The circle's own themes, in their newest version; not those that are ours, changed."""
        ours = {theme.ref.id for theme in self.content.themes}
        return tuple(theme for theme in self.themes if theme.ref.id not in ours)

    @cached_property
    def settling(self) -> frozenset[ThemeId]:
        """The themes that keep their order: they settle people before anything digs."""
        return frozenset(theme.ref.id for theme in self.content.themes[:SETTLING])

    @cached_property
    def check_ins(self) -> tuple[Prompt, ...]:
        """What may be asked here on any day or weekend: for everyone in the circle, not too intense."""
        return tuple(one for one in self._askable if one.occasion != HARD_DAY)

    @cached_property
    def hard_days(self) -> tuple[Prompt, ...]:
        """What may be asked here on a hard day, where a facilitator chose that day."""
        return tuple(one for one in self._askable if one.occasion == HARD_DAY)

    @cached_property
    def holidays(self) -> tuple[Prompt, ...]:
        """Those for a public holiday."""
        return tuple(one for one in self.hard_days if HOLIDAY in one.tags)

    def challenges(self, most_intense: int) -> tuple[Prompt, ...]:
        """The boundary challenges for the whole circle, up to this rung."""
        return tuple(
            one for one in self.content.challenges if one.intensity <= most_intense and self._for_all(one)
        )

    @cached_property
    def _askable(self) -> tuple[Prompt, ...]:
        newest = {one.id.rpartition(".")[0]: one for one in self.own_prompts.values()}
        every = (*self.content.check_ins, *newest.values())
        return tuple(one for one in every if one.intensity <= MOST_INTENSE and self._for_all(one))

    @cached_property
    def _of_own_themes(self) -> dict[PromptId, Prompt]:
        return {one.id: one for theme in self.own.values() for one in theme.prompts}

    def _for_all(self, prompt: Prompt) -> bool:
        return prompt.audience in (Readers.ALL, self.readers)
