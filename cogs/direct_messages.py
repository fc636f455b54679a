"""What people write to the bot directly: a few words do something; none of it is kept or logged."""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.domain.errors import DeliveryError
from bot.domain.languages import Language
from bot.domain.letters import bare
from cogs.delivering import delivering
from cogs.errors import UNEXPECTED, Told

if TYPE_CHECKING:
    from cogs.client import TrellisClient

Handler = Callable[["TrellisClient", discord.Message], Awaitable[bool]]

log = structlog.get_logger()


class DirectMessages:
    """Handlers, tried in the order in which they were added; the first that takes a message ends it."""

    def __init__(self) -> None:
        self._handlers: list[Handler] = []
        self._otherwise: Handler | None = None

    def on(self, handler: Handler, *, first: bool = False) -> None:
        """A handler returns whether the message was for it; `first` puts it before those that are there."""
        self._handlers.insert(0 if first else len(self._handlers), handler)

    def otherwise(self, handler: Handler) -> None:
        """The one that takes what no other did."""
        self._otherwise = handler

    async def received(self, client: "TrellisClient", message: discord.Message) -> None:
        """Hands on a message that a person wrote to the bot alone. What goes wrong is told. Never raises."""
        if message.guild is not None or message.author.bot:
            return
        client.doors.is_open(message.author.id)
        try:
            last = [self._otherwise] if self._otherwise is not None else []
            for handler in [*self._handlers, *last]:
                if await handler(client, message):
                    return
        except Exception as error:  # noqa: BLE001 - told here, as there is no interaction to tell it by
            await _tell(client, message, error)


def asked_in(said: str, words: Mapping[Language, re.Pattern[str]]) -> Language | None:
    """In which language just these words were written; the patterns are of small letters without accents."""
    plain = " ".join(re.sub(r"[^\w\s]|_", " ", bare(said)).split())
    return next((language for language, asks in words.items() if asks.fullmatch(plain)), None)


async def reply(message: discord.Message, told: Told) -> discord.Message:
    """Answers in the direct messages, without a sound: a phone may be seen by someone else."""
    given: dict[str, Any] = {"content": told.text, "silent": True}
    embeds = [each for each in (told.embed, told.also) if each is not None]
    if embeds:
        given["embeds"] = embeds
    if told.view is not None:
        given["view"] = told.view
    if told.file is not None:
        given["file"] = told.file
    with delivering():
        return await message.channel.send(**given)


async def _tell(client: "TrellisClient", message: discord.Message, error: Exception) -> None:
    """Answers first; logs the type and a reference alone, as a message's words may stand in anything else."""
    told = client.errors.told(error)
    reference = secrets.token_hex(3)
    try:
        await reply(message, told or Told(UNEXPECTED(reference=reference)))
    except DeliveryError:
        log.warning("a direct message could not be answered", error=type(error).__name__)
    if told is None:
        log.error("a direct message failed", error=type(error).__name__, reference=reference)
