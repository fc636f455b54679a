"""`/history`: my own weather, as a chart and as text."""

from discord import app_commands

from bot.domain.history import MOST_WEEKS, USUAL_WEEKS
from cogs.actors import Interaction
from cogs.errors import answer
from cogs.history._components import history_page
from cogs.places import circle_here


@app_commands.command(
    description="Your own weather over some weeks, as a chart and as text; for your eyes alone"
)
@app_commands.describe(weeks=f"How many weeks back, up to {MOST_WEEKS}; {USUAL_WEEKS} unless you say so")
async def history(
    interaction: Interaction, weeks: app_commands.Range[int, 1, MOST_WEEKS] = USUAL_WEEKS
) -> None:
    """Draws it."""
    await answer(interaction, await history_page(interaction, (await circle_here(interaction)).id, weeks))
