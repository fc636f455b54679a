"""How a reminder looks: in a notification it says nothing of what it is about, where that is discreet."""

from typing import Any

import discord

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.harmless import harmless
from cogs.items import Panel, button
from cogs.speech import Phrase, say

NEUTRAL = Phrase("This is the time you chose. There is a moment here for you, if you'd like it.")
OPEN = Phrase(
    "This is the time you chose. Today's check-in in **{name}** is open, if you'd like it; a "
    "word or the weather is enough, and leaving it is fine too."
)


def due(letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """With both buttons on each; `circle` stands as the member wishes it."""
    occurrence = letter.facts.get("occurrence")
    view = Panel(
        button(say("Check in"), f"reminder:check-in:{circle.id}:{occurrence}", discord.ButtonStyle.primary),
        button(say("Stop these"), f"reminder:stop:{circle.id}"),
    )
    said = NEUTRAL() if circle.settings.discreet else OPEN(name=harmless(circle.name))
    silent = bool(letter.facts.get("silent"))
    return {"content": said, "view": view, "silent": silent}
