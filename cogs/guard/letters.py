"""What leaves by itself around the guard."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.services._guard_keeping import acts_meanwhile, trouble_of
from bot.services._guarding import alerted_with, helped_with
from cogs.channel_sentences import TROUBLE, trouble_said
from cogs.guard._look import BY_HAND
from cogs.safety.scenes import PAGE_OF, Flag, Scene
from cogs.safety.steps import opener
from cogs.speech import Phrase
from cogs.words import lines

IN_ITS_WAY = Phrase("The guard of <#{channel}> is switched on, and something is in its way. I go on trying.")
RESTS = Phrase("Until then none of my rules acts there.")


def help_offered(
    letter: Letter, circle: Circle, _account: Account | None, content: Content
) -> dict[str, Any]:
    """To who met it: that there is a note, and nothing of it; a screen may be seen by others."""
    flags = {Flag.HERE, Flag.ALERTED} if alerted_with(letter) else {Flag.HERE}
    told = opener(Scene(PAGE_OF[helped_with(letter)], circle.id, frozenset(flags)), content)
    return {"content": told.text, "view": told.view, "silent": circle.settings.discreet}


def off_by_hand(
    _letter: Letter, _circle: Circle, _account: Account | None, _content: Content
) -> dict[str, Any]:
    """To facilitators: a rule was deleted or disabled."""
    return {"content": BY_HAND()}


def trouble(letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> dict[str, Any]:
    """To facilitators, once: what is in the way, and whether the guard acts meanwhile."""
    it = trouble_of(letter)
    said = trouble_said(it, None) if it.why in TROUBLE else ""
    rests = "" if acts_meanwhile(it) else RESTS()
    return {"content": lines([IN_ITS_WAY(channel=circle.home.channel), said, rests])}
