"""How an exercise is begun: by command, by a button anywhere, by the words in a direct message.

It goes on in the direct messages. Where those are closed, or many were opened just now, it goes on right
where it was asked for, for that person's eyes alone, and says so once.
"""

import re
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.domain.accounts import Actor
from bot.domain.errors import DeliveryError, MessagesClosed, NotPermitted
from bot.domain.languages import Language
from bot.domain.prompts import Content
from bot.services.messenger import RunShown
from cogs.actors import Interaction, actor_of, written_by
from cogs.delivering import delivering
from cogs.direct_messages import asked_in, reply
from cogs.errors import Told, answer, is_refusal
from cogs.grounding import _pieces as pieces
from cogs.grounding._cards import card_of, read_out
from cogs.grounding._pieces import Card
from cogs.items import Panel, Pressed
from cogs.replies import in_time
from cogs.speech import Phrase, Words, speaking
from cogs.words import text

if TYPE_CHECKING:
    from cogs.client import TrellisClient

log = structlog.get_logger()

MOVED = Phrase("It is waiting for you in our direct messages, where only you see it.")
OPEN = Phrase("Open it")
HERE_FOR_NOW = Phrase(
    "I can't open a direct message just now. It all works right here, and only you can see it."
)
SHORT_EXERCISE = Phrase("A short exercise")
WORDS = {
    Language.EN: re.compile(
        r"(?:please |hey |hi |hello |can you |could you |trellis )*ground(?: me)?(?: please| now| again)*"
    ),
    Language.ES: re.compile(
        r"(?:por favor |oye |hola |puedes |podrias |necesito |trellis )*(?:anclame|anclarme|anclaje)"
        r"(?: por favor| ahora| otra vez| de nuevo)*"
    ),
    Language.DE: re.compile(
        r"(?:bitte |hey |hallo |kannst du |konntest du |trellis )*(?:erde mich|mich erden|erdung)"
        r"(?: bitte| jetzt| noch einmal| nochmal| wieder)*"
    ),
}


async def by_command(interaction: Interaction, exercise: str | None, minutes: int | None) -> None:
    """`/ground`: in the direct messages; there, right there."""
    client = interaction.client
    first = _first_card(client, actor_of(interaction), exercise, minutes)
    if interaction.context.dm_channel:
        await _beneath(interaction, await in_time(interaction, first))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    await answer(interaction, await _in_direct_messages(interaction, await first))


async def begin_here(interaction: Interaction, exercise: str | None = None) -> None:
    """Right where it was pressed, for that person's eyes; in a direct message beneath what was pressed."""
    first = _first_card(interaction.client, actor_of(interaction), exercise)
    await _beneath(interaction, await in_time(interaction, first))


async def written(client: "TrellisClient", message: discord.Message) -> bool:
    """“ground me” in a direct message, in any of the languages; False for any other words."""
    language = asked_in(message.content, WORDS)
    if language is None:
        return False
    with speaking(language):
        await reply(message, (await _first_card(client, written_by(message))).told())
    return True


def asks_for_it(said: str) -> bool:
    """Whether these words, and no more than these, ask to be grounded."""
    return asked_in(said, WORDS) is not None


class StartExercise(Pressed, template=r"ground:start:0"):
    """A button that any card may carry."""

    def __init__(self, label: Words = SHORT_EXERCISE) -> None:
        super().__init__(pieces.start(label))

    async def pressed(self, interaction: Interaction) -> None:
        """Begins at the first question."""
        await begin_here(interaction)


async def _first_card(
    client: "TrellisClient", actor: Actor, exercise: str | None = None, minutes: int | None = None
) -> Card:
    """A new run's."""
    begun = client.services.grounding.begin(actor, exercise=exercise, minutes=minutes)
    return await card_or_reading(client.content, begun, exercise)


async def card_or_reading(content: Content, run: Awaitable[RunShown], exercise: str | None = None) -> Card:
    """The run's card; where the database fails, an exercise to read: help never waits for it."""
    try:
        return card_of(await run, content)
    except Exception as error:
        if is_refusal(error):
            raise
        log.error("exercises cannot be paced", error=type(error).__name__)  # noqa: TRY400
        return read_out(content, exercise)


async def _beneath(interaction: Interaction, card: Card) -> None:
    """In a direct message one that stays there, without a sound; elsewhere for this person's eyes."""
    if interaction.context.dm_channel and not interaction.response.is_done():
        await interaction.response.send_message(**card.given(), silent=True)
    else:
        await answer(interaction, card.told())


async def _in_direct_messages(interaction: Interaction, card: Card) -> Told:
    """Sends the card there; what is told where it was asked for, which may be the card itself."""
    client = interaction.client
    if not client.doors.may_open(interaction.user.id):
        return card.told(HERE_FOR_NOW())
    try:
        with delivering():
            channel = await client.create_dm(interaction.user)
            message = await channel.send(**card.given(), silent=True)
    except (MessagesClosed, NotPermitted):
        return card.told(text(client.content, "gr-closed"))
    except DeliveryError:
        return card.told(HERE_FOR_NOW())
    return Told(MOVED(), view=Panel(_link(channel.id, message.id)))


def _link(channel: int, message: int) -> discord.ui.Button[Any]:
    url = f"https://discord.com/channels/@me/{channel}/{message}"
    return discord.ui.Button(label=OPEN(), url=url)
