"""The sentences for what may be met around the channel; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import channel_errors

FIXED: dict[type[Exception], str] = {
    channel_errors.NoSuchTwo: (
        "I find no such two among those that you may see. `/keep-apart list` shows them. Nothing was changed."
    ),
    channel_errors.AnothersToTake: "This one is another facilitator's to take. Nothing was changed.",
    channel_errors.CannotSlow: (
        "I can't set this channel's pace: I need **Manage Channels** in it. You can give it to me in the "
        "channel's settings under *Permissions*. Nothing was changed."
    ),
    channel_errors.BadSpan: (
        "I couldn't read that as a length of time. These work: `30m`, `2h`, `1d`, up to seven days. Nothing "
        "was changed."
    ),
    channel_errors.NotInCircle: (
        "This is for what a person wrote in a circle's own channel, and I find no such message there. "
        "Nothing was sent."
    ),
}


def _bad_until(error: channel_errors.BadUntil) -> str:
    ways = "These work: `21:30`, `2h`, `3d`, `tomorrow`, `2026-05-17`. Nothing was changed."
    if error.read:
        return f"That end lies behind us, or further ahead than {error.most} days. {ways}"
    return f"I couldn't read that as an end. {ways}"


def _too_many_twos(error: channel_errors.TooManyTwos) -> str:
    return f"There is room for {error.limit} of these, and all are taken. Nothing was changed."


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    channel_errors.BadUntil: _bad_until,
    channel_errors.TooManyTwos: _too_many_twos,
}
