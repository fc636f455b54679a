"""What leaves by itself around the channel: a suggestion to an author, the end of a slower pace."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.channel._covers import suggested
from cogs.speech import Phrase
from cogs.words import text

__all__ = ["pace_ended", "pace_stuck", "suggested"]

STUCK = Phrase(
    "The slower pace in <#{channel}> was to end by itself, and I couldn't end it: I need "
    "**Manage Channels** there. You can end it in the channel's settings."
)


def pace_ended(
    _letter: Letter, _circle: Circle, _account: Account | None, content: Content
) -> dict[str, Any]:
    """To the circle."""
    return {"content": text(content, "sf-p-pace")}


def pace_stuck(
    _letter: Letter, circle: Circle, _account: Account | None, _content: Content
) -> dict[str, Any]:
    """To its facilitators."""
    return {"content": STUCK(channel=circle.home.channel)}
