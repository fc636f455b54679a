"""`/review`: the words that wait, oldest first."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.errors import answer
from cogs.places import circle_here
from cogs.shares.reviewing import queue_page


@app_commands.command(description="The words that members offer to the circle and that wait for you")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def review(interaction: Interaction) -> None:
    """Shows the oldest one, with its age."""
    circle = await circle_here(interaction)
    await answer(interaction, await queue_page(interaction, circle.id, 0))
