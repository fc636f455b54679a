"""The next day's word, and the notes to facilitators that screening is down, or works again."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.services.screening import Fault
from cogs.errors import Told
from cogs.items import Panel
from cogs.safety.scenes import Flag, Page, Scene
from cogs.safety.steps import Step, follow_steps, opener
from cogs.speech import Phrase
from cogs.words import text

Look = dict[str, Any]  # what discord.py's `send` takes
REASONS = {
    Fault.LISTENER: Phrase("the word list doesn't work"),
    Fault.DATABASE: Phrase("I can't reach my database"),
}


def next_day(_letter: Letter, circle: Circle, _account: Account | None, content: Content) -> Look:
    """To the member, without a sound; where that is discreet, the neutral note first."""
    scene = Scene(Page.FOLLOW, circle.id, frozenset({Flag.HERE}))
    if circle.settings.discreet:
        return _given(opener(scene, content))
    steps = [*follow_steps(scene, content), Step(scene, "hide")]
    return _given(Told(text(content, scene.text_id), view=Panel(*steps)))


def down(letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """To facilitators, once an hour at the most."""
    fault = str(letter.facts.get("fault"))
    reason = REASONS[Fault(fault)] if fault in set(Fault) else REASONS[Fault.LISTENER]
    return {"content": text(content, "sf-x-down", reason=reason())}


def back(_letter: Letter, _circle: Circle, _account: Account | None, content: Content) -> Look:
    """To facilitators who were told that it is down."""
    return {"content": text(content, "sf-x-back")}


def _given(told: Told) -> Look:
    return {"content": told.text, "view": told.view, "silent": True}
