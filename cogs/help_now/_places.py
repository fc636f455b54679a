"""Where help is shown: for one person's eyes alone among others; plain in their messages with Trellis."""

from typing import Any

import discord

from cogs.actors import Interaction
from cogs.errors import Told, answer
from cogs.items import button

PERSON = "circle:person:"  # of the button that asks for one (cogs/check_ins/support.py)


async def show(interaction: Interaction, told: Told) -> None:
    """In place of the private message that was pressed; in direct messages a new one, which stays.

    Nothing here waits for anything, so that the answer is there within Discord's three seconds.
    """
    message = interaction.message
    if message is not None and message.flags.ephemeral and not interaction.response.is_done():
        await interaction.response.edit_message(content=told.text, view=told.view, embed=told.embed)
    elif interaction.context.dm_channel and not interaction.response.is_done():
        given: dict[str, Any] = {"view": told.view} if told.view is not None else {}
        if told.embed is not None:
            given["embed"] = told.embed
        await interaction.response.send_message(told.text, silent=True, **given)
    else:
        await answer(interaction, told)


def person_of(message: discord.Message | None) -> list[discord.ui.Button[Any]]:
    """The way to a person of the circle that stands on a card, so that it goes along to the next."""
    rows = message.components if message is not None else []
    items = [item for row in rows for item in getattr(row, "children", ())]
    found = [(item.label or "", item.custom_id or "") for item in items if isinstance(item, discord.Button)]
    return [button(label, id_) for label, id_ in found if id_.startswith(PERSON)]
