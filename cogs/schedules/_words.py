"""How schedules and their dates are said."""

from collections.abc import Collection, Sequence
from datetime import date

import discord

from bot.domain.circles import Circle
from bot.domain.schedules import Due, Kind, Schedule, named
from cogs.dates import on_day
from cogs.sentences import stamp

KIND_CHOICES = [discord.app_commands.Choice(name=kind.value, value=kind.value) for kind in Kind]


def added(schedule: Schedule, circle: Circle) -> str:
    """What is said of a new schedule."""
    first = f" The first one comes {stamp(schedule.next.at, 'F')}." if schedule.next else ""
    return f"Added: **{named(schedule)}** ({circle.settings.zone.key}).{first}"


def edited(before: Schedule, after: Schedule) -> str:
    """What is said of a changed one: from when on it is so."""
    if (before.time, before.days) == (after.time, after.days):
        return f"Nothing was changed: **{named(after)}** stands as it was."
    first = f" It applies from the next due post: {stamp(after.next.at, 'F')}." if after.next else ""
    return f"Changed: **{named(before)}** is now **{named(after)}**.{first}"


def rested(schedule: Schedule) -> str:
    """What is said of a resting one."""
    until = schedule.pause.until if schedule.pause else None
    end = f"until {stamp(until, 'F')}" if until else "until `/schedule resume`"
    return (
        f"**{named(schedule)}** rests {end}. The others go on, and the promise log will say that this one "
        "was held back by choice."
    )


def overview(
    circle: Circle, schedules: Sequence[tuple[Schedule, Sequence[Due], Collection[date]]]
) -> discord.Embed:
    """The next three dates of each, which every reader sees in their own zone."""
    embed = discord.Embed(
        title=f"Schedules of {discord.utils.escape_markdown(circle.name)}"[:256],
        description=f"Times are local to {circle.settings.zone.key}. The dates below are in yours.",
    )
    for schedule, dues, skips in schedules[:25]:  # Discord: 25 fields
        lines = [stamp(due.at, "F") for due in dues]
        lines += [f"skipped: {on_day(day)}" for day in sorted(skips)]
        if schedule.pause is not None:
            until = schedule.pause.until
            lines.append(f"rests until {stamp(until, 'F')}" if until else "rests until `/schedule resume`")
        embed.add_field(name=named(schedule), value="\n".join(lines) or "no dates", inline=False)
    if not schedules:
        embed.description = "Nothing is scheduled yet. `/schedule add` makes a recurring post."
    elif len(schedules) > 25:
        embed.set_footer(text=f"and {len(schedules) - 25} more")
    if circle.pause is not None:
        embed.add_field(
            name="Paused", value="The circle rests: nothing is posted until it is resumed.", inline=False
        )
    return embed
