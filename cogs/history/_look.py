"""One's own weather on screen: the chart, its alt text, and the same as text; a question, never a claim."""

import io
from collections import Counter
from functools import partial

import discord

from bot.domain.circles import Circle
from bot.domain.history import Day, History
from bot.domain.languages import Language
from bot.domain.prompts import Content
from cogs.charts import drawn
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.history._chart import SIZE, draw
from cogs.items import Panel, Pressed
from cogs.shares.offering import OfferFreely
from cogs.speech import Phrase, say, several, spoken
from cogs.words import clipped

ALT, LONGEST = 1024, 4096  # characters of a file's alt text, of an embed's description (Discord)
NOTHING = Phrase(
    "Nothing is noted in these weeks, and that is fine. What you note with a check-in is drawn "
    "here, for your eyes alone."
)
WONDER = Phrase(
    "If you look at the days that felt better: was anything different on them? You may know, or "
    "not; it needn't mean anything."
)
OWN = Phrase("Only you see this. It is drawn from your check-ins and kept nowhere.")


async def history_look(history: History, circle: Circle, content: Content, weeks: Panel) -> Told:
    """The picture with the text below it."""
    if not history.answered:
        return Told(NOTHING(), view=weeks)
    picture = await drawn(partial(draw, history=history, content=content), SIZE)
    file = discord.File(io.BytesIO(picture), "my-weather.png", description=alt(history, content))
    name = discord.utils.escape_markdown(circle.name)
    embed = calm(
        title=clipped(say("My weather in {name}", name=name), 256), description=as_text(history, content)
    )
    embed.set_footer(text=OWN())
    return Told("", embed=embed, file=file, view=weeks)


def buttons(circle: int, items: list[Pressed]) -> Panel:
    """The other spans of time, and the way to words of one's own for the circle."""
    return Panel(*items, OfferFreely(circle, say("Share from this")))


def alt(history: History, content: Content) -> str:
    """What the chart shows, for those who hear it."""
    first, last = history.days[0].date, history.days[-1].date
    rests = len(history.days) - len(history.answered)
    said = [
        say(
            "Chart of my check-ins from {first} to {last}: {noted} noted, {rests} of rest.",
            first=short_day(first),
            last=short_day(last),
            noted=several("{n} day", "{n} days", len(history.answered)),
            rests=several("{n} day", "{n} days", rests),
        ),
        _most(say("Weather"), [content.weathers[kind] for day in history.days for kind in day.weather]),
        _most(say("Energy"), [content.energies[day.energy] for day in history.days if day.energy]),
        _most(
            say("Reactivity"),
            [content.reactivities[day.reactivity] for day in history.days if day.reactivity],
        ),
        say("Day by day it stands as text below."),
    ]
    return clipped(" ".join(part for part in said if part), ALT)


def as_text(history: History, content: Content) -> str:
    """Day by day, the newest first, as many as fit; rests between are counted."""
    room = LONGEST - len(WONDER()) - 60
    lines: list[str] = []
    theme: str | None = None
    for line_theme, line in _lines(history, content):
        more = [f"**{line_theme}**"] if line_theme and line_theme != theme else []
        if sum(map(len, [*lines, *more, line])) + len(lines) + 2 > room:
            lines.append(say("… the earlier days are in the picture."))
            break
        lines += [*more, line]
        theme = line_theme
    return "\n".join([*lines, "", WONDER()])


def _lines(history: History, content: Content) -> list[tuple[str | None, str]]:
    """Each with the theme of its time."""
    lines: list[tuple[str | None, str]] = []
    rests: list[Day] = []
    for day in [*reversed(history.days), None]:
        if day is not None and day.rest:
            rests.append(day)
            continue
        if rests:
            lines.append((history.theme_of(rests[-1].date), _resting(rests)))
            rests = []
        if day is not None:
            lines.append((history.theme_of(day.date), _line(day, content)))
    return lines


def _line(day: Day, content: Content) -> str:
    said = [
        ", ".join(content.weathers[kind] for kind in day.weather),
        say("energy {level}", level=_low(content.energies[day.energy])) if day.energy else "",
        say("reactivity {level}", level=_low(content.reactivities[day.reactivity])) if day.reactivity else "",
    ]
    return f"{short_day(day.date)}: {' · '.join(part for part in said if part)}"


def _resting(rests: list[Day]) -> str:
    newest, oldest = rests[0].date, rests[-1].date
    if newest == oldest:
        return say("{newest}: rest", newest=short_day(newest))
    return say("{oldest} to {newest}: rest", oldest=short_day(oldest), newest=short_day(newest))


def _most(name: str, labels: list[str]) -> str:
    counts = Counter(labels)
    said = ", ".join(
        several("{label} {n} time", "{label} {n} times", count, label=label)
        for label, count in counts.most_common()
    )
    return f"{name}: {said}." if said else ""


def _low(label: str) -> str:
    """As it stands within a line; in other languages small letters would be wrong for some words."""
    return label[:1].lower() + label[1:] if spoken() is Language.EN else label
