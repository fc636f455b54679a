"""How Trellis says what it is, and how it kept its word."""

import discord

from bot.domain.circles import Circle
from bot.domain.promises import PromiseLog
from bot.domain.prompts import Content
from cogs.embeds import calm
from cogs.promises import kept_word
from cogs.speech import Phrase, say
from cogs.words import lines, text

LONG = "sf-d-long"
OPERATOR = Phrase("the person who runs me")
DRAFT = Phrase("No clinician has reviewed my texts in this language yet.")


def about_look(content: Content, version: str) -> discord.Embed:
    """What it is and is not, and its version."""
    embed = calm(
        title="Trellis",
        description=lines(
            [
                say("A trellis does not grow the plant. It holds still while the plant grows."),
                text(content, LONG, operator=OPERATOR()),
            ]
        ),
    )
    embed.add_field(
        name=say("Not for emergencies"),
        value=say(
            "I'm a bot, no therapist and no emergency service. In danger, your local emergency "
            "number is there now. `/help-now` names it, and people you can call or text."
        ),
        inline=False,
    )
    embed.add_field(
        name=say("Private"),
        value=say(
            "What you write is kept encrypted. `/privacy` shows what is kept about you, and deletes it."
        ),
        inline=False,
    )
    if not content.reviewed:
        embed.add_field(name=say("A draft"), value=DRAFT(), inline=False)
    embed.set_footer(text=say("Trellis {version} · free software (MIT)", version=version))
    return embed


def with_log(embed: discord.Embed, circle: Circle, promises: PromiseLog) -> None:
    """Adds the promise log of the last 30 days."""
    name = discord.utils.escape_markdown(circle.name)
    embed.add_field(
        name=say("The last 30 days in {name}", name=name)[:256], value=kept_word(promises), inline=False
    )
