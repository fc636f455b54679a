"""`/privacy`: works anywhere, for anyone, in a direct message too."""

from discord import app_commands

from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.privacy._look import kept_look


@app_commands.command(description="What is kept about you, who can see it, and how to change or delete it")
async def privacy(interaction: Interaction) -> None:
    """Shows it."""
    services, actor = interaction.client.services, actor_of(interaction)
    kept = await services.members.kept(actor)
    left_out = await services.themes.left_out(actor)
    outside = await services.alerts.outside(actor)
    await answer(interaction, kept_look(kept, await services.shares.mine(actor), left_out, outside))
