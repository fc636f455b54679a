"""What can be pressed around a circle's lines; for its facilitators alone."""

import re
from typing import Any, Self

import discord

from bot.domain.ids import CircleId
from bot.domain.line_errors import NoSuchLine
from bot.domain.lines import Line, LineId, LineKind, fresh
from bot.services.lines import LinesKept
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told
from cogs.help_now._lines import safe, ways
from cogs.help_now._table import in_words
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.lines._form import AddForm
from cogs.lines._look import CHECKING, KINDS, line_text, list_text
from cogs.replies import in_place
from cogs.speech import Phrase, in_a_row, say
from cogs.words import clipped

LINE = r"[a-z0-9-]{1,40}"
OPTIONS = 25  # of a select (Discord)
CHECKED = Phrase("Noted as checked today.")
UNCHECKED = Phrase("Taken back: it counts as not checked here.")
REMOVED = Phrase("**{name}** is taken away. It said: {ways}.")


class OfLine(Pressed, template=r"\Z\A"):
    """The base of what is done to one line of a circle."""

    def __init__(self, circle: int, line: str, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.circle, self.line = CircleId(circle), LineId(line)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        build: Any = cls
        made: Self = build(int(match["circle"]), match["line"])
        return made


class CheckLine(OfLine, template=rf"lines:check:(?P<circle>{ROW_ID}):(?P<line>{LINE})"):
    """Somebody has checked it."""

    def __init__(self, circle: int, line: str) -> None:
        style = discord.ButtonStyle.success
        super().__init__(
            circle, line, button(say("I have checked this line"), f"lines:check:{circle}:{line}", style)
        )

    async def pressed(self, interaction: Interaction) -> None:
        """Today, by the one who presses."""
        service = interaction.client.services.lines
        kept = await service.check(actor_of(interaction), self.circle, self.line)
        await in_place(interaction, line_look(kept, self.line, checked_said()))


class UncheckLine(OfLine, template=rf"lines:uncheck:(?P<circle>{ROW_ID}):(?P<line>{LINE})"):
    """That was a slip."""

    def __init__(self, circle: int, line: str) -> None:
        super().__init__(circle, line, button(say("Take that check back"), f"lines:uncheck:{circle}:{line}"))

    async def pressed(self, interaction: Interaction) -> None:
        """Only this circle's check; one that comes with Trellis stays."""
        service = interaction.client.services.lines
        kept = await service.uncheck(actor_of(interaction), self.circle, self.line)
        await in_place(interaction, line_look(kept, self.line, UNCHECKED()))


class RemoveLine(OfLine, template=rf"lines:remove:(?P<circle>{ROW_ID}):(?P<line>{LINE})"):
    """Takes one of the circle's own away."""

    def __init__(self, circle: int, line: str) -> None:
        super().__init__(circle, line, button(say("Take this line away"), f"lines:remove:{circle}:{line}"))

    async def pressed(self, interaction: Interaction) -> None:
        """What it said is said once more, should it be wanted back."""
        service = interaction.client.services.lines
        line, kept = await service.remove(actor_of(interaction), self.circle, self.line)
        await in_place(interaction, list_look(kept, removed(line)))


class ListLines(Pressed, template=rf"lines:list:({ROW_ID})"):
    """All of them."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("All lines"), f"lines:list:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """As they stand."""
        service = interaction.client.services.lines
        await in_place(interaction, list_look(await service.kept(actor_of(interaction), self.circle)))


class SeeLine(Pressed, template=rf"lines:see:({ROW_ID})"):
    """One of them with all that is known of it."""

    def __init__(self, circle: int, options: list[discord.SelectOption] | None = None) -> None:
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=say("Look at a line, check it"),
            options=options or [],
            custom_id=f"lines:see:{circle}",
        )
        super().__init__(select)
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it."""
        service = interaction.client.services.lines
        kept = await service.kept(actor_of(interaction), self.circle)
        await in_place(interaction, line_look(kept, LineId(next(iter(chosen(interaction)), ""))))


class AddLine(Pressed, template=rf"lines:add:({ROW_ID})"):
    """Opens the form."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Add a line"), f"lines:add:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """For facilitators alone; asked before the form, so that nobody fills it in for nothing."""
        service = interaction.client.services.lines
        await service.kept(actor_of(interaction), self.circle)
        await interaction.response.send_modal(AddForm(int(self.circle)))


def list_look(kept: LinesKept, said: str = "") -> Told:
    """All of them, and what can be done."""
    circle = int(kept.circle.id)
    options = [_option(line, kept) for line in kept.lines[:OPTIONS]]
    ways_: list[Pressed] = [SeeLine(circle, options)] if options else []
    embed = calm(title=say("The circle's help lines"), description=list_text(kept))
    return Told(said, embed=embed, view=Panel(*ways_, AddLine(circle)))


def line_look(kept: LinesKept, id_: LineId, said: str = "") -> Told:
    """One of them. Raises NoSuchLine."""
    line = next((each for each in kept.lines if each.id == id_), None)
    if line is None:
        raise NoSuchLine
    circle = int(kept.circle.id)
    ways_: list[Pressed] = [CheckLine(circle, id_)]
    if id_ in kept.checks:
        ways_.append(UncheckLine(circle, id_))
    if line.local:
        ways_.append(RemoveLine(circle, id_))
    return Told(said, embed=calm(description=line_text(line, kept)), view=Panel(*ways_, ListLines(circle)))


def checked_said() -> str:
    """What was noted, and what that means."""
    return in_a_row(CHECKED, CHECKING)


def removed(line: Line) -> str:
    """What is gone."""
    said = [ways(line), safe(in_words(line.hours))]
    return REMOVED(name=safe(line.name), ways=" · ".join(filter(None, said)))


def _option(line: Line, kept: LinesKept) -> discord.SelectOption:
    aged = say("checked") if fresh(line, kept.today) else say("to be checked")
    urgent = f" {line.phone}" if line.kind is LineKind.EMERGENCY else ""
    return discord.SelectOption(
        label=clipped(f"{line.name}{urgent}", 100),
        value=line.id,
        description=clipped(f"{KINDS[line.kind]}, {aged}", 100),
    )
