"""What a post looks like in a channel: one card for each kind of prompt, within Discord's limits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.prompts import Content
from bot.domain.schedules import Kind
from bot.services.messenger import Post
from cogs.boundaries.card import boundary_card
from cogs.check_ins.card import check_in_card
from cogs.items import Panel, Pressed
from cogs.themes.card import reflection_card, theme_card

Look = tuple[discord.Embed, list[Pressed]]
_LOOKS: dict[Kind, Callable[[Post, Content], Look]] = {
    Kind.CHECK_IN: check_in_card,
    Kind.BOUNDARY: boundary_card,
    Kind.THEME: theme_card,
    Kind.REFLECTION: reflection_card,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A message on its way; `view` is None in a preview, where nothing can be pressed yet."""

    embed: discord.Embed
    view: Panel | None = None

    def given(self) -> dict[str, Any]:
        """What discord.py's `send` and `edit` take."""
        return {"embed": self.embed} | ({"view": self.view} if self.view else {})


def card_of(post: Post, content: Content, *, count: int | None) -> Card:
    """The card of a post; `count` of its answers, None where it may not be shown."""
    embed, items = _LOOKS[post.prompt.kind](post, content)
    if count is not None:
        embed.add_field(name="Answered so far", value=str(count))
    return Card(embed, Panel(*items) if items else None)
