"""What facilitators are told: that something was marked; not by whom, and nothing of it."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.items import Panel
from cogs.marked._components import ReadMarked
from cogs.speech import Phrase

TOLD = Phrase(
    "A member marked an answer for you. You can read it when you have a moment; they can see who looked."
)


def marked(_letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """With the way to it."""
    return {"content": TOLD(), "view": Panel(ReadMarked(int(circle.id)))}
