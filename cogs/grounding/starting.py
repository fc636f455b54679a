"""How an exercise is begun: by command, by a button anywhere, by the words in a direct message.

It goes on in the direct messages. Where those are closed, or many were opened just now, it goes on right
where it was asked for, for that person's eyes alone, and says so once.
"""

import re
from typing import TYPE_CHECKING, Any

import discord

from bot.domain.errors import DeliveryError, MessagesClosed, NotPermitted
from bot.services.messenger import RunShown
from cogs.actors import Interaction, actor_of, written_by
from cogs.direct_messages import reply
from cogs.errors import Told, answer
from cogs.grounding import _pieces as pieces
from cogs.grounding._cards import card_of
from cogs.items import Panel, Pressed
from cogs.messenger import delivering
from cogs.words import text

if TYPE_CHECKING:
    from cogs.client import TrellisClient

MOVED = "It is waiting for you in our direct messages, where only you see it."
OPEN = "Open it"
HERE_FOR_NOW = "I can't open a direct message just now. It all works right here, and only you can see it."
_WORDS = re.compile(
    r"(?:please |hey |hi |hello |can you |could you |trellis )*ground(?: me)?(?: please| now| again)*"
)


async def by_command(interaction: Interaction, exercise: str | None, minutes: int | None) -> None:
    """`/ground`: in the direct messages; there, right there."""
    client = interaction.client
    if interaction.context.dm_channel:
        it = await client.services.grounding.begin(actor_of(interaction), exercise=exercise, minutes=minutes)
        given = card_of(it, client.content).given()
        await interaction.response.send_message(**given, silent=True)
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    it = await client.services.grounding.begin(actor_of(interaction), exercise=exercise, minutes=minutes)
    told = await _in_direct_messages(interaction, it)
    await answer(interaction, told)


async def begin_here(interaction: Interaction, exercise: str | None = None) -> None:
    """Right where it was pressed, for that person's eyes; in a direct message beneath what was pressed."""
    client = interaction.client
    it = await client.services.grounding.begin(actor_of(interaction), exercise=exercise)
    card = card_of(it, client.content)
    if interaction.context.dm_channel:
        await interaction.response.send_message(**card.given(), silent=True)
    else:
        await answer(interaction, card.told())


async def written(client: "TrellisClient", message: discord.Message) -> bool:
    """“ground me” in a direct message; False for any other words."""
    if not asks_for_it(message.content):
        return False
    it = await client.services.grounding.begin(written_by(message))
    await reply(message, card_of(it, client.content).told())
    return True


def asks_for_it(said: str) -> bool:
    """Whether these words, and no more than these, ask to be grounded."""
    plain = " ".join(re.sub(r"[^\w\s]|_", " ", said.casefold()).split())
    return _WORDS.fullmatch(plain) is not None


class StartExercise(Pressed, template=r"ground:start:0"):
    """A button that any card may carry."""

    def __init__(self, label: str = "A short exercise") -> None:
        super().__init__(pieces.start(label))

    async def pressed(self, interaction: Interaction) -> None:
        """Begins at the first question."""
        await begin_here(interaction)


async def _in_direct_messages(interaction: Interaction, it: RunShown) -> Told:
    """Sends the card there; what is told where it was asked for, which may be the card itself."""
    client, card = interaction.client, card_of(it, interaction.client.content)
    if not client.doors.may_open(interaction.user):
        return card.told(HERE_FOR_NOW)
    try:
        with delivering():
            channel = await client.create_dm(interaction.user)
            message = await channel.send(**card.given(), silent=True)
    except (MessagesClosed, NotPermitted):
        return card.told(text(client.content, "gr-closed"))
    except DeliveryError:
        return card.told(HERE_FOR_NOW)
    return Told(MOVED, view=Panel(_link(channel.id, message.id)))


def _link(channel: int, message: int) -> discord.ui.Button[Any]:
    url = f"https://discord.com/channels/@me/{channel}/{message}"
    return discord.ui.Button(label=OPEN, url=url)
