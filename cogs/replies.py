"""Answers in their place and in their time: over the private message that was pressed, and never too late."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import discord

from bot.domain.circles import Circle
from cogs.actors import Interaction
from cogs.errors import Told, answer
from cogs.speech import speaking

PATIENCE = timedelta(seconds=1)  # of the three seconds within which Discord wants to hear of us
T = TypeVar("T")


async def in_time(interaction: Interaction, work: Coroutine[Any, Any, T], *, over: bool = False) -> T:
    """The work's result. Where it takes long, Discord is told that the answer comes later.

    `over`: it will stand where the pressed message stands, which one person alone sees.
    """
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE.total_seconds())
    if not task.done() and not interaction.response.is_done():
        await interaction.response.defer(ephemeral=not over, thinking=not over)
    return await task


async def in_place(interaction: Interaction, told: Told) -> None:
    """Puts an answer where the pressed private message was; never over a message that others see."""
    message = interaction.message
    if message is None or not message.flags.ephemeral or interaction.response.is_done():
        await answer(interaction, told)
        return
    embeds = [each for each in (told.embed, told.also) if each is not None]
    files = [told.file] if told.file is not None else []
    await interaction.response.edit_message(
        content=told.text, embeds=embeds, attachments=files, view=told.view
    )


async def on_card(interaction: Interaction, circle: Circle, look: Callable[[], Told]) -> None:
    """Changes the pressed card for all facilitators, in the circle's language; anywhere but in their channel,
    it is told privately, in the presser's."""
    message = interaction.message
    there = interaction.channel_id == int(circle.home.facilitators)
    if message is None or message.flags.ephemeral or not there or interaction.response.is_done():
        await in_place(interaction, look())
        return
    with speaking(circle.settings.language):
        told = look()
    embeds = [told.embed] if told.embed is not None else []
    nobody = discord.AllowedMentions.none()
    await interaction.response.edit_message(
        content=told.text, embeds=embeds, view=told.view, allowed_mentions=nobody
    )
