"""The theme of the week and its reflection: a calm opening, and one question at the close."""

import discord

from bot.domain.prompts import Content, Part
from bot.services.messenger import Post
from cogs.check_ins.support import support
from cogs.embeds import calm
from cogs.items import Pressed
from cogs.shares.offering import offering
from cogs.speech import Phrase, say
from cogs.themes._components import SeeCalendar
from cogs.words import clipped, lines, text

BOT = Phrase("I'm a bot.")


def theme_card(post: Post, content: Content) -> tuple[discord.Embed, list[Pressed]]:
    """The embed and what can be pressed under it; a preview has nothing to press."""
    prompt = post.prompt
    intention = f"*{prompt.intention}*" if prompt.intention else ""
    author = say("This week's practice") if prompt.part is Part.PRACTICE else say("Theme of the week")
    embed = _embed(post, content, author, lines([prompt.text, intention]))
    if prompt.script:
        embed.add_field(name=say("Words you might use"), value=prompt.script, inline=False)
    return embed, [*support(post), *_weeks(post)]


def _weeks(post: Post) -> list[Pressed]:
    return [SeeCalendar(int(post.circle.id))] if post.occurrence is not None else []


def reflection_card(post: Post, content: Content) -> tuple[discord.Embed, list[Pressed]]:
    """The same for the week's close, where words can be offered to the circle."""
    return _embed(post, content, say("Looking back on the week"), post.prompt.text), offering(post) + support(
        post
    )


def _embed(post: Post, content: Content, author: str, said: str) -> discord.Embed:
    embed = calm(title=clipped(post.prompt.title, 256), description=clipped(said, 4096))
    embed.set_author(name=author)
    embed.set_footer(text=f"{BOT} {text(content, 'sf-d-footer')}")
    return embed
