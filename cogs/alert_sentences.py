"""The sentences for alerts and duty; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import alert_errors
from cogs.speech import Phrase, say

FIXED: dict[type[Exception], Phrase] = {
    alert_errors.NoSuchAlert: Phrase(
        "I find no such alert here: it is kept no longer, or belongs to somebody else. Nothing was changed."
    ),
    alert_errors.AlertClosed: Phrase("This alert is closed already. Nothing was changed."),
    alert_errors.NoWordMatch: Phrase(
        "A person raised this one, so there is no word match to be false. **Close** ends it. "
        "Nothing was changed."
    ),
    alert_errors.BadUntil: Phrase(
        "I couldn't read that as an end of duty. It works as HH:MM in the circle's time, such as "
        "`18:00`, or as `2027-01-31 18:00`, and lies ahead by a month or less. Nothing was "
        "changed."
    ),
}


def _taken(error: alert_errors.AlertTaken) -> str:
    who = f"<@{error.holder.id}>" if error.holder else say("A facilitator who is forgotten here")
    return say("{who} has this one already. Nothing was changed.", who=who)


def _long_line(error: alert_errors.TooLongForALine) -> str:
    return say(
        "That is {given} characters, and {limit} fit, as it is said within a sentence. Nothing was changed.",
        given=error.given,
        limit=error.limit,
    )


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    alert_errors.AlertTaken: _taken,
    alert_errors.TooLongForALine: _long_line,
}
