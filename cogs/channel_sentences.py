"""The sentences for what may be met around the channel; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import channel_errors

FIXED: dict[type[Exception], str] = {}


def _bad_until(error: channel_errors.BadUntil) -> str:
    ways = "These work: `21:30`, `2h`, `3d`, `tomorrow`, `2026-05-17`. Nothing was changed."
    if error.read:
        return f"That end lies behind us, or further ahead than {error.most} days. {ways}"
    return f"I couldn't read that as an end. {ways}"


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    channel_errors.BadUntil: _bad_until,
}
