"""The day's check-in as the circle sees it: the prompt, one tap, and every quieter way to answer or not."""

import discord

from bot.domain.prompts import Content, ShareRule
from bot.services.messenger import Post
from cogs.check_ins._components import AnswerPrivately, Pass, WeatherSelect
from cogs.check_ins.support import support
from cogs.embeds import calm
from cogs.items import Pressed
from cogs.shares.offering import offering
from cogs.speech import Phrase, say
from cogs.words import clipped, lines, text

PRIVATE_FIRST = Phrase("I'm a bot. What you answer is yours alone, unless you say otherwise.")
PRIVATE = Phrase("*Answers to this one stay private.*")


def check_in_card(post: Post, content: Content) -> tuple[discord.Embed, list[Pressed]]:
    """The embed and what can be pressed under it; a preview has nothing to press."""
    prompt = post.prompt
    private = PRIVATE() if prompt.share is ShareRule.PRIVATE else ""
    embed = calm(title=clipped(prompt.title, 256), description=clipped(lines([prompt.text, private]), 4096))
    embed.set_author(name=say("Check-in · day {day} of 7", day=prompt.day) if prompt.day else say("Check-in"))
    embed.set_footer(text=f"{PRIVATE_FIRST} {text(content, 'sf-d-footer')}")
    if post.occurrence is None:
        return embed, []
    occurrence = int(post.occurrence.id)
    first: list[Pressed] = [WeatherSelect(occurrence, content), AnswerPrivately(occurrence)]
    return embed, [*first, *offering(post), *support(post), Pass(occurrence)]
