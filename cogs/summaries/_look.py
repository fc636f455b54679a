"""A circle's weeks on screen: the chart, its alt text, and the same as text."""

import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

import discord

from bot.domain.prompts import Content
from bot.domain.summaries import STEP, Band, Counts, WeekFigures
from bot.services.summaries import Summary
from cogs.charts import drawn
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.speech import Phrase, say
from cogs.summaries._chart import SIZE, draw
from cogs.words import clipped

K = TypeVar("K", bound=StrEnum)
ALT = 1024  # characters of a file's alt text (Discord)
ROOMS = (4000, 1300)  # characters on the first card and on the second: 6,000 in all, with title and foot
NOT_YET = Phrase(
    "No whole week is counted yet. A week is counted once, two days after its end, if five "
    "people or more answered in it. The first one comes on {day}, at the circle's prompt time."
)
TOO_FEW = Phrase("**{first} to {last}**: too few people to show anything")
HEAD = Phrase("**{first} to {last}**, {least} to {most} people")
SAID = {Band.MOST: Phrase("- most said: {found}"), Band.SEVERAL: Phrase("- several said: {found}")}
SCATTERED = Phrase("- many different things, each said by few")
EARLIER = Phrase("… the earlier weeks are in the picture.")
RULE = Phrase(
    "Most: everyone, or all but up to two. What is not named was said by few: up to two people, "
    "or nobody. Each week is counted once and never again, without the answers that were marked "
    "for you, so that nothing in it points at anyone."
)


async def summary_look(summary: Summary, content: Content) -> Told:
    """The picture with the text below it."""
    if not summary.weeks:
        return Told(NOT_YET(day=short_day(summary.next_on, year=True)))
    picture = await drawn(partial(draw, weeks=summary.weeks, content=content), SIZE)
    weeks = [_week(week, content) for week in reversed(summary.weeks)]
    file = discord.File(io.BytesIO(picture), "summary.png", description=_alt(weeks))
    name = discord.utils.escape_markdown(summary.circle.name)
    first, *rest = on_cards(weeks)
    embed = calm(title=clipped(say("The weeks of {name}", name=name), 256), description=first)
    also = calm(description=rest[0]) if rest else None
    (also or embed).set_footer(text=RULE())
    return Told("", embed=embed, also=also, file=file)


def _alt(weeks: Iterable[str]) -> str:
    """The same in plain words, as much as an alt text holds."""
    plain = [week.replace("**", "").replace("\n- ", "; ") for week in weeks]
    return clipped(say("Chart, the newest week first. {weeks}", weeks=". ".join(plain)), ALT)


def on_cards(weeks: Iterable[str]) -> list[str]:
    """The weeks' texts on one card or two; where they don't fit, it is said."""
    cards: list[list[str]] = [[]]
    for week in weeks:
        if len("\n\n".join([*cards[-1], week])) > ROOMS[len(cards) - 1]:
            if len(cards) == len(ROOMS):
                cards[-1].append(EARLIER())
                break
            cards.append([])
        cards[-1].append(week)
    return ["\n\n".join(card) for card in cards]


def _week(week: WeekFigures, content: Content) -> str:
    first, last = short_day(week.first), short_day(week.last)
    if week.people is None:
        return TOO_FEW(first=first, last=last)
    head = HEAD(first=first, last=last, least=week.people, most=week.people + STEP - 1)
    said = [words(found=found) for band, words in SAID.items() if (found := _said(week, band, content))]
    return "\n".join([head, *(said or [SCATTERED()])])


def _said(week: WeekFigures, band: Band, content: Content) -> str:
    """In the order of the form, which is the chart's too."""
    energy = _named(week.energy, content.energies, band)
    reactivity = _named(week.reactivity, content.reactivities, band)
    parts = [
        _named(week.weather, content.weathers, band),
        say("energy {levels}", levels=energy) if energy else "",
        say("reactivity {levels}", levels=reactivity) if reactivity else "",
    ]
    return " · ".join(filter(None, parts))


def _named(counts: Counts, labels: Mapping[K, str], band: Band) -> str:
    return ", ".join(label for kind, label in labels.items() if counts.get(kind) is band)
