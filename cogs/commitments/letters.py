"""How a commitment's reminder looks: neutral wherever it may be seen, without a sound, and easily ended."""

from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.items import Panel, button
from cogs.speech import Phrase, say
from cogs.words import text

NEUTRAL = Phrase(
    "This is the time you chose. A small thing of yours is open, if you'd like it; leaving it is fine too."
)


def due(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """With both buttons on each."""
    id_ = letter.facts.get("commitment")
    view = Panel(
        button(say("Open"), f"commit:open:{id_}", discord.ButtonStyle.primary),
        button(say("Stop these"), f"commit:stop-reminding:{id_}"),
    )
    return {"content": NEUTRAL(), "view": view, "silent": True}


def quiet(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> dict[str, Any]:
    """One quiet note after some silent days; then nothing comes any more."""
    id_ = letter.facts.get("commitment")
    view = Panel(button(say("Open"), f"commit:open:{id_}"))
    return {"content": text(content, "cr-qui-1"), "view": view, "silent": True}
