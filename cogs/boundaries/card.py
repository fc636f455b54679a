"""The circle's boundary challenge: an invitation with its steps, and what to do where it isn't safe."""

import discord

from bot.domain.prompts import Content, Prompt
from bot.services.messenger import Post
from cogs.boundaries.posted import AnotherOne, NotForMe, TryIt
from cogs.check_ins.support import support
from cogs.embeds import calm
from cogs.items import Pressed
from cogs.speech import say
from cogs.words import clipped, in_words, lines, text, written

DESCRIPTION, FIELD = 4096, 1024  # characters (Discord)


def boundary_card(post: Post, content: Content) -> tuple[discord.Embed, list[Pressed]]:
    """The embed and what can be pressed under it; a preview has nothing to press."""
    embed = challenge_card(post.prompt, content)
    a_bot = say("I'm a bot.")
    embed.set_footer(text=f"{a_bot} {text(content, 'sf-d-footer')}")
    if post.occurrence is None:
        return embed, support(post)
    id_ = int(post.occurrence.id)
    return embed, [TryIt(id_), AnotherOne(id_), NotForMe(id_), *support(post)]


def challenge_card(prompt: Prompt, content: Content) -> discord.Embed:
    """A challenge whole, in a channel or in private."""
    embed = calm(
        title=clipped(prompt.title, 256),
        description=clipped(
            lines([f"*{text(content, 'bd-invite')}*", prompt.text, _steps(prompt)]), DESCRIPTION
        ),
    )
    embed.set_author(name=say("Boundary practice"))
    for name, value in {
        say("Words you might use"): prompt.script,
        say("It's done when"): prompt.done_when,
        say("If this isn't safe for you"): prompt.if_not_safe,
    }.items():
        if value:
            embed.add_field(name=name, value=clipped(value, FIELD), inline=False)
    return embed


def own_card(prompt: Prompt, content: Content) -> discord.Embed:
    """The same for one reader, in their language; its blanks stay as they are written."""
    return challenge_card(written(in_words(prompt, content)), content)


def _steps(prompt: Prompt) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(prompt.steps, 1))
