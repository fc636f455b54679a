"""A circle's weeks on screen: the chart, its alt text, and the same as text."""

import io
from collections.abc import Mapping
from functools import partial

import discord

from bot.domain.prompts import Content
from bot.domain.summaries import STEP, Band, Counts, WeekFigures
from bot.services.summaries import Summary
from cogs.charts import drawn
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.summaries._chart import SIZE, draw
from cogs.words import clipped

ALT, LONGEST = 1024, 4096  # characters of a file's alt text, of an embed's description (Discord)
NOT_YET = (
    "No whole week is counted yet. A week is counted once, two days after its end, if five people or more "
    "answered in it. The first one comes on {day}, at the circle's prompt time."
)
TOO_FEW = "too few people to show anything"
RULE = (
    "Few: up to two people, or nobody. Most: everyone, or all but up to two. Each week is counted once and "
    "never again, without the answers that were marked for you, so that nothing in it points at anyone."
)


async def summary_look(summary: Summary, content: Content) -> Told:
    """The picture with the text below it."""
    if not summary.weeks:
        return Told(NOT_YET.format(day=short_day(summary.next_on, year=True)))
    picture = await drawn(partial(draw, weeks=summary.weeks, content=content), SIZE)
    text = as_text(summary, content)
    file = discord.File(io.BytesIO(picture), "summary.png", description=clipped(f"Chart. {text}", ALT))
    name = discord.utils.escape_markdown(summary.circle.name)
    embed = calm(title=clipped(f"The weeks of {name}", 256), description=clipped(text, LONGEST))
    embed.set_footer(text=RULE)
    return Told("", embed=embed, file=file)


def as_text(summary: Summary, content: Content) -> str:
    """Week by week, the newest first: what most and several said."""
    return "\n".join(_week(week, content) for week in reversed(summary.weeks))


def _week(week: WeekFigures, content: Content) -> str:
    span = f"**{short_day(week.first)} to {short_day(week.last)}**"
    if week.people is None:
        return f"{span}: {TOO_FEW}"
    people = f"{week.people} to {week.people + STEP - 1} people"
    rows: list[tuple[Counts, Mapping[str, str]]] = [
        (week.weather, {str(kind): label for kind, label in content.weathers.items()}),
        (week.energy, {str(kind): f"energy {label}" for kind, label in content.energies.items()}),
        (week.reactivity, {str(kind): f"reactivity {label}" for kind, label in content.reactivities.items()}),
    ]
    said = [
        f"{band}: {', '.join(found)}"
        for band in (Band.MOST, Band.SEVERAL)
        if (found := [labels[kind] for counts, labels in rows for kind in counts if counts[kind] is band])
    ]
    return f"{span}, {people}. {'; '.join(said) or 'Many different things, each said by few'}"
