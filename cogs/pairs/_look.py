"""The card in a pair's thread: whose turn it is, what it asks for, until when, and the way out."""

from typing import Any

import discord

from bot.domain.pairs import Press, Step
from bot.services.messenger import PairShown
from cogs.items import Panel, button
from cogs.sentences import listed, stamp
from cogs.speech import Phrase, say
from cogs.words import lines

LABELS = {
    Press.HERE: Phrase("I'm here"),
    Press.SAID: Phrase("I've said it"),
    Press.SAID_BACK: Phrase("I've said it back"),
    Press.YES: Phrase("Yes, that's it"),
    Press.PARTLY: Phrase("Partly"),
    Press.MORE_TIME: Phrase("More time"),
    Press.OUT: Phrase("Step out"),
}
WELCOME = Phrase(
    "{one} and {two}, this place is for the two of you. One of you writes up to four lines about "
    "something mild. The other says back what they heard, and asks: did I get that right? Then "
    "you swap. No fixing, no advice. What you write here doesn't reach me."
)
EAR = Phrase("A facilitator may read along here, as one of you wished.")
WHO = Phrase("Whoever manages threads on this server can open this one, too.")
SAID = {
    Step.HERE: Phrase("When you are here, press the button. It begins when you both have."),
    Step.SPEAK: Phrase(
        "**{speaker}, you speak.** Up to four lines, about something mild. {listener} listens."
    ),
    Step.SAY_BACK: Phrase("**{listener}, you say it back:** “What I hear is … Did I get that right?”"),
    Step.CONFIRM: Phrase("**{speaker}, was that it?** If only partly, {listener} tries once more."),
    Step.DONE: Phrase(
        "You have both spoken, and you were both heard. Thank you. This place is put away now; "
        "what you wrote stays yours, and you can delete it."
    ),
    Step.OUT: Phrase(
        "Your practice ends here for now. It says nothing about either of you, and no reason is "
        "asked. This place is put away; what you wrote stays yours, and you can delete it."
    ),
}
PRESSES = {
    Step.HERE: (Press.HERE, Press.OUT),
    Step.SPEAK: (Press.SAID, Press.MORE_TIME, Press.OUT),
    Step.SAY_BACK: (Press.SAID_BACK, Press.MORE_TIME, Press.OUT),
    Step.CONFIRM: (Press.YES, Press.PARTLY, Press.MORE_TIME, Press.OUT),
}
TURN_OVER = Phrase(
    "The time for this turn is over. There is no hurry: go on when you are ready, or take more time."
)
FORWARD = frozenset({Press.HERE, Press.SAID, Press.SAID_BACK, Press.YES})


def card(it: PairShown) -> dict[str, Any]:
    """What `send` and `edit` take; nobody is pinged by it."""
    pair, names = it.pair, {place: f"<@{account.id}>" for place, account in it.accounts.items()}
    one, two = (names.get(place, say("one who has left")) for place in (0, 1))
    speaker, listener = (one, two) if pair.speaker == 0 else (two, one)
    said = SAID[pair.step](speaker=speaker, listener=listener)
    if pair.over:
        return {"content": said, "view": None, "allowed_mentions": discord.AllowedMentions.none()}
    waiting = [name for place, name in names.items() if place not in pair.ready]
    if pair.step is Step.HERE and pair.ready and waiting:
        said += " " + say("Still to come: {people}.", people=listed(waiting, "and"))
    parts = [WELCOME(one=one, two=two), lines([EAR() if pair.ear else "", WHO()]), said]
    if pair.step is not Step.HERE:
        parts.append(
            say("This turn is until {when}.", when=stamp(pair.until, "t")) if pair.until else TURN_OVER()
        )
    parts.append(say("-# This place closes by itself {when}.", when=stamp(pair.closes_at, "F")))
    buttons = [_button(int(pair.id), press) for press in PRESSES[pair.step]]
    return {
        "content": lines(parts),
        "view": Panel(*buttons),
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def _button(pair: int, press: Press) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle.primary if press in FORWARD else discord.ButtonStyle.secondary
    return button(LABELS[press], f"pair:turn:{pair}:{press.value}", style)
