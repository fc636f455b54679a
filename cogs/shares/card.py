"""How offered words look in the channel; facilitators see just this before they decide."""

import discord

from bot.domain.prompts import Content
from bot.domain.shares import Draft
from cogs.embeds import calm
from cogs.harmless import harmless
from cogs.shares._draft import CIRCLE, REPLIES_AS
from cogs.speech import Phrase, say
from cogs.words import clipped, text

FOOTER = Phrase("Shared by choice. You can simply read it.")


def share_card(
    draft: Draft, content: Content, title: str | None = None, author: str | None = None
) -> discord.Embed:
    """The words in their frame: who, topic, words (covered where chosen), what would help back.

    `author` is the id of an account that chose to be named.
    """
    words = harmless(draft.text)
    topic = text(content, "sf-d-topic", topic=f"**{harmless(draft.topic)}**") if draft.topic else ""
    parts = [
        say("From <@{author}>", author=author) if author else "",
        topic,
        f"||{words}||" if draft.covered else words,
    ]
    embed = calm(title=clipped(title, 256) if title else None, description="\n\n".join(filter(None, parts)))
    if not author:
        embed.set_author(name=CIRCLE())
    if draft.wish is not None:
        embed.add_field(name=say("What would help back"), value=REPLIES_AS[draft.wish](), inline=False)
    embed.set_footer(text=FOOTER())
    return embed
