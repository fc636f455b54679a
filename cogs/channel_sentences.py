"""The sentences for what may be met around the channel; see `cogs.sentences`."""

from collections.abc import Callable
from typing import Any

from bot.domain import channel_errors
from cogs.speech import Phrase, in_a_row, say

NOTES_CHANNEL = Phrase("The channel for Discord's notes")
TROUBLE = {
    "no-permission": Phrase(
        "I need **Manage Server** first. Discord asks it of whoever makes AutoMod rules; I use "
        "it for nothing else. You find it under *Server Settings → Roles → Trellis*."
    ),
    "no-room": Phrase(
        "Discord allows six rules of this kind on a server: {here} stand here already, and mine "
        "would be {mine}. One of them could make room, under *Server Settings → Safety Setup → "
        "AutoMod*."
    ),
    "too-many-channels": Phrase(
        "A rule of Discord's only knows in which channels it does *not* act, {mine} at most, and "
        "this server has {here} beside the circles'. So I can't keep it to your channel, and I "
        "won't let it act elsewhere. It works where channels that nobody uses are deleted, or "
        "where the circle has a small server of its own."
    ),
    "no-copies": Phrase(
        "To leave messages where they are, Discord wants a channel for a note of its own, and "
        "that note holds the words. So that no facilitator gets a copy of them: make a private "
        "channel that nobody but I see, give me **View Channel**, **Send Messages**, **Read "
        "Message History** and **Manage Messages** there, and name it: `/guard on policy:tell "
        "copies:#that-channel`. With `policy:hold` none is needed."
    ),
    "copies-lacking": Phrase("In the channel for Discord's notes I lack: {lacking}."),
    "copies-seen": Phrase(
        "{notes} can be seen by others than me. What is written in "
        "distress would stand there for them, so please take **View Channel** from everyone and "
        "every role but mine there."
    ),
    "copies-gone": Phrase("I can't find the channel for Discord's notes. `/guard on` names another."),
    "refused": Phrase(
        "Discord refused a rule as I wrote it. That is a fault of mine; whoever runs me finds it in my log."
    ),
    "still-there": Phrase(
        "I couldn't take the rules away just now, and I go on trying. Until then they act. You "
        "can delete those named “Trellis · …” yourself, under *Server Settings → Safety Setup → "
        "AutoMod*."
    ),
}
FIXED: dict[type[Exception], Phrase] = {
    channel_errors.NotGuardian: Phrase(
        "Whoever switches the guard needs Discord's **Manage Server**, and I can't see that you "
        "hold it. A facilitator who does can run this. Nothing was changed."
    ),
    channel_errors.NoSuchTwo: Phrase(
        "I find no such two among those that you may see. `/keep-apart list` shows them. Nothing was changed."
    ),
    channel_errors.AnothersToTake: Phrase("This one is another facilitator's to take. Nothing was changed."),
    channel_errors.CannotSlow: Phrase(
        "I can't set this channel's pace: I need **Manage Channels** in it. You can give it to "
        "me in the channel's settings under *Permissions*. Nothing was changed."
    ),
    channel_errors.BadSpan: Phrase(
        "I couldn't read that as a length of time. These work: `30m`, `2h`, `1d`, up to seven "
        "days. Nothing was changed."
    ),
    channel_errors.NotInCircle: Phrase(
        "This is for what a person wrote in a circle's own channel, and I find no such message "
        "there. Nothing was sent."
    ),
}


def _bad_end(error: channel_errors.BadEnd) -> str:
    ways = say("These work: `21:30`, `2h`, `3d`, `tomorrow`, `2026-05-17`. Nothing was changed.")
    if not error.read:
        return in_a_row(say("I couldn't read that as an end."), ways)
    far = say("That end lies behind us, or further ahead than {most} days.", most=error.most)
    return in_a_row(far, ways)


def _too_many_twos(error: channel_errors.TooManyTwos) -> str:
    return say(
        "There is room for {limit} of these, and all are taken. Nothing was changed.", limit=error.limit
    )


def trouble_said(trouble: channel_errors.CannotGuard, copies: str | None = None) -> str:
    """What is in the way, and the way on."""
    here, mine = (*trouble.what, "?", "?")[:2]
    lacking = ", ".join(f"**{Phrase(each)}**" for each in trouble.what)
    notes = f"<#{copies}>" if copies else str(NOTES_CHANNEL)
    return TROUBLE[trouble.why](here=here, mine=mine, lacking=lacking, notes=notes)


TELLING: dict[type[Exception], Callable[[Any], str]] = {
    channel_errors.BadEnd: _bad_end,
    channel_errors.CannotGuard: trouble_said,
    channel_errors.TooManyTwos: _too_many_twos,
}
