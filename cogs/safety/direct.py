"""A direct message that nothing else took: what works here is said, once in a while."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord

from bot.domain.accounts import Account
from bot.domain.errors import DeliveryError
from bot.domain.languages import Language
from bot.domain.lines import LineKind
from cogs.actors import written_by
from cogs.direct_messages import asked_in, reply
from cogs.errors import Told
from cogs.grounding.starting import StartExercise
from cogs.help_now._card import help_card
from cogs.help_now.said import HelpLines, filled
from cogs.items import Panel
from cogs.safety_map.components import ShowMap
from cogs.speech import say, speaking

if TYPE_CHECKING:
    from cogs.client import TrellisClient

AGAIN = timedelta(hours=12)
HELP = {
    Language.EN: re.compile(r"(?:please )?(?:i need )?help(?: ?now| me)?(?: please)?"),
    Language.ES: re.compile(
        r"(?:por favor )?(?:necesito )?(?:ayuda|ayudame|socorro|auxilio)(?: ahora| ya)?(?: por favor)?"
    ),
    Language.DE: re.compile(
        r"(?:bitte )?(?:ich brauche )?(?:hilfe|hilf mir|helft mir)(?: jetzt| sofort)?(?: bitte)?"
    ),
}
REMEMBERED = 1000  # people; in memory alone, so a restart may say it once more


async def help_wanted(client: "TrellisClient", message: discord.Message) -> bool:
    """“help” in a direct message, in any of the languages: people to call, as `/help-now` shows them."""
    language = asked_in(message.content, HELP)
    if language is None:
        return False
    found = await client.services.lines.find(written_by(message))
    with speaking(language):
        told = help_card(client.services, found)
        if told.view is not None:
            told.view.add_item(ShowMap())
        await reply(message, told)
    return True


class Answered:
    """Says it once in a while, and is silent in between: nobody reads here, and it has said so."""

    def __init__(self) -> None:
        self._said: dict[Account, datetime] = {}

    async def __call__(self, client: "TrellisClient", message: discord.Message) -> bool:
        """Always the last to be asked."""
        actor, now = written_by(message), client.clock.now()
        said = self._said.pop(actor.account, None)
        if said is not None and now - said < AGAIN:
            self._said[actor.account] = said
            return True
        self._said[actor.account] = now
        while len(self._said) > REMEMBERED:
            del self._said[next(iter(self._said))]
        help_ = await client.services.lines.help_for(actor)
        language = await client.services.lines.language_of(actor)
        try:
            with speaking(language or Language.EN):
                lines = HelpLines(LineKind.CRISIS, say("People I can call or text"))
                ways = Panel(lines, StartExercise(), ShowMap())
                await reply(message, Told(filled(client.content, "sf-x-dm", help_), view=ways))
        except DeliveryError:
            self._said.pop(actor.account, None)  # it was not said, so the next message is answered
            raise
        return True
