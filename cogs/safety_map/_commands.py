"""`/map`: a member's own safety map; in the server and in a direct message."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.errors import answer
from cogs.safety_map._look import map_of


@app_commands.command(name="map", description="My own map of what helps; for your eyes alone")
async def my_map(interaction: Interaction) -> None:
    """Shows it."""
    await answer(interaction, await map_of(interaction))
