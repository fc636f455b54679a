"""Word about pairs: to who was left over, to both where no thread came about, to facilitators for an ear."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.items import Panel, button
from cogs.speech import Phrase, say

Look = dict[str, Any]  # what discord.py's `send` takes
LEFT = Phrase(
    "This week there was one more of you than pairs, and it fell to you to wait. You go first "
    "next time; `/boundary together` takes you out if you'd rather."
)
FAILED = Phrase(
    "I'm sorry: the thread for this week's practice could not be made, on my side. Nothing you did."
)
EAR = Phrase(
    "Two members practise listening, and would like an ear: <#{thread}>. One of you reading "
    "along quietly is enough; both know that it may be so."
)
NOT_OPENED = Phrase(
    "I couldn't make a private thread for two members who wanted to practise. I need **Create "
    "Private Threads** and **Send Messages in Threads** in the circle's channel. Both were told "
    "that it failed on my side."
)


def left_over(_letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """They wait for the next drawing."""
    return {"content": LEFT(), "silent": True}


def failed(_letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """Told truthfully."""
    return {"content": FAILED(), "silent": True}


def ear(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """With the way in."""
    view = Panel(button(say("I'll listen"), f"pair:listen:{letter.facts.get('pair')}"))
    return {"content": EAR(thread=letter.facts.get("thread")), "view": view}


def not_opened(_letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """What is missing."""
    return {"content": NOT_OPENED()}
