"""Messages that one person alone sees: an answer in their place, and quick hide, of one or of all."""

import time
from contextlib import suppress
from typing import Any

import discord

from bot.domain.errors import DeliveryError
from cogs.actors import Interaction
from cogs.delivering import delivering
from cogs.errors import Told, answer
from cogs.speech import Phrase
from cogs.words import text

BLANK = "\u2014"  # what stands there should the deletion not come through
STAYS = Phrase("Others see this message, so it stays. Nothing was changed.")
SOON = 5.0  # seconds after the press in which a last word is said; later, somebody else may hold the phone
GONE_AFTER = 20.0  # seconds that it stays; it says what could not be taken out


def alone(interaction: Interaction) -> bool:
    """Whether nobody else sees the pressed message: an ephemeral one, or one in a direct message."""
    message = interaction.message
    return message is not None and (message.flags.ephemeral or interaction.guild_id is None)


async def in_own_place(interaction: Interaction, told: Told) -> None:
    """Puts an answer where the pressed message was, if nobody else sees that one."""
    embeds: list[Any] = [each for each in (told.embed, told.also) if each is not None]
    given: dict[str, Any] = {"content": told.text, "embeds": embeds, "view": told.view}
    if not alone(interaction):
        await answer(interaction, told)
    elif interaction.response.type is discord.InteractionResponseType.deferred_message_update:
        await interaction.edit_original_response(**given)
    elif interaction.response.is_done():
        await answer(interaction, told)
    else:
        await interaction.response.edit_message(**given)


async def later_in_own_place(interaction: Interaction) -> None:
    """Tells Discord that the answer takes a moment, and will stand where the pressed message stands."""
    if alone(interaction) and not interaction.response.is_done():
        await interaction.response.defer()


async def hide(interaction: Interaction) -> None:
    """Empties the pressed message in the answer itself, then deletes it."""
    if not alone(interaction):
        await answer(interaction, Told(STAYS()))
        return
    await interaction.response.edit_message(content=BLANK, embeds=[], attachments=[], view=None)
    with suppress(discord.HTTPException):
        await interaction.delete_original_response()


async def hide_all(interaction: Interaction, *, silently: bool = False) -> None:
    """The pressed message, then all else of ours in these direct messages; a last word goes by itself."""
    pressed_at = time.monotonic()
    await hide(interaction)
    if not alone(interaction):
        return
    if interaction.context.dm_channel:
        with suppress(DeliveryError):
            await _clear(interaction)
    if silently or time.monotonic() - pressed_at > SOON:
        return
    said = text(interaction.client.content, "sf-s-hidden")
    word = await interaction.followup.send(said, ephemeral=True, wait=True)
    await word.delete(delay=GONE_AFTER)


async def _clear(interaction: Interaction) -> None:
    """One by one, the newest first, as Discord allows. What others wrote stays theirs to delete."""
    client = interaction.client
    with delivering():
        channel = await client.create_dm(interaction.user)
        async for message in channel.history(limit=None):
            if client.user is not None and message.author.id == client.user.id:
                with suppress(DeliveryError), delivering():  # one that is gone already stops nothing
                    await message.delete()
