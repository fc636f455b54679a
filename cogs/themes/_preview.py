"""A week before it is posted, for facilitators: what comes when, each card, and the private notes."""

from datetime import date

import discord

from bot.domain.plans import DAY, WEEK
from bot.domain.prompts import Part, Prompt
from bot.domain.schedules import Kind
from bot.services.themes import WeekSeen
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.schedules._components import SeePost
from cogs.schedules._fortnight import options_of, post_line
from cogs.schedules.naming import KIND_NAMES
from cogs.schedules.previewing import SHOWN
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.themes._components import WeekSelect
from cogs.words import clipped

LONGEST = 4096  # characters of an embed's description (Discord)
NOTHING = Phrase("No recurring post falls into this week. `/schedule add` makes one.")
SKIPPED = Phrase("This week is skipped: check-ins take other questions, and no theme is posted.")
UNPOSTED = Phrase("No recurring post brings these. `/schedule add` can, with the kind that is named.")
CHALLENGE = Phrase("the boundary challenge")
PARTS = {
    Part.OPENING: (Phrase("the opening"), Kind.THEME),
    Part.DAILY: (Phrase("a daily question"), Kind.CHECK_IN),
    Part.PRACTICE: (Phrase("the practice"), Kind.THEME),
    Part.CLOSING: (Phrase("the closing question"), Kind.REFLECTION),
}


def week_look(seen: WeekSeen) -> Told:
    """Its posts in order; the notes on a card of their own, as they can be long."""
    week, theme = seen.week, seen.theme
    title = discord.utils.escape_markdown(theme.title)
    head = (
        say("Week {number}: {title}", number=seen.number, title=title)
        if seen.number
        else say("Skipped: {title}", title=title)
    )
    lines = [f"{stamp(one.due.at, 'd')} {post_line(one)}" for one in seen.posts]
    said = "\n".join([SKIPPED(), *lines] if week.skipped else lines) or NOTHING()
    embed = calm(title=clipped(head, 256), description=clipped(said, LONGEST))
    embed.set_author(name=_span(week.start))
    if not week.skipped:
        embed.add_field(name=say("Intention"), value=f"*{theme.intention}*", inline=False)
    if seen.unposted:
        parts = "\n".join(f"- {part}" for part in dict.fromkeys(map(_part, seen.unposted)))
        embed.add_field(name=say("Not posted"), value=clipped(f"{UNPOSTED}\n{parts}", 1024), inline=False)
    notes = calm(title=say("For facilitators alone"), description=clipped(seen.notes, LONGEST))
    return Told("", embed=embed, also=notes if seen.notes else None, view=_view(seen))


def _part(prompt: Prompt) -> str:
    if prompt.part is None:
        return f"{CHALLENGE} (`{KIND_NAMES[Kind.BOUNDARY]}`)"
    name, kind = PARTS[prompt.part]
    return f"{name} (`{KIND_NAMES[kind]}`)"


def _view(seen: WeekSeen) -> Panel | None:
    circle = int(seen.circle.id)
    cards = options_of(seen.posts)
    items: list[Pressed] = []
    if cards:
        items.append(SeePost(circle, 0, cards[:SHOWN]))
    if len(seen.weeks) > 1:
        items.append(WeekSelect(circle, [_week(start, seen) for start in seen.weeks[:SHOWN]]))
    return Panel(*items) if items else None


def _week(start: date, seen: WeekSeen) -> discord.SelectOption:
    return discord.SelectOption(label=_span(start), value=start.isoformat(), default=start == seen.week.start)


def _span(start: date) -> str:
    last = start + WEEK - DAY
    return say("{first} to {last}", first=short_day(start), last=short_day(last, year=True))
