"""Posting by hand, the same for the command and the button."""

from typing import TYPE_CHECKING

import discord

from bot.domain.circles import Circle
from bot.domain.schedules import Kind
from cogs.actors import actor_of
from cogs.errors import Told, answer
from cogs.places import link

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def post_now(interaction: "discord.Interaction[TrellisClient]", circle: Circle, kind: Kind) -> None:
    """Posts the kind's next text, once however often it is pressed within a minute, and says where. Deferred before."""
    posted = await interaction.client.services.schedules.post_now(actor_of(interaction), circle.id, kind)
    message = posted.occurrence.message
    where = link(circle, message) if message else f"<#{circle.home.channel}>"
    said = (
        "One was posted by hand within the last minute, so I left it at that"
        if posted.already
        else "It is up"
    )
    await answer(interaction, Told(f"{said}: {where}"))
