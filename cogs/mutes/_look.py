"""What is said of a member's own quiet: before it begins what it does, and the way back from it."""

from datetime import datetime

import discord

from bot.domain.mutes import LONGEST
from bot.services.mutes import MuteEnded, MuteShown
from cogs.sentences import stamp
from cogs.speech import Phrase, in_a_row
from cogs.words import lines

HOW = Phrase(
    "**A quiet of your own.** Name its end, and I leave you alone until then: `/mute-me "
    "until:21:30`, `2h`, `3d`, `tomorrow` or a date such as `2026-05-17`; {days} days at most. "
    "First I say what it does, then you decide."
)
WHAT = Phrase(
    "**Quiet until {until}?** Until then reminders and other direct messages of mine wait. Two "
    "things come all the same: help, if words of yours sound like danger, and word that a "
    "facilitator has what you asked for. Everything you ask me for still works, and the circle's "
    "channel goes on as ever. Nobody is told. It ends by itself, and with **I'm back** at any time."
)
POSTING = Phrase(
    "**You might let your own posting rest, too.** Discord then keeps you from writing and "
    "reacting on this server; you can go on reading. It also takes every command and button on "
    "the server from you, mine too, so the way back is in our direct messages: I leave you **I'm "
    "back** there first, and `/mute-me` works there as well. People here who may time others out "
    "can see a mark at your name; the server's log says that it was your own wish."
)
CANNOT = {
    "no-permission": Phrase(
        "Your own posting stays as it is: Discord hasn't given me **Time out members** here."
    ),
    "above-us": Phrase("Your own posting stays as it is: your role stands above mine on this server."),
    "administrates": Phrase(
        "Your own posting stays as it is: Discord lets nobody do that for those who own or "
        "administer a server."
    ),
    "timed-out": Phrase(
        "Your own posting stays as it is: a timeout that somebody else set is on, and I leave that as it is."
    ),
    "absent": Phrase("Your own posting stays as it is: I don't find you on that server."),
    "unknown": Phrase("Your own posting stays as it is: Discord didn't answer me just now."),
}
ON = Phrase("It is quiet now, until {until}.")
POSTING_TOO = Phrase(
    "Your posting rests until then, too, and reading goes on. **I'm back** is in our direct messages."
)
BACK_HERE = Phrase("**I'm back** ends it early.")
NO_WAY_BACK = Phrase(
    "Your own posting stays open: I couldn't leave you the way back, as your direct messages are "
    "closed to me. Where you open them for this server, it can rest, too."
)
IN_DM = Phrase(
    "Quiet until {until}, as you asked. One press ends it, whenever you like; `/mute-me` works here, too."
)
BACK = Phrase("You're back. What waited for you comes in a moment, and your next reminders come as ever.")
NOTHING = Phrase("Nothing was on: no quiet of yours holds anything back.")
LEFT_OFF = Phrase(
    "Your posting on the server still rests until {until}: I may not end it there any more. It "
    "ends by itself then, and a moderator can end it sooner."
)
LET_BE = Phrase("Then nothing changes.")


def standing_said(shown: MuteShown) -> str:
    """How it stands now."""
    if shown.until is None:
        return HOW(days=LONGEST.days)
    return _on(shown.until, shown.posting)


def asked_said(shown: MuteShown) -> str:
    """What would happen, all of it, before anything does."""
    assert shown.until is not None  # noqa: S101 - the service read it
    posting = CANNOT[shown.cannot] if shown.cannot else POSTING
    return lines([WHAT(until=stamp(shown.until, "F")), posting()])


def begun_said(shown: MuteShown, *, reached: bool) -> str:
    """What is so now. `reached`: the way back stands in the direct messages, or was not needed."""
    assert shown.until is not None  # noqa: S101 - it has begun
    not_posting = CANNOT[shown.cannot]() if shown.cannot else ""
    return lines([_on(shown.until, shown.posting), not_posting, "" if reached else NO_WAY_BACK()])


def ended_said(ended: MuteEnded) -> str:
    """What is so now."""
    left_off = [LEFT_OFF(until=stamp(until, "F")) for until in ended.left_off]
    return lines([BACK() if ended.was_on else NOTHING(), *left_off])


def way_back_said(until: datetime) -> str:
    """In the direct messages, where a phone may be seen by others: no word of what it is about."""
    return discord.utils.escape_mentions(IN_DM(until=stamp(until, "F")))


def _on(until: datetime, posting: datetime | None) -> str:
    return in_a_row(ON(until=stamp(until, "F")), POSTING_TOO if posting else BACK_HERE)
