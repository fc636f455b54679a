"""The sentences for what a circle that rests, or closes, does not do; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import closing_errors, errors
from cogs.speech import Phrase, say

CLOSING = Phrase(
    "This circle closes <t:{at}:F>, so nothing new is begun in it: nothing is posted, nobody joins, "
    "no new words are taken. Nothing was changed. What is yours stays yours until then, and "
    "**Export** under `/privacy` gives it to you. A facilitator can keep the circle with "
    "`/circle resume`."
)

FIXED: dict[type[Exception], Phrase] = {
    closing_errors.TooLateToKeep: Phrase(
        "The seven days are over: the circle is being deleted, as everybody was told, and can't be "
        "kept any more."
    ),
}


def _paused(error: errors.CirclePaused) -> str:
    if error.until is None:
        return say("The circle rests. `/circle resume` ends the pause.")
    until = f"<t:{int(error.until.timestamp())}:F>"
    return say("The circle rests until {until}. `/circle resume` ends the pause.", until=until)


def _closing(error: closing_errors.CircleClosing) -> str:
    return CLOSING(at=int(error.closes_at.timestamp()))


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    errors.CirclePaused: _paused,
    closing_errors.CircleClosing: _closing,
}
