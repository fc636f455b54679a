"""`/summary`: the circle's weeks, for its facilitators."""

from discord import app_commands

from bot.domain.summaries import MOST_WEEKS, USUAL_WEEKS
from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.places import circle_here
from cogs.replies import in_time
from cogs.summaries._look import summary_look


@app_commands.command(description="How the circle's weeks went, from five people up; it points at nobody")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
@app_commands.describe(weeks="How many weeks back, up to 26; 8 unless you say so")
async def summary(
    interaction: Interaction, weeks: app_commands.Range[int, 1, MOST_WEEKS] = USUAL_WEEKS
) -> None:
    """Shows whole weeks, as they were counted."""
    circle = await circle_here(interaction)
    summaries = interaction.client.services.summaries
    report = await summaries.report(actor_of(interaction), circle.id, weeks)
    await answer(interaction, await in_time(interaction, summary_look(report, interaction.client.content)))
