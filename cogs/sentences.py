"""Every refusal in one clear sentence: what happened first, what can be done second; never a reproach."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Literal

import discord
from babel.lists import format_list
from discord import app_commands

from bot.domain import errors, plan_errors
from cogs import (
    alert_sentences,
    channel_sentences,
    circle_sentences,
    grounding_sentences,
    line_sentences,
    member_sentences,
    plan_sentences,
    practice_sentences,
)
from cogs.speech import Phrase, grouped, in_a_row, locale, say

UNKNOWN_COMPONENT = Phrase(
    "This button is from another time of mine, and I no longer know what it belongs to. Nothing "
    "was changed. The newest post in the channel works, and so do the commands."
)
CLIPPED = 100  # characters of something typed that are said back in a sentence
REWORDED = Phrase(
    "You said yes to this: that I {kept}. The words of it have changed since, so I ask again before "
    "I go on. What you kept before stays yours."
)
NO_CONSENT = Phrase(
    "You haven't said yes to this: that I {kept}. You can change that under `/privacy`, and back, at "
    "any time."
)
DO_THAT = Phrase("do that")
_NEEDED = {  # by the scope that a yes is missing for
    "check-ins": Phrase("keep your check-ins"),
    "streaks": Phrase("keep your streaks"),
    "facilitators": Phrase("let facilitators see what you mark for them"),
    "reminders": Phrase("write to you directly"),
    "alerts": Phrase("tell the facilitators if words you offer sound like danger"),
}
DECIDED = Phrase("These words have been decided on already. Nothing was changed.")
_DECIDED = {
    "approved": Phrase("These words have been approved already. Nothing was changed."),
    "declined": Phrase("These words have been declined already. Nothing was changed."),
    "withdrawn": Phrase("These words have been taken back already. Nothing was changed."),
    "reword": Phrase(
        "These words are back with their author, who was asked for a change. Nothing was changed."
    ),
}

_FIXED: dict[type[Exception], Phrase] = {
    **plan_sentences.FIXED,
    **member_sentences.FIXED,
    **practice_sentences.FIXED,
    **channel_sentences.FIXED,
    **line_sentences.FIXED,
    **grounding_sentences.FIXED,
    **alert_sentences.FIXED,
    **circle_sentences.FIXED,
    errors.NotServerManager: Phrase(
        "Setting up a circle needs Discord's **Manage Server** permission, and I can't see that "
        "you hold it. Someone who does can run this, or give it to you."
    ),
    errors.NotAnswered: Phrase(
        "My notes don't answer me just now, so I can't say whether this was kept. It is nothing "
        "you did. You can try it once more in a minute; `/help-now` works all the same."
    ),
    errors.Contended: Phrase(
        "Somebody did something at the very same moment, and theirs came first. Nothing of yours "
        "was changed. You can press once more."
    ),
    errors.NotKept: Phrase(
        "My notes can't be written just now, so this was not kept. It is nothing you did. You "
        "can try it once more in a minute; `/help-now` works all the same."
    ),
    errors.NoCircle: Phrase(
        "I know of no circle here yet. Someone who manages the server can make one with `/circle setup`."
    ),
    errors.CircleExists: Phrase(
        "One of these channels belongs to a circle already. You can choose another, or see the "
        "circle there with `/circle status`."
    ),
    errors.NotFacilitator: Phrase(
        "This is for the circle's facilitators, and I can't see their role on you. A facilitator "
        "can help you with it."
    ),
    errors.NotAMember: Phrase(
        "This belongs to the circle's members, and you haven't joined. You can, whenever you "
        "like, with `/join`; it first says what is kept and who sees it."
    ),
    errors.OccurrenceClosed: Phrase(
        "This post has had its day, and a newer one is up. Nothing was changed. You can answer "
        "the newest one, or use `/checkin`."
    ),
    errors.NoSuchOccurrence: Phrase(
        "I no longer know this post; it is from an earlier circle or installation of mine. "
        "Nothing was changed. `/checkin` works at any time."
    ),
    errors.NoSuchSchedule: Phrase(
        "I can't find that schedule; it may have been removed. `/schedule list` shows what there is."
    ),
    errors.ScheduleExists: Phrase("The circle has this very schedule already. `/schedule list` shows it."),
    errors.EveryoneIsFacilitator: Phrase(
        "With **@everyone** as the role, everyone would be a facilitator and read what members "
        "tell them. You can choose a role that only facilitators hold."
    ),
    errors.SameChannel: Phrase(
        "The circle's channel and the facilitators' channel are the same one here. What "
        "facilitators are told is private, so it needs a channel of its own."
    ),
    errors.Empty: Phrase(
        "Nothing was written or chosen yet, so nothing was kept. You can try again whenever you like."
    ),
    errors.NoSuchShare: Phrase("I can't find these words any more; they were taken back or deleted."),
    errors.SharingOff: Phrase(
        "Sharing is switched off in this circle. Your words can stay in a private answer."
    ),
    errors.NothingPlanned: Phrase(
        "There is no text planned for that kind of post on that day, so nothing was posted. "
        "`/theme plan` lays out weeks."
    ),
    plan_errors.NoMeeting: Phrase(
        "The circle has no regular meeting now. A facilitator can set one with `/circle meeting`."
    ),
    plan_errors.MeetingIncomplete: Phrase(
        "A first meeting needs a day and a time, such as `/circle meeting day:Thursday "
        "time:19:00`. Nothing was set."
    ),
    errors.MessagesClosed: Phrase(
        "Your direct messages are closed to me, and that's fine. Everything works right here too."
    ),
    errors.NotPermitted: Phrase(
        "Discord didn't let me post in that channel: a permission is missing. `/circle status` "
        "names what I need."
    ),
    errors.ChannelGone: Phrase(
        "I can't find that channel. It was deleted, or hidden from me. `/circle status` names what I need."
    ),
    errors.Unreachable: Phrase(
        "Discord didn't answer me just now, so I can't say whether it went through. I'll look "
        "again by myself, and nothing is posted twice."
    ),
    errors.Rejected: Phrase(
        "Discord refused that message as I wrote it. That is a fault of mine; nothing was posted."
    ),
    errors.DeliveryError: Phrase(
        "I couldn't get that message through to Discord. You can try once more in a moment."
    ),
    errors.ContentError: Phrase(
        "One of my own texts is broken, so I couldn't do that. Whoever runs me finds the place in my log."
    ),
    errors.SettingsError: Phrase(
        "A setting of mine is wrong, so I couldn't do that. Whoever runs me finds it in my log."
    ),
    errors.VaultError: Phrase(
        "I can't open what is kept: my key doesn't fit. Nothing was lost or shown. Whoever runs "
        "me can put the right key in place."
    ),
    errors.TrellisError: Phrase("I couldn't do that here."),
    app_commands.NoPrivateMessage: Phrase(
        "This works in a server's channel, and we are in a direct message. You can use it in "
        "your circle's channel."
    ),
    app_commands.CommandSignatureMismatch: Phrase(
        "This command has just changed. Discord shows the new one in a minute or so; nothing was done."
    ),
    app_commands.CommandNotFound: Phrase(
        "This command has just changed. Discord shows the new one in a minute or so; nothing was done."
    ),
    app_commands.CheckFailure: Phrase(
        "This needs a permission that I can't see on you. A facilitator can help you with it."
    ),
    app_commands.AppCommandError: (  # whatever else the library could not read
        Phrase(
            "I couldn't read this command as it came to me. Nothing was changed. You can pick it "
            "from Discord's list once more."
        )
    ),
}


def sentence(error: Exception) -> str | None:
    """What is said of an error; None for one that we do not know."""
    for kind in type(error).__mro__:
        if kind in _TELLING:
            return _TELLING[kind](error)
        if kind in _FIXED:
            return _FIXED[kind]()
    return None


def quoted(given: str) -> str:
    """Something typed, said back: clipped, and without any effect as markup."""
    flat = " ".join(given.split()) or " "
    short = flat if len(flat) <= CLIPPED else flat[: CLIPPED - 1] + "…"
    return "“" + discord.utils.escape_markdown(discord.utils.escape_mentions(short)) + "”"


def listed(things: Sequence[str], last: Literal["or", "and"] = "or") -> str:
    """`a, b or c`."""
    return format_list(things, "or" if last == "or" else "standard", locale=locale())


def _unknown_zone(error: errors.UnknownZone) -> str:
    return in_a_row(
        say("I know no time zone {given}.", given=quoted(error.given)),
        _offered(error.nearest),
        say("Names look like `Europe/Berlin` and are offered as you type."),
    )


def _unknown_region(error: errors.UnknownRegion) -> str:
    return in_a_row(
        say("I know no country {given}.", given=quoted(error.given)),
        _offered(error.nearest),
        say("You can type its name or its code, such as `DE`."),
    )


def _offered(nearest: Sequence[str]) -> str:
    named = [f"`{name}`" for name in nearest]
    return say("Did you mean {nearest}?", nearest=listed(named)) if named else ""


def _bad_time(error: errors.BadTime) -> str:
    return say(
        "I couldn't read {given} as a time of day. It works as HH:MM, from `00:00` to `23:59`, "
        "such as `09:00`.",
        given=quoted(error.given),
    )


def _bad_date(error: errors.BadDate) -> str:
    return say(
        "I couldn't read {given} as a date. It works as YYYY-MM-DD, such as `2027-01-31`.",
        given=quoted(error.given),
    )


def _bad_days(error: errors.BadDays) -> str:
    return say(
        "I couldn't read {given} as days. It works as `daily`, `weekdays`, or names such as `mon,wed,fri`.",
        given=quoted(error.given),
    )


def _bad_minutes(error: plan_errors.BadMinutes) -> str:
    return say(
        "A meeting takes {least} to {most} minutes here, and {given} came in.",
        least=error.least,
        most=error.most,
        given=error.given,
    )


def _bad_name(error: errors.BadName) -> str:
    return say(
        "A circle's name takes 1 to {limit} characters. This one came in: {given}. You can choose another.",
        limit=error.limit,
        given=quoted(error.given),
    )


def _many_circles(error: errors.ManyCircles) -> str:
    names = listed([f"**{discord.utils.escape_markdown(name)}**" for name in error.names], "and")
    return say(
        "There are several circles here: {names}. You can use this in the circle's own channel, "
        "or name the circle with the option `circle`, where there is one.",
        names=names,
    )


def _consent_needed(error: errors.ConsentNeeded) -> str:
    kept = _NEEDED.get(error.scope, DO_THAT)
    return REWORDED(kept=kept) if error.reworded else NO_CONSENT(kept=kept)


def _not_a_due_date(error: errors.NotADueDate) -> str:
    dates = listed([f"`{day}`" for day in error.next_dates], "and")
    offer = say("Its next dates are {dates}.", dates=dates) if error.next_dates else ""
    return in_a_row(say("That schedule posts nothing on that date."), offer)


def _too_long(error: errors.TooLong) -> str:
    return say(
        "That is {given} characters, and {limit} fit. Nothing is lost: here it is, to be copied "
        "and shortened.",
        given=grouped(len(error.text)),
        limit=grouped(error.limit),
    )


def _already_decided(error: errors.AlreadyDecided) -> str:
    return _DECIDED.get(error.review, DECIDED)()


def _missing(error: errors.MissingPermissions) -> str:
    channels: dict[str, list[str]] = {}
    for channel, name in error.missing:
        channels.setdefault(channel, []).append(f"**{name}**")
    lines = "\n".join(
        say("- in {channel}: {names}", channel=f"<#{channel}>", names=", ".join(names))
        for channel, names in channels.items()
    )
    return say(
        "I can't hold a circle there yet, as I lack these permissions:\n"
        "{lines}\n"
        "Nothing was set up. You can give them to me in the channel's settings under "
        "*Permissions*, and run this again.",
        lines=lines,
    )


def stamp(at: datetime, style: str = "F") -> str:
    """A time that each reader sees in their own zone (Discord timestamp; styles: t, d, f, F, R)."""
    return f"<t:{int(at.timestamp())}:{style}>"


_TELLING: dict[type[Exception], Callable[[Any], str]] = {
    errors.UnknownZone: _unknown_zone,
    errors.UnknownRegion: _unknown_region,
    errors.BadTime: _bad_time,
    errors.BadDate: _bad_date,
    errors.BadDays: _bad_days,
    errors.BadName: _bad_name,
    plan_errors.BadMinutes: _bad_minutes,
    errors.ManyCircles: _many_circles,
    errors.ConsentNeeded: _consent_needed,
    errors.NotADueDate: _not_a_due_date,
    errors.TooLong: _too_long,
    errors.AlreadyDecided: _already_decided,
    errors.MissingPermissions: _missing,
    **plan_sentences.TELLING,
    **member_sentences.TELLING,
    **practice_sentences.TELLING,
    **channel_sentences.TELLING,
    **line_sentences.TELLING,
    **alert_sentences.TELLING,
    **circle_sentences.TELLING,
}
