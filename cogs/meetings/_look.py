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

TRIES_AGAIN = Phrase("I try again by myself.")
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
SURELY = Phrase("This ends the meetings for good, with their event and all reminders. Shall I?")


def rule(circle: Circle, meeting: Meeting) -> str:
    """Such as "Every Thursday at 19:00 (Europe/Berlin), for 90 minutes · the library"."""
    day = list(WEEKDAYS.values())[meeting.day - 1]
    often = say("Every") if meeting.every == WEEKLY else say("Every other")
    places = [f"<#{meeting.channel}>"] if meeting.channel else []
    places += [discord.utils.escape_markdown(meeting.where)] if meeting.where else []
    when = say(
        "{often} {day} at {time} ({zone})",
        often=often,
        day=day,
        time=f"{meeting.time:%H:%M}",
        zone=circle.settings.zone.key,
    )
    return " · ".join([say("{when}, for {minutes} minutes", when=when, minutes=meeting.minutes), *places])


def shown(found: MeetingShown, missing: Missing) -> str:
    """For its facilitator: the rule, the next dates, and what became of the event."""
    nexts = [f"- {stamp(due.at, 'F')} ({stamp(due.at, 'R')})" for due in found.nexts]
    skips = (
        say("Left out: {listed}.", listed=listed([on_day(day) for day in found.left_out], "and"))
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
        seen = (
            say("Those who see the voice channel")
            if found.meeting.channel
            else say("Everyone on this server")
        )
        return say("{seen} can see the event that announces the next one: {where}", seen=seen, where=where)
    stands = say("The meeting stands, and reminders work.")
    if missing:
        wanted = listed([f"**{name}**{_in(channel)}" for channel, name in missing], "and")
        return say(
            "{stands} For the event I lack {wanted}. {tries_again}",
            stands=stands,
            wanted=wanted,
            tries_again=TRIES_AGAIN,
        )
    if found.trouble is not None:
        return say(
            "{stands} Its event is not up to date. {trouble} {tries_again}",
            stands=stands,
            trouble=sentence(found.trouble),
            tries_again=TRIES_AGAIN,
        )
    return say("{stands} Its event is on its way.", stands=stands)


def ended(found: MeetingShown) -> str:
    """The meetings are over."""
    said = say("The meetings are ended; nobody is reminded of them any more.")
    if found.trouble is not None:
        return say(
            "{said} Their event is still there: {trouble} {tries_again}",
            said=said,
            trouble=sentence(found.trouble),
            tries_again=TRIES_AGAIN,
        )
    return say("{said} Their event is taken back.", said=said)


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
    rule_said = rule(found.circle, found.meeting)
    embed = calm(
        title=say("When we meet"),
        description=say("{rule_said}\n\nIn your own time zone:\n{nexts}", rule_said=rule_said, nexts=nexts),
    )
    given: dict[str, Any] = {"embed": embed}
    if found.circle.settings.discreet:
        given["silent"] = True
    return given


def _in(channel: str | None) -> str:
    return say(" in <#{channel}>", channel=channel) if channel else say(" on this server")
