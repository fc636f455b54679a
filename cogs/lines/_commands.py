"""`/lines`: each command reads the options, calls the service and says what came of it."""

from collections.abc import Sequence

from discord import app_commands
from discord.app_commands import Choice

from bot.domain.ids import CircleId
from bot.domain.line_errors import NoSuchLine
from bot.domain.lines import Line, LineId
from cogs.actors import Interaction, actor_of
from cogs.choices import offered
from cogs.errors import answer
from cogs.lines._components import checked_said, line_look, list_look, removed
from cogs.lines._form import AddForm
from cogs.lines._look import KINDS
from cogs.places import circle_here
from cogs.speech import Phrase
from cogs.words import clipped

LINE = Phrase("Which one? Its name is offered as you type")


@offered
async def choose_line(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The lines of the circle's region, and its own."""
    return [Choice(name=_named(line), value=line.id) for line in await _lines(interaction, current)]


@offered
async def choose_own(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Its own alone."""
    lines = await _lines(interaction, current)
    return [Choice(name=_named(line), value=line.id) for line in lines if line.local]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class LineCommands(app_commands.Group, name="lines", description="The circle's help lines"):
    """What members are shown when they look for help."""

    @app_commands.command(description="Shows the circle's help lines, and who checked each when")
    async def list(self, interaction: Interaction) -> None:
        """Lists them."""
        circle = await circle_here(interaction)
        kept = await interaction.client.services.lines.kept(actor_of(interaction), circle.id)
        await answer(interaction, list_look(kept))

    @app_commands.command(description="Adds a line of your circle's own")
    async def add(self, interaction: Interaction) -> None:
        """Opens the form, for facilitators alone."""
        circle = await circle_here(interaction)
        await interaction.client.services.lines.kept(actor_of(interaction), circle.id)
        await interaction.response.send_modal(AddForm(int(circle.id)))

    @app_commands.command(description="Notes that you called a line today, or read it on its own page")
    @app_commands.describe(line=LINE.english)
    @app_commands.autocomplete(line=choose_line)
    async def check(self, interaction: Interaction, line: str) -> None:
        """Notes it as checked today."""
        circle, id_ = await _chosen(interaction, line)
        kept = await interaction.client.services.lines.check(actor_of(interaction), circle, id_)
        await answer(interaction, line_look(kept, id_, checked_said()))

    @app_commands.command(description="Takes a line of your circle's own away")
    @app_commands.describe(line=LINE.english)
    @app_commands.autocomplete(line=choose_own)
    async def remove(self, interaction: Interaction, line: str) -> None:
        """Removes one."""
        circle, id_ = await _chosen(interaction, line)
        gone, kept = await interaction.client.services.lines.remove(actor_of(interaction), circle, id_)
        await answer(interaction, list_look(kept, removed(gone)))


async def _lines(interaction: Interaction, current: str) -> Sequence[Line]:
    """Those whose name or number holds what was typed."""
    circle, wanted = await circle_here(interaction), current.casefold()
    kept = await interaction.client.services.lines.kept(actor_of(interaction), circle.id)
    return [line for line in kept.lines if wanted in _named(line).casefold() or wanted == line.id]


async def _chosen(interaction: Interaction, given: str) -> tuple[CircleId, LineId]:
    """The line that was picked, or typed by its name. Raises NoSuchLine."""
    circle, wanted = await circle_here(interaction), given.strip().casefold()
    kept = await interaction.client.services.lines.kept(actor_of(interaction), circle.id)
    for line in kept.lines:
        if wanted in (line.id, line.name.casefold(), _named(line).casefold()):
            return circle.id, line.id
    raise NoSuchLine


def _named(line: Line) -> str:
    """Its name with its number, and what it is for."""
    number = f" {line.phone}" if line.phone else ""
    return clipped(f"{line.name}{number}: {KINDS[line.kind]}", 100)
