"""The sentences for crisis lines; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import line_errors

NAMES = {
    "name": "The name",
    "phone": "The number to call",
    "text": "The number to text",
    "chat": "The address",
    "hours": "The hours",
}
FIXED: dict[type[Exception], str] = {
    line_errors.NoSuchLine: (
        "I find no such line in this circle. `/lines list` shows those there are. Nothing was changed."
    ),
    line_errors.LineIncomplete: (
        "A line needs a name and one way to reach it: a number to call, a number to text, or an address that "
        "begins with https://. Nothing was changed."
    ),
}


def _too_long(error: line_errors.LineTooLong) -> str:
    return f"{NAMES[error.field]} takes up to {error.limit} characters. Nothing was changed."


def _too_many(error: line_errors.TooManyLines) -> str:
    return (
        f"There is room for {error.limit} lines of a circle's own, and all are taken. You might take one "
        "away first. Nothing was changed."
    )


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    line_errors.LineTooLong: _too_long,
    line_errors.TooManyLines: _too_many,
}
