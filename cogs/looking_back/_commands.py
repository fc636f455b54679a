"""`/looking-back`: a year of one's own, told as a short story; for one's own eyes alone."""

from discord import app_commands

from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.looking_back._components import story_look
from cogs.places import circle_here

FIRST_YEAR = 2020


@app_commands.command(name="looking-back", description="A year of your own, as a short story; for you alone")
@app_commands.describe(year="A calendar year; the last twelve months unless you say so")
async def looking_back(
    interaction: Interaction, year: app_commands.Range[int, FIRST_YEAR, 2100] | None = None
) -> None:
    """Tells it."""
    circle = (await circle_here(interaction)).id
    looked = await interaction.client.services.looking_back.of(actor_of(interaction), circle, year)
    await answer(interaction, story_look(looked))
