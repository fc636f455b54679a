"""The sentences for what members set for themselves and offer to the circle; see `cogs.sentences`."""

from collections.abc import Callable
from math import ceil
from typing import Any

from bot.domain import limits, member_errors
from cogs.speech import Phrase, say

FIXED: dict[type[Exception], Phrase] = {
    member_errors.AuthorKnown: Phrase(
        "These words carry their author's name already; there is nothing to unseal."
    ),
    member_errors.LookTwice: Phrase("These words carry a mark. You can look once more before they go up."),
    member_errors.NotPosted: Phrase(
        "These words do not stand in the channel, so there is nothing to take down."
    ),
}


def _bad_retention(error: member_errors.BadRetention) -> str:
    return say(
        "{given} days do not fit here: from 1 to {most} days do, as nothing of that kind is kept "
        "longer for anyone. Nothing was changed.",
        given=error.given,
        most=error.most,
    )


def _part_too_long(error: member_errors.PartTooLong) -> str:
    return say(
        "That is {given} lines in one part, and {most} fit, so that it is quick to read on a "
        "hard day. Nothing was changed; here is what you wrote.",
        given=error.given,
        most=error.most,
    )


def _too_often(error: limits.TooOften) -> str:
    return say(
        "That was a lot of these in a short time, so I rest with them; it goes again "
        "{when}. Everything else works, and `/help-now` always does.",
        when=f"<t:{ceil(error.again.timestamp())}:R>",
    )


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    limits.TooOften: _too_often,
    member_errors.BadRetention: _bad_retention,
    member_errors.PartTooLong: _part_too_long,
}
