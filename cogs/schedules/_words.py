"""How schedules and their dates are said."""

from collections.abc import Collection, Sequence
from datetime import date

import discord

from bot.domain.circles import Circle
from bot.domain.schedules import Due, Schedule
from cogs.dates import on_day
from cogs.embeds import calm
from cogs.schedules.naming import KIND_NAMES, name_of
from cogs.sentences import stamp
from cogs.speech import Phrase, in_a_row, say

KIND_CHOICES = [
    discord.app_commands.Choice(name=name.english, value=kind.value) for kind, name in KIND_NAMES.items()
]
GO_ON = Phrase("The others go on, and the promise log will say that this one was held back by choice.")


def added(schedule: Schedule, circle: Circle) -> str:
    """What is said of a new schedule."""
    done = say("Added: **{post}** ({zone}).", post=name_of(schedule), zone=circle.settings.zone.key)
    first = say("The first one comes {when}.", when=stamp(schedule.next.at, "F")) if schedule.next else ""
    return in_a_row(done, first)


def edited(before: Schedule, after: Schedule) -> str:
    """What is said of a changed one: from when on it is so."""
    if (before.time, before.days) == (after.time, after.days):
        return say("Nothing was changed: **{post}** stands as it was.", post=name_of(after))
    done = say("Changed: **{before}** is now **{after}**.", before=name_of(before), after=name_of(after))
    first = (
        say("It applies from the next due post: {when}.", when=stamp(after.next.at, "F"))
        if after.next
        else ""
    )
    return in_a_row(done, first)


def rested(schedule: Schedule) -> str:
    """What is said of a resting one."""
    until = schedule.pause.until if schedule.pause else None
    name = name_of(schedule)
    rests = (
        say("**{post}** rests until {when}.", post=name, when=stamp(until, "F"))
        if until
        else say("**{post}** rests until `/schedule resume`.", post=name)
    )
    return in_a_row(rests, GO_ON)


def overview(
    circle: Circle, schedules: Sequence[tuple[Schedule, Sequence[Due], Collection[date]]]
) -> discord.Embed:
    """The next three dates of each, which every reader sees in their own zone."""
    embed = calm(
        title=say("Schedules of {name}", name=discord.utils.escape_markdown(circle.name))[:256],
        description=say(
            "Times are local to {zone}. The dates below are in yours.", zone=circle.settings.zone.key
        ),
    )
    for schedule, dues, skips in schedules[:25]:  # Discord: 25 fields
        lines = _dates(schedule, dues, skips)
        embed.add_field(name=name_of(schedule), value="\n".join(lines) or say("no dates"), inline=False)
    if not schedules:
        embed.description = say("Nothing is scheduled yet. `/schedule add` makes a recurring post.")
    elif len(schedules) > 25:
        embed.set_footer(text=say("and {number} more", number=len(schedules) - 25))
    if circle.closing is not None:
        embed.add_field(
            name=say("Closing"),
            value=say("The circle closes: nothing is posted, unless a facilitator keeps it."),
            inline=False,
        )
    elif circle.pause is not None:
        embed.add_field(
            name=say("Paused"),
            value=say("The circle rests: nothing is posted until it is resumed."),
            inline=False,
        )
    return embed


def _dates(schedule: Schedule, dues: Sequence[Due], skips: Collection[date]) -> list[str]:
    lines = [stamp(due.at, "F") for due in dues]
    lines += [say("skipped: {day}", day=on_day(day)) for day in sorted(skips)]
    if schedule.pause is None:
        return lines
    until = schedule.pause.until
    rests = (
        say("rests until {when}", when=stamp(until, "F")) if until else say("rests until `/schedule resume`")
    )
    return [*lines, rests]
