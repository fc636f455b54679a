"""The list of open alerts: those that nobody has first, the oldest first, each with its own buttons."""

from collections.abc import Sequence

from bot.domain.prompts import Content
from bot.services.duty import DutyStanding
from bot.services.messenger import AlertShown
from cogs.alerts.words import held_by, row
from cogs.duty.said import on_duty_words
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed
from cogs.speech import Phrase, say, several
from cogs.words import lines

PAGE = 4  # alerts: each has a row of buttons, and one row is left to turn the page (Discord: 5 rows)
NONE = Phrase("No alert is open.")


def pages(found: Sequence[AlertShown]) -> list[list[AlertShown]]:
    """The list in pages; one at the least."""
    return [list(found[start : start + PAGE]) for start in range(0, len(found), PAGE)] or [[]]


def look(
    on_duty: DutyStanding,
    found: Sequence[AlertShown],
    page: int,
    rows: Sequence[Sequence[Pressed]],
    content: Content,
) -> Told:
    """One page."""
    there = on_duty_words(on_duty.on, used=True)
    if not found:
        return Told(lines([NONE(), there]))
    first = page * PAGE
    shown = [row(number, each, content) for number, each in enumerate(found[first : first + PAGE], first + 1)]
    embed = calm(
        title=several("{n} open alert", "{n} open alerts", len(found)),
        description="\n\n".join(shown),
    )
    embed.set_footer(
        text=say("Those that nobody has come first, the oldest first. A word match makes no claim.")
    )
    buttons = []
    for number, each in enumerate(rows):
        for item in each:
            item.row = number
            buttons.append(item)
    return Told(there, embed=embed, view=Panel(*buttons))


def taken(shown: AlertShown) -> Told:
    """Said to who took one of several."""
    return Told(say("{who} has it now. Its card says so.", who=held_by(shown.alert)))
