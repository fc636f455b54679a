"""`/partner`: who walks alongside, if anyone."""

from discord import app_commands

from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.partners._components import partner_look
from cogs.places import circle_here


@app_commands.command(description="Someone who walks alongside you: only if you both want it")
async def partner(interaction: Interaction) -> None:
    """How it stands."""
    circle = (await circle_here(interaction)).id
    shown = await interaction.client.services.partners.of(actor_of(interaction), circle)
    await answer(interaction, partner_look(shown, interaction.client.content))
