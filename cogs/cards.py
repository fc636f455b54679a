"""What a post looks like in a channel: one card for each kind of prompt, within Discord's limits."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import discord

from bot.domain.ids import OccurrenceId
from bot.domain.occurrences import Occurrence, State
from bot.domain.prompts import Content
from bot.domain.schedules import Kind
from bot.services.messenger import Post
from cogs.boundaries.card import boundary_card
from cogs.check_ins.card import check_in_card
from cogs.items import Panel, Pressed
from cogs.speech import say
from cogs.themes.card import reflection_card, theme_card
from cogs.words import written

Look = tuple[discord.Embed, list[Pressed]]
_LOOKS: dict[Kind, Callable[[Post, Content], Look]] = {
    Kind.CHECK_IN: check_in_card,
    Kind.BOUNDARY: boundary_card,
    Kind.THEME: theme_card,
    Kind.REFLECTION: reflection_card,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A message on its way."""

    embed: discord.Embed
    view: Panel | None = None

    def given(self) -> dict[str, Any]:
        """What discord.py's `send` and `edit` take."""
        return {"embed": self.embed} | ({"view": self.view} if self.view else {})


def card_of(post: Post, content: Content, *, count: int | None) -> Card:
    """The card of a post; `count` of its answers, None where it may not be shown."""
    embed, items = _LOOKS[post.prompt.kind](replace(post, prompt=written(post.prompt)), content)
    if count is not None:
        embed.add_field(name=say("Answered so far"), value=str(count))
    return Card(embed, Panel(*items) if items else None)


def preview_of(post: Post, content: Content) -> Card:
    """The same card before it is posted: all of it to be seen, nothing to be pressed."""
    card = card_of(replace(post, occurrence=_unposted(post)), content, count=None)
    for item in card.view.children if card.view else ():
        inner: Any = getattr(item, "item", item)
        inner.disabled = True
    return card


def _unposted(post: Post) -> Occurrence:
    """Row 0, which no post ever has: a forged press on it finds nothing."""
    day = datetime(2000, 1, 1, tzinfo=UTC)
    return Occurrence(
        id=OccurrenceId(0),
        circle=post.circle.id,
        schedule=None,
        kind=post.prompt.kind,
        date=day.date(),
        due=day,
        prompt=post.prompt.id,
        state=State.CLAIMED,
        claimed_at=day,
    )
