"""Export: everything about a person in one zip, by direct message, or right here where those are closed."""

import io
import json
import zipfile
from typing import Any

import discord

from bot.domain.errors import MessagesClosed, NotPermitted, Rejected
from cogs.actors import Interaction, actor_of
from cogs.delivering import delivering
from cogs.errors import Told, answer
from cogs.items import Pressed, button
from cogs.privacy._data import as_data
from cogs.privacy._page import as_page
from cogs.speech import Phrase, say

NAME = "my-data.zip"
HERE = Phrase(
    "Everything I keep about you is in this file: `page.html` to read, `data.json` for a "
    "program. Only you see this message. Whoever holds the file can read it, so a safe place is "
    "good."
)
SENT = Phrase(
    "Sent to you by direct message, in one file. Whoever holds it can read it, so a safe place is good."
)
CLOSED = Phrase("Your direct messages are closed to me, so here it is.")


class Export(Pressed, template=r"privacy:export:0"):
    """Gathers it and hands it over."""

    def __init__(self) -> None:
        super().__init__(button(say("Export"), "privacy:export:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """By direct message first; says which way it went only once it did."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        everything = await interaction.client.services.privacy.everything(actor_of(interaction))
        packed = packed_up(as_data(everything, interaction.client.content))
        if interaction.guild is None:
            await answer(interaction, Told(HERE(), file=_file(packed)))
            return
        try:
            with delivering():
                await interaction.user.send(file=_file(packed), silent=True)
        except (MessagesClosed, NotPermitted, Rejected):
            await answer(interaction, Told(f"{CLOSED} {HERE}", file=_file(packed)))
            return
        await answer(interaction, Told(SENT()))


def packed_up(data: dict[str, Any]) -> bytes:
    """A zip of `data.json` and `page.html`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        archive.writestr("page.html", as_page(data))
    return out.getvalue()


def _file(packed: bytes) -> discord.File:
    return discord.File(io.BytesIO(packed), NAME, description=say("All that is kept about you, as a zip"))
