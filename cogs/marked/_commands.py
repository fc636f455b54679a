"""`/marked`: for facilitators."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.errors import answer
from cogs.marked._components import marked_page
from cogs.places import circle_here


@app_commands.command(description="Answers that members marked for you; they can see that you looked")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def marked(interaction: Interaction) -> None:
    """Shows the newest one."""
    await answer(interaction, await marked_page(interaction, (await circle_here(interaction)).id, 0))
