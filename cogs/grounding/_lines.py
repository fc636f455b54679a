"""Crisis lines beside an exercise: those of the presser's circle, the emergency number first."""

from bot.domain.lines import Help, LineKind
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told
from cogs.grounding._pieces import Card
from cogs.help_now.said import help_buttons, of_kind, urgent
from cogs.items import Panel
from cogs.places import channel_id
from cogs.words import lines


async def lines_here(interaction: Interaction) -> Told:
    """For whoever presses, wherever they are; beneath the card, which stays and goes on."""
    help_ = await _help(interaction)
    said = lines([urgent(help_), of_kind(interaction.client.content, help_, LineKind.CRISIS)])
    view = Panel(*help_buttons(help_, LineKind.CRISIS))
    return Told("", embed=calm(description=said), view=view)


async def name_emergency(interaction: Interaction, card: Card) -> None:
    """Adds the number itself where the country is known; the card's own text holds where it is not."""
    help_ = await _help(interaction)
    if help_.emergency:
        card.embed.description = lines([card.embed.description or "", urgent(help_)])


async def _help(interaction: Interaction) -> Help:
    where = str(channel_id(interaction))
    return await interaction.client.services.lines.help_for(actor_of(interaction), channel=where)
