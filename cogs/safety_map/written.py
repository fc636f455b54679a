"""“map” in a direct message: one word, and it is there."""

import re
from typing import TYPE_CHECKING

import discord

from cogs.actors import written_by
from cogs.direct_messages import reply
from cogs.safety_map._look import of_writer

if TYPE_CHECKING:
    from cogs.client import TrellisClient

WORDS = re.compile(
    r"\W*(?:(?:show|open)\s+(?:me\s+)?)?(?:my\s+)?(?:safety\s+)?map(?:\W+please)?\W*", re.IGNORECASE
)


async def written(client: "TrellisClient", message: discord.Message) -> bool:
    """Shows the map where just that word was written; False for any other."""
    if not WORDS.fullmatch(message.content):
        return False
    await reply(message, await of_writer(client.services, client.content, written_by(message)))
    return True
