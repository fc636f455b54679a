"""`/about`: works anywhere, for anyone, in a direct message too."""

from discord import app_commands

from bot.domain.circles import Circle
from bot.domain.errors import ManyCircles, NoCircle
from cogs.about._look import about_look, with_log
from cogs.actors import Interaction
from cogs.errors import Told, answer
from cogs.places import circle_here


@app_commands.command(description="What this bot is and is not, its version, and how it kept its word")
async def about(interaction: Interaction) -> None:
    """Says it, with the promise log of the circle here."""
    look = about_look(interaction.client.content, interaction.client.version)
    circle = await _circle(interaction)
    if circle is not None:
        with_log(look, circle, await interaction.client.services.circles.promises(circle.id))
    await answer(interaction, Told("", embed=look))


async def _circle(interaction: Interaction) -> Circle | None:
    """The circle here, where there is just one."""
    try:
        return await circle_here(interaction)
    except (NoCircle, ManyCircles):
        return None
