"""The sentences for crisis lines; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import line_errors
from cogs.speech import Phrase, say

NAMES = {
    "name": Phrase("The name"),
    "phone": Phrase("The number to call"),
    "text": Phrase("The number to text"),
    "chat": Phrase("The address"),
    "hours": Phrase("The hours"),
}
FIXED: dict[type[Exception], Phrase] = {
    line_errors.NoSuchLine: Phrase(
        "I find no such line in this circle. `/lines list` shows those there are. Nothing was changed."
    ),
    line_errors.LineIncomplete: Phrase(
        "A line needs a name and one way to reach it: a number to call, a number to text, or an "
        "address that begins with https://. Nothing was changed."
    ),
}


def _too_long(error: line_errors.LineTooLong) -> str:
    return say(
        "{field} takes up to {limit} characters. Nothing was changed.",
        field=NAMES[error.field],
        limit=error.limit,
    )


def _too_many(error: line_errors.TooManyLines) -> str:
    return say(
        "There is room for {limit} lines of a circle's own, and all are taken. You might take "
        "one away first. Nothing was changed.",
        limit=error.limit,
    )


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    line_errors.LineTooLong: _too_long,
    line_errors.TooManyLines: _too_many,
}
