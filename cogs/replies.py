"""Answers that take the place of a private message, so that one message is leafed through."""

from cogs.actors import Interaction
from cogs.errors import Told, answer


async def in_place(interaction: Interaction, told: Told) -> None:
    """Puts an answer where the pressed private message was; never over a message that others see."""
    message = interaction.message
    if message is None or not message.flags.ephemeral or interaction.response.is_done():
        await answer(interaction, told)
        return
    await interaction.response.edit_message(content=told.text, embed=told.embed, view=told.view)
