"""`/alerts`: those that are open."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.alerts.buttons import list_page
from cogs.errors import answer
from cogs.places import circle_here


@app_commands.command(description="The open alerts: those that nobody has first, the oldest first")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def alerts(interaction: Interaction) -> None:
    """Shows the first page."""
    circle = await circle_here(interaction)
    await answer(interaction, await list_page(interaction, circle.id, 0))
