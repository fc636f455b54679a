"""“map” in a direct message: one word, and it is there."""

import re
from typing import TYPE_CHECKING

import discord

from bot.domain.languages import Language
from cogs.actors import written_by
from cogs.direct_messages import asked_in, reply
from cogs.safety_map._look import of_writer
from cogs.speech import speaking

if TYPE_CHECKING:
    from cogs.client import TrellisClient

WORDS = {
    Language.EN: re.compile(r"(?:(?:show|open) (?:me )?)?(?:my )?(?:safety )?map(?: please)?"),
    Language.ES: re.compile(
        r"(?:(?:muestra|muestrame|ensename|abre|abreme|ver) )?(?:mi |el )?mapa(?: de seguridad)?"
        r"(?: por favor)?"
    ),
    Language.DE: re.compile(
        r"(?:(?:zeig|zeige|offne|oeffne) (?:mir )?(?:bitte )?)?(?:meine |die )?(?:sicherheits)?karte"
        r"(?: bitte)?"
    ),
}


async def written(client: "TrellisClient", message: discord.Message) -> bool:
    """Shows the map where just that word was written, in any of the languages; False for any other."""
    language = asked_in(message.content, WORDS)
    if language is None:
        return False
    with speaking(language):
        await reply(message, await of_writer(client.services, client.content, written_by(message)))
    return True
