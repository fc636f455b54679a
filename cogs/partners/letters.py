"""What comes by direct message to one who walks alongside another; neutral wherever it may be seen."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.speech import Phrase, say

BEGUN = Phrase("Something you wished for has begun. `/partner` shows it, and one press there ends it.")


def begun(_letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """The other has named them too."""
    return {"content": BEGUN(), "silent": True}


def word(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> dict[str, Any]:
    """A ready word."""
    said = content.texts.get(str(letter.facts.get("text")), "")
    return {
        "content": say("A word for you: {word}\n-# `/partner` shows from whom, and ends these.", word=said),
        "silent": True,
    }
