"""How schedules and their dates are said."""

from collections.abc import Collection, Sequence
from datetime import date

import discord

from bot.domain.circles import Circle
from bot.domain.schedules import Due, Kind, Schedule, named
from cogs.dates import on_day
from cogs.sentences import stamp
from cogs.speech import say

KIND_CHOICES = [discord.app_commands.Choice(name=kind.value, value=kind.value) for kind in Kind]


def added(schedule: Schedule, circle: Circle) -> str:
    """What is said of a new schedule."""
    first = say(" The first one comes {at}.", at=stamp(schedule.next.at, "F")) if schedule.next else ""
    return say(
        "Added: **{schedule}** ({zone}).{first}",
        schedule=named(schedule),
        zone=circle.settings.zone.key,
        first=first,
    )


def edited(before: Schedule, after: Schedule) -> str:
    """What is said of a changed one: from when on it is so."""
    if (before.time, before.days) == (after.time, after.days):
        return say("Nothing was changed: **{after}** stands as it was.", after=named(after))
    first = (
        say(" It applies from the next due post: {at}.", at=stamp(after.next.at, "F")) if after.next else ""
    )
    return say(
        "Changed: **{before}** is now **{after}**.{first}",
        before=named(before),
        after=named(after),
        first=first,
    )


def rested(schedule: Schedule) -> str:
    """What is said of a resting one."""
    until = schedule.pause.until if schedule.pause else None
    end = f"until {stamp(until, 'F')}" if until else say("until `/schedule resume`")
    return say(
        "**{schedule}** rests {end}. The others go on, and the promise log will say that this "
        "one was held back by choice.",
        schedule=named(schedule),
        end=end,
    )


def overview(
    circle: Circle, schedules: Sequence[tuple[Schedule, Sequence[Due], Collection[date]]]
) -> discord.Embed:
    """The next three dates of each, which every reader sees in their own zone."""
    embed = discord.Embed(
        title=say("Schedules of {name}", name=discord.utils.escape_markdown(circle.name))[:256],
        description=say(
            "Times are local to {zone}. The dates below are in yours.", zone=circle.settings.zone.key
        ),
    )
    for schedule, dues, skips in schedules[:25]:  # Discord: 25 fields
        lines = [stamp(due.at, "F") for due in dues]
        lines += [f"skipped: {on_day(day)}" for day in sorted(skips)]
        if schedule.pause is not None:
            until = schedule.pause.until
            lines.append(
                say("rests until {until}", until=stamp(until, "F"))
                if until
                else say("rests until `/schedule resume`")
            )
        embed.add_field(name=named(schedule), value="\n".join(lines) or say("no dates"), inline=False)
    if not schedules:
        embed.description = say("Nothing is scheduled yet. `/schedule add` makes a recurring post.")
    elif len(schedules) > 25:
        embed.set_footer(text=say("and {schedules} more", schedules=len(schedules) - 25))
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
