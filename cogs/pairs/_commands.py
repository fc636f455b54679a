"""`/boundary together`: listening practice with one other person of the circle."""

from cogs.actors import Interaction, actor_of
from cogs.boundaries._commands import boundary
from cogs.errors import answer
from cogs.pairs._wishes import standing_look
from cogs.places import circle_here


@boundary.command(name="together", description="Practise listening with one other person, for a week")
async def together(interaction: Interaction) -> None:
    """Where one stands with it."""
    circle = (await circle_here(interaction)).id
    standing = await interaction.client.services.pairs.of(actor_of(interaction), circle)
    await answer(interaction, standing_look(standing))
