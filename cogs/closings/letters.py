"""What both channels read of a closing: plainly, kindly, with the date; and what can be pressed about it."""

from typing import Any

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from cogs.closings.components import HandOver, KeepCircle
from cogs.items import Panel, button
from cogs.speech import Phrase, say

Look = dict[str, Any]  # what discord.py's `send` takes
CLOSING = Phrase(
    "The facilitators are closing this circle. I post nothing here any more, and no reminder "
    "comes.\n\n"
    "Until <t:{at}:F> all that is yours is still here, and stays yours: **Export** gives it to you "
    "in one file, for you alone. `/checkin`, `/ground`, `/help-now` and **I'd like a person** work "
    "as they always did.\n\n"
    "After that I delete it all, and destroy the keys to what is yours, so that nobody can read that "
    "in a backup either. Messages in this channel stay on Discord. `/help-now` and `/ground` go on "
    "wherever I am.\n\n"
    "Thank you for having been here for one another."
)
NOTE = Phrase(
    "This circle closes <t:{at}:F> (<t:{at}:R>), as a facilitator said (`/circle audit` shows who). "
    "I tell <#{channel}>, too. Nothing is posted any more, words that wait for review neither, and "
    "nobody new can join; alerts reach you as before, until then.\n\n"
    "Then all that I keep of it is deleted, and can't be brought back. If that is not what you "
    "want, **Keep the circle** takes it back for everyone."
)
KEPT = Phrase(
    "This circle stays, and nothing of yours was deleted. Posts come at their usual times again; "
    "there is nothing to catch up on."
)
KEPT_RESTING = Phrase("This circle stays, and nothing of yours was deleted. It rests, as it did before.")
KEPT_NOTE = Phrase(
    "The circle stays: a facilitator has kept it, and I tell <#{channel}> so. Nothing was deleted."
)
CLOSED = Phrase(
    "The circle is closed. All that I kept of it is deleted, and the keys of its members are "
    "destroyed. Messages stay on Discord, this channel's too: they are yours to remove. Thank you "
    "for having held it."
)


def closing(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To the circle, with everybody's own way to what is theirs."""
    return {
        "content": CLOSING(at=letter.facts.get("at")),
        "view": Panel(button(say("Export"), "privacy:export:0")),
    }


def note(letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To its facilitators, with the way back."""
    said = NOTE(at=letter.facts.get("at"), channel=circle.home.channel)
    return {"content": said, "view": Panel(KeepCircle(int(circle.id)), HandOver(int(circle.id)))}


def kept(letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To the circle."""
    return {"content": KEPT_RESTING() if letter.facts.get("rests") else KEPT()}


def kept_note(_letter: Letter, circle: Circle, _account: Account | None, _content: Content) -> Look:
    """To its facilitators."""
    return {"content": KEPT_NOTE(channel=circle.home.channel)}


def closed(_letter: Letter, _circle: Circle, _account: Account | None, _content: Content) -> Look:
    """The last word to them."""
    return {"content": CLOSED()}
