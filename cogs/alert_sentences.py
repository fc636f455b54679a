"""The sentences for alerts and duty; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import alert_errors

FIXED: dict[type[Exception], str] = {
    alert_errors.NoSuchAlert: (
        "I find no such alert here: it is kept no longer, or belongs to somebody else. Nothing was changed."
    ),
    alert_errors.AlertClosed: "This alert is closed already. Nothing was changed.",
    alert_errors.NoWordMatch: (
        "A person raised this one, so there is no word match to be false. **Close** ends it. Nothing was "
        "changed."
    ),
    alert_errors.BadUntil: (
        "I couldn't read that as an end of duty. It works as HH:MM in the circle's time, such as `18:00`, or "
        "as `2027-01-31 18:00`, and lies ahead by a month or less. Nothing was changed."
    ),
}


def _taken(error: alert_errors.AlertTaken) -> str:
    who = f"<@{error.holder.id}>" if error.holder else "A facilitator who is forgotten here"
    return f"{who} has this one already. Nothing was changed."


def _long_line(error: alert_errors.TooLongForALine) -> str:
    return (
        f"That is {error.given} characters, and {error.limit} fit, as it is said within a sentence. "
        "Nothing was changed."
    )


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    alert_errors.AlertTaken: _taken,
    alert_errors.TooLongForALine: _long_line,
}
