"""The calendar as a picture, and the same as text; members choose here what they leave out."""

import asyncio
import io
from datetime import date

import discord

from bot.services.themes import Calendar, CalendarWeek
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.speech import Phrase, say
from cogs.themes._components import LeaveOut, PreviewWeeks
from cogs.themes.picture import Square, drawn
from cogs.words import clipped

LONGEST, ALT = 4096, 1024  # characters of an embed's description and of a file's alt text (Discord)
PICTURED = 16  # weeks in the picture; the text has more
BEFORE = 3  # weeks that are over and stay in a long plan's picture
LISTED = 40  # lines of text
LEFT_OUT = Phrase("you leave this one out")
HELP = Phrase("A week's posts come at the times of `/schedule list`. You can pass on any of them.")
STATES = {"over": "over", "this week": Phrase("**this week**"), "coming": "coming", "skipped": "skipped"}


async def calendar_look(calendar: Calendar) -> Told:
    """The weeks around now in the picture, and as many as fit in the text."""
    weeks = _around_now(calendar)
    title = say("Themes of {circle}", circle=calendar.circle.name)
    squares = [_square(week) for week in weeks]
    picture = await asyncio.to_thread(drawn, title, squares)
    name = discord.utils.escape_markdown(calendar.circle.name)
    embed = calm(title=clipped(say("Themes of {name}", name=name), 256), description=_text(calendar))
    embed.set_footer(text=HELP().replace("`", ""))
    alt = clipped("; ".join([title, *(_alt(each) for each in squares)]), ALT)
    file = discord.File(io.BytesIO(picture), "themes.png", description=alt)
    return Told("", embed=embed, file=file, view=_view(calendar))


def state_of(week: CalendarWeek) -> str:
    """over, skipped, this week or coming."""
    if week.over:
        return "over"
    if week.week.skipped:
        return "skipped"
    return say("this week") if week.begun else "coming"


def span(first: date, last: date) -> str:
    """`7 to 13 Dec`, `28 Dec to 3 Jan`."""
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{begins} to {last.day} {last:%b}"


def _around_now(calendar: Calendar) -> list[CalendarWeek]:
    over = sum(week.over for week in calendar.weeks)
    first = max(0, min(over - BEFORE, len(calendar.weeks) - PICTURED))
    return list(calendar.weeks[first : first + PICTURED])


def _square(week: CalendarWeek) -> Square:
    notes = [LEFT_OUT] if week.left_out else []
    notes += [f"{day.day} {day:%b} {name}" for day, name in week.holidays]
    return Square(
        head=say("Week {number}", number=week.number) if week.number else say("No theme"),
        dates=span(week.week.start, week.week.last),
        title=week.theme.title,
        state=state_of(week),
        note=", ".join(notes),
    )


def _text(calendar: Calendar) -> str:
    weeks = [week for week in calendar.weeks if not week.over]
    over = len(calendar.weeks) - len(weeks)
    lines = [_line(week, calendar.facilitates) for week in calendar.weeks[max(0, over - BEFORE) :]]
    shown = lines[:LISTED]
    more = [say("… and {lines} more weeks", lines=len(lines) - len(shown))] if len(lines) > len(shown) else []
    earlier = [say("{over} earlier weeks are over.", over=over - BEFORE)] if over > BEFORE else []
    return clipped("\n".join([*earlier, *shown, *more]), LONGEST)


def _line(week: CalendarWeek, facilitates: bool) -> str:
    title = discord.utils.escape_markdown(week.theme.title)
    head = f"{week.number}. " if week.number else ""
    version = " (changed)" if facilitates and week.week.theme.version else ""
    notes = [name for _, name in week.holidays]
    notes += [say("own question on {day}", day=short_day(day)) for day in week.chosen]
    notes += [LEFT_OUT()] if week.left_out else []
    said = f" · {', '.join(notes)}" if notes else ""
    when = span(week.week.start, week.week.last)
    return f"{head}**{title}**{version} · {when} · {STATES[state_of(week)]}{said}"


def _alt(square: Square) -> str:
    note = f" ({square.note})" if square.note else ""
    return f"{square.head}, {square.dates}: {square.title}, {square.state}{note}"


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
