"""What a change of the plan did, week by week, in the words of its themes."""

import discord

from bot.domain.library import Library
from bot.domain.plans import Change, Week
from bot.services.plans import PlanChanged
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.schedules.naming import KIND_NAMES
from cogs.sentences import stamp
from cogs.speech import Phrase, say, several
from cogs.themes._components import PreviewWeeks, RestoreWeek, SeeCalendar
from cogs.words import clipped

LONGEST = 4096  # characters of an embed's description (Discord)
NOTHING = Phrase("Nothing was changed: it stands like that already.")
ADDED = Phrase(
    "Your circle had no recurring posts for these yet, so I added them; `/schedule list` shows all."
)


def laid_look(changed: PlanChanged) -> Told:
    """After a plan was laid: its weeks, and the recurring posts that came with it."""
    title = several("{n} week laid out", "{n} weeks laid out", len(changed.changes))
    embed = calm(title=title, description=clipped(_lines(changed), LONGEST))
    if changed.added:
        posts = "\n".join(
            say("- {kind}: first {when}", kind=KIND_NAMES[each.kind], when=stamp(each.next.at, "F"))
            for each in changed.added
            if each.next
        )
        embed.add_field(name=say("Recurring posts"), value=f"{ADDED}\n{posts}", inline=False)
    embed.set_footer(
        text=say("Nothing is posted yet. Everything can be seen and changed before it goes out.")
    )
    return Told("", embed=embed, view=_view(changed))


def changed_look(changed: PlanChanged, said: str, *, undo: Week | None = None) -> Told:
    """After any other change; `undo` is a week that was skipped and can be brought back."""
    if not changed.changes:
        return Told(NOTHING())
    embed = calm(description=clipped(_lines(changed), LONGEST))
    return Told(said, embed=embed, view=_view(changed, undo))


def change_line(change: Change, library: Library) -> str:
    """`Mon 21 Dec: Edges that hold → Owning with care`."""
    before, after = (_named(week, library) for week in (change.before, change.after))
    return (
        f"{short_day(change.start)}: {before} → {after}"
        if before != "–"
        else f"{short_day(change.start)}: {after}"
    )


def _lines(changed: PlanChanged) -> str:
    return "\n".join(change_line(change, changed.library) for change in changed.changes)


def _named(week: Week | None, library: Library) -> str:
    if week is None:
        return "–"
    theme = library.theme(week.theme)
    title = discord.utils.escape_markdown(theme.title if theme is not None else str(week.theme))
    if week.skipped:
        return say("~~{title}~~ (skipped)", title=title)
    return say("**{title}** (changed)", title=title) if week.theme.version else f"**{title}**"


def _view(changed: PlanChanged, undo: Week | None = None) -> Panel:
    circle = int(changed.circle.id)
    items: list[Pressed] = [PreviewWeeks(circle), SeeCalendar(circle)]
    if undo is not None:
        items.append(RestoreWeek(circle, undo.start.isoformat()))
    return Panel(*items)
