"""How Trellis says what it is, and how it kept its word."""

import discord

from bot.domain.circles import Circle
from bot.domain.promises import PromiseLog
from bot.domain.prompts import Content
from cogs.embeds import calm
from cogs.promises import kept_word

LONG = "sf-d-long"
OPERATOR = "the person who runs me"


def about_look(content: Content, version: str) -> discord.Embed:
    """What it is and is not, and its version."""
    embed = calm(
        title="Trellis",
        description="A trellis does not grow the plant. It holds still while the plant grows.\n\n"
        + content.texts[LONG].replace("{operator}", OPERATOR),
    )
    embed.add_field(
        name="Not for emergencies",
        value="I'm a bot, no therapist and no emergency service. In danger, your local emergency number "
        "is there now. `/help-now` names it, and people you can call or text.",
        inline=False,
    )
    embed.add_field(
        name="Private",
        value="What you write is kept encrypted. `/privacy` shows what is kept about you, and deletes it.",
        inline=False,
    )
    embed.set_footer(text=f"Trellis {version} · free software (MIT)")
    return embed


def with_log(embed: discord.Embed, circle: Circle, promises: PromiseLog) -> None:
    """Adds the promise log of the last 30 days."""
    name = discord.utils.escape_markdown(circle.name)
    embed.add_field(name=f"The last 30 days in {name}"[:256], value=kept_word(promises), inline=False)
