"""Hide: our messages here go, the pressed one first. What others wrote stays theirs to delete."""

from contextlib import suppress

import discord

from bot.domain.errors import DeliveryError
from cogs.actors import Interaction
from cogs.grounding._places import is_private
from cogs.messenger import delivering
from cogs.words import text

GONE_AFTER = 20.0  # seconds that the last word stays, which says what could not be taken out


async def hide(interaction: Interaction) -> None:
    """The card goes at once, then all else of ours in these direct messages; a last word goes by itself."""
    await interaction.response.defer()
    if is_private(interaction):
        with suppress(discord.HTTPException):
            await interaction.delete_original_response()
    said = text(interaction.client.content, "sf-s-hidden")
    word = await interaction.followup.send(said, ephemeral=True, wait=True)
    if interaction.context.dm_channel:
        with suppress(DeliveryError):
            await _clear(interaction)
    await word.delete(delay=GONE_AFTER)


async def _clear(interaction: Interaction) -> None:
    """One by one, the newest first, at the pace that Discord allows."""
    client = interaction.client
    with delivering():
        channel = await client.create_dm(interaction.user)
        async for message in channel.history(limit=None):
            if client.user is not None and message.author.id == client.user.id:
                await message.delete()
