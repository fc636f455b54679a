"""`/review`: the words that wait, oldest first. `/shares`: one's own words, wherever they stand."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.errors import answer
from cogs.places import circle_here
from cogs.shares.own import own_page
from cogs.shares.reviewing import queue_page


@app_commands.command(description="The words that members offer to the circle and that wait for you")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def review(interaction: Interaction) -> None:
    """Shows the oldest one, with its age."""
    circle = await circle_here(interaction)
    await answer(interaction, await queue_page(interaction, circle.id, 0))


@app_commands.command(
    description="The words you offered to a circle: where they stand, to change or take back"
)
async def shares(interaction: Interaction) -> None:
    """Shows the newest one."""
    await answer(interaction, await own_page(interaction, 0))
