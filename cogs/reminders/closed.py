"""Tells a member, where they are met next, that their reminder could not reach them and is switched off."""

from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.reminders._look import OFF
from cogs.words import lines


async def and_off(interaction: Interaction, circle: CircleId | None, said: str) -> str:
    """What is said anyway, and once beneath it that the reminder in this circle was switched off."""
    reminders = interaction.client.services.reminders
    if circle is None or not await reminders.tell_off(actor_of(interaction), circle):
        return said
    return lines([said, OFF])
