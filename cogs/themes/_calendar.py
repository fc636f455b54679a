"""The calendar as a picture, and the same as text; members choose here what they leave out."""

import asyncio
import io
from datetime import date

import discord
from babel.dates import format_interval

from bot.domain.languages import Language
from bot.services.themes import Calendar, CalendarWeek
from cogs.dates import month_day, short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.speech import Phrase, locale, say, several, spoken
from cogs.themes._components import LeaveOut, PreviewWeeks
from cogs.themes.picture import Square, drawn
from cogs.words import clipped

LONGEST, ALT = 4096, 1024  # characters of an embed's description and of a file's alt text (Discord)
PICTURED = 16  # weeks in the picture; the text has more
BEFORE = 3  # weeks that are over and stay in a long plan's picture
LISTED = 40  # lines of text
LEFT_OUT = Phrase("you leave this one out")
CHANGED = Phrase("**{title}** (changed)")
HELP = Phrase("A week's posts come at the times of `/schedule list`. You can pass on any of them.")
NOW = "now"
STATES = {  # by the picture's names for them
    "over": Phrase("over"),
    NOW: Phrase("this week"),
    "coming": Phrase("coming"),
    "skipped": Phrase("skipped"),
}


async def calendar_look(calendar: Calendar) -> Told:
    """The weeks around now in the picture, and as many as fit in the text."""
    weeks = _around_now(calendar)
    title = say("Themes of {name}", name=calendar.circle.name)
    squares = [_square(week) for week in weeks]
    picture = await asyncio.to_thread(drawn, title, squares)
    name = discord.utils.escape_markdown(calendar.circle.name)
    embed = calm(title=clipped(say("Themes of {name}", name=name), 256), description=_text(calendar))
    embed.set_footer(text=HELP().replace("`", ""))
    alt = clipped("; ".join([title, *(_alt(each) for each in squares)]), ALT)
    file = discord.File(io.BytesIO(picture), "themes.png", description=alt)
    return Told("", embed=embed, file=file, view=_view(calendar))


def state_of(week: CalendarWeek) -> str:
    """over, skipped, now or coming."""
    if week.over:
        return "over"
    if week.week.skipped:
        return "skipped"
    return NOW if week.begun else "coming"


def span(first: date, last: date) -> str:
    """`7 to 13 Dec`, `28 Dec to 3 Jan`."""
    if spoken() is not Language.EN:
        return str(format_interval(first, last, "MMMd", locale=locale()))
    begins = f"{first.day}" if first.month == last.month else month_day(first)
    return f"{begins} to {month_day(last)}"


def _around_now(calendar: Calendar) -> list[CalendarWeek]:
    over = sum(week.over for week in calendar.weeks)
    first = max(0, min(over - BEFORE, len(calendar.weeks) - PICTURED))
    return list(calendar.weeks[first : first + PICTURED])


def _square(week: CalendarWeek) -> Square:
    notes = [LEFT_OUT()] if week.left_out else []
    notes += [f"{month_day(day)} {name}" for day, name in week.holidays]
    return Square(
        head=say("Week {number}", number=week.number) if week.number else say("No theme"),
        dates=span(week.week.start, week.week.last),
        title=week.theme.title,
        state=state_of(week),
        said=STATES[state_of(week)](),
        note=", ".join(notes),
    )


def _text(calendar: Calendar) -> str:
    weeks = [week for week in calendar.weeks if not week.over]
    over = len(calendar.weeks) - len(weeks)
    lines = [_line(week, calendar.facilitates) for week in calendar.weeks[max(0, over - BEFORE) :]]
    shown = lines[:LISTED]
    rest, gone = len(lines) - len(shown), over - BEFORE
    more = [several("… and {n} more week", "… and {n} more weeks", rest)] if rest else []
    earlier = [several("{n} earlier week is over.", "{n} earlier weeks are over.", gone)] if gone > 0 else []
    return clipped("\n".join([*earlier, *shown, *more]), LONGEST)


def _line(week: CalendarWeek, facilitates: bool) -> str:
    title = discord.utils.escape_markdown(week.theme.title)
    head = f"{week.number}. " if week.number else ""
    changed = facilitates and week.week.theme.version
    named = CHANGED(title=title) if changed else f"**{title}**"
    state = f"**{STATES[NOW]}**" if state_of(week) == NOW else str(STATES[state_of(week)])
    notes = [name for _, name in week.holidays]
    notes += [say("own question on {day}", day=short_day(day)) for day in week.chosen]
    notes += [LEFT_OUT()] if week.left_out else []
    said = f" · {', '.join(notes)}" if notes else ""
    when = span(week.week.start, week.week.last)
    return f"{head}{named} · {when} · {state}{said}"


def _alt(square: Square) -> str:
    note = f" ({square.note})" if square.note else ""
    return f"{square.head}, {square.dates}: {square.title}, {square.said}{note}"


def _view(calendar: Calendar) -> Panel | None:
    circle = int(calendar.circle.id)
    open_ = [week for week in calendar.weeks if not week.over]
    items: list[Pressed] = []
    if open_ and calendar.member:
        themes = {week.theme.ref.id: week for week in open_}
        options = [
            discord.SelectOption(label=clipped(week.theme.title, 100), value=id_, default=week.left_out)
            for id_, week in list(themes.items())[:25]
        ]
        items.append(LeaveOut(circle, options))
    if open_ and calendar.facilitates:
        items.append(PreviewWeeks(circle))
    return Panel(*items) if items else None
