"""How a meeting is said, to its facilitator and to the circle: plain, and no more than is needed."""

from datetime import date
from typing import Any

import discord

from bot.domain.circles import Circle
from bot.domain.meetings import WEEKLY, Meeting
from bot.services.meetings import MeetingShown
from cogs.dates import WEEKDAYS, on_day
from cogs.embeds import calm
from cogs.events import Missing
from cogs.sentences import listed, sentence, stamp
from cogs.speech import Phrase, say
from cogs.words import lines

WEEKLY_RULE = Phrase("Every {day} at {time} ({zone}), for {minutes} minutes")
FORTNIGHTLY_RULE = Phrase("Every other {day} at {time} ({zone}), for {minutes} minutes")
OFF = Phrase(
    "No more reminders of the meetings from me. You can switch them on again with the same "
    "button whenever you like."
)
ON = Phrase(
    "You will get a direct message from me an hour before each meeting; within quiet hours it "
    "waits for their end. Press the button again and it stops. If your direct messages are "
    "closed to me it can't reach you, and that's fine: **Add to my calendar** works without."
)
CALENDAR = Phrase(
    "Here is the file. Opened on a phone or a computer, it adds the meetings to your calendar "
    "there. If they change, I can't change your calendar: get the file once more, and it takes "
    "the old one's place. It names the circle and the place, and nothing else."
)
NONE_YET = Phrase(
    "There is no regular meeting yet. You can set one by naming a day and a time, such as "
    "`/circle meeting day:Thursday time:19:00`."
)
SEEN_BY_SOME = Phrase(
    "Those who see the voice channel can see the event that announces the next one: {where}"
)
SEEN_BY_ALL = Phrase("Everyone on this server can see the event that announces the next one: {where}")
SURELY = Phrase("This ends the meetings for good, with their event and all reminders. Shall I?")


def rule(circle: Circle, meeting: Meeting) -> str:
    """Such as "Every Thursday at 19:00 (Europe/Berlin), for 90 minutes · the library"."""
    often = WEEKLY_RULE if meeting.every == WEEKLY else FORTNIGHTLY_RULE
    places = [f"<#{meeting.channel}>"] if meeting.channel else []
    places += [discord.utils.escape_markdown(meeting.where)] if meeting.where else []
    when = often(
        day=list(WEEKDAYS.values())[meeting.day - 1],
        time=f"{meeting.time:%H:%M}",
        zone=circle.settings.zone.key,
        minutes=meeting.minutes,
    )
    return " · ".join([when, *places])


def shown(found: MeetingShown, missing: Missing) -> str:
    """For its facilitator: the rule, the next dates, and what became of the event."""
    nexts = [f"- {stamp(due.at, 'F')} ({stamp(due.at, 'R')})" for due in found.nexts]
    skips = (
        say("Left out: {days}.", days=listed([on_day(day) for day in found.left_out], "and"))
        if found.left_out
        else ""
    )
    return lines(
        [f"**{rule(found.circle, found.meeting)}**\n" + "\n".join(nexts), skips, event_said(found, missing)]
    )


def event_said(found: MeetingShown, missing: Missing) -> str:
    """What became of the event; where something is missing, exactly what."""
    if found.event is not None and found.trouble is None:
        where = f"https://discord.com/events/{found.circle.home.server}/{found.event}"
        return (SEEN_BY_SOME if found.meeting.channel else SEEN_BY_ALL)(where=where)
    if missing:
        return say(
            "The meeting stands, and reminders work. For the event I lack {permissions}. I try again "
            "by myself.",
            permissions=listed([_lacking(name, channel) for channel, name in missing], "and"),
        )
    if found.trouble is not None:
        return say(
            "The meeting stands, and reminders work. Its event is not up to date. {why} I try again "
            "by myself.",
            why=sentence(found.trouble),
        )
    return say("The meeting stands, and reminders work. Its event is on its way.")


def ended(found: MeetingShown) -> str:
    """The meetings are over."""
    if found.trouble is not None:
        return say(
            "The meetings are ended; nobody is reminded of them any more. Their event is still there: "
            "{why} I try again by myself.",
            why=sentence(found.trouble),
        )
    return say("The meetings are ended; nobody is reminded of them any more. Their event is taken back.")


def left_out(day: date, already: bool) -> str:
    """What is said over the meeting as it then stands."""
    if already:
        return say(
            "The meeting of {day} was left out already, or is over. Nothing was changed.", day=on_day(day)
        )
    return say(
        "The meeting of {day} is left out. I haven't told the circle; you can do that in your words.",
        day=on_day(day),
    )


def told(found: MeetingShown) -> dict[str, Any]:
    """The card for the circle, without its buttons."""
    nexts = "\n".join(f"- {stamp(due.at, 'F')}" for due in found.nexts)
    dates = f"{say('In your own time zone:')}\n{nexts}"
    embed = calm(title=say("When we meet"), description=lines([rule(found.circle, found.meeting), dates]))
    given: dict[str, Any] = {"embed": embed}
    if found.circle.settings.discreet:
        given["silent"] = True
    return given


def _lacking(permission: str, channel: str | None) -> str:
    if channel is None:
        return say("**{permission}** on this server", permission=permission)
    return say("**{permission}** in <#{channel}>", permission=permission, channel=channel)
