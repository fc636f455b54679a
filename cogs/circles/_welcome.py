"""The welcome card: what the circle agrees on, what Trellis is not, and the way in."""

from typing import Any

import discord

from bot.domain.circles import Circle
from bot.domain.prompts import Content
from cogs.embeds import calm
from cogs.items import Panel
from cogs.speech import Phrase, say
from cogs.words import lines

AGREEMENT = "sf-agreement"
OUR_AGREEMENT = Phrase("Our agreement")
WHAT_I_AM = Phrase(
    "I'm Trellis, a bot. I'm no therapist and no emergency service. I post prompts at set times "
    "and keep what you choose to give me. Facilitators are people, and they read when they can."
)
WHAT_JOINING_IS = Phrase(
    "**Join** first says what is kept and who sees it; then you choose. You can pass at any "
    "time, and leave at any time."
)


def welcome(circle: Circle, content: Content) -> dict[str, Any]:
    """What to send into the home channel."""
    name = discord.utils.escape_markdown(circle.name)
    embed = calm(title=say("Welcome to {name}", name=name)[:256], description=WHAT_I_AM())
    agreement = content.texts.get(AGREEMENT)
    if agreement:
        agreed = f"**{OUR_AGREEMENT}**\n{agreement}"
        embed.description = lines([WHAT_I_AM(), agreed, WHAT_JOINING_IS()])
    join = discord.ui.Button[Any](
        label=say("Join"), style=discord.ButtonStyle.success, custom_id=f"circle:join:{circle.id}"
    )
    return {"embed": embed, "view": Panel(join)}
