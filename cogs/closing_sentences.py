"""The sentences for what a circle that closes no longer begins; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import closing_errors
from cogs.speech import Phrase

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


def _closing(error: closing_errors.CircleClosing) -> str:
    return CLOSING(at=int(error.closes_at.timestamp()))


TELLING: dict[type[Exception], Callable[[Any], str]] = {closing_errors.CircleClosing: _closing}
