"""Crisis lines beside an exercise: those of the presser's circle, the emergency number first."""

from bot.domain.lines import Help
from cogs.actors import Interaction, actor_of
from cogs.grounding._pieces import Card
from cogs.help_now.said import said_emergency
from cogs.places import channel_id


async def help_here(interaction: Interaction) -> Help:
    """For whoever presses, wherever they are."""
    where = str(channel_id(interaction))
    return await interaction.client.services.lines.help_for(actor_of(interaction), channel=where)


async def name_emergency(interaction: Interaction, card: Card) -> None:
    """Adds the number itself where the country is known; the card's own text holds where it is not."""
    help_ = await help_here(interaction)
    if help_.emergency:
        card.embed.add_field(name="In danger now", value=said_emergency(help_), inline=False)
