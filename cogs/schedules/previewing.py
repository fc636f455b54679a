"""The exact card of a post to come, shown to one facilitator; what is on it cannot be pressed yet."""

from collections.abc import Sequence

import discord

from bot.domain.outlook import Foreseen
from bot.services.messenger import Post
from cogs.actors import Interaction
from cogs.cards import preview_of
from cogs.dates import short_day
from cogs.reasons import gist, kind_of
from cogs.speech import Phrase, speaking
from cogs.words import clipped

SHOWN = 25  # options of a select (Discord)
NOTE = Phrase("This is how it will look. Its buttons come to life once it is posted.")


async def show_card(interaction: Interaction, post: Post) -> None:
    """As the answer to a command or a press; in the language in which the circle will read it."""
    with speaking(post.circle.settings.language):
        look = preview_of(post, interaction.client.content).given()
    await interaction.response.send_message(NOTE(), **look, ephemeral=True)


def options(posts: Sequence[Foreseen]) -> list[discord.SelectOption]:
    """Those with a card to show, as choices: `<schedule id>:<date>`."""
    return [
        discord.SelectOption(
            label=clipped(f"{short_day(one.due.date)}: {kind_of(one.prompt)}", 100),
            description=clipped(gist(one.prompt), 100),
            value=f"{one.schedule.id}:{one.due.date.isoformat()}",
        )
        for one in posts
        if one.prompt is not None
    ][:SHOWN]
