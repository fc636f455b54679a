"""The one road from anything that went wrong to a clear sentence for the person who meant well."""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord
import structlog
from discord import app_commands

from bot.domain.errors import NotAnswered, TooLong, TrellisError
from bot.metrics import Metrics, Where
from cogs.actors import Interaction
from cogs.connect import ALREADY_ACKNOWLEDGED
from cogs.embeds import calm
from cogs.sentences import UNKNOWN_COMPONENT, sentence
from cogs.speech import Phrase

log = structlog.get_logger()

E = TypeVar("E", bound=Exception)
EMBED_LIMIT = 4096  # characters of an embed's description (Discord)


@dataclass(frozen=True, slots=True)
class Told:
    """An ephemeral answer: a sentence, and what else belongs to it."""

    text: str
    view: discord.ui.View | None = None
    embed: discord.Embed | None = field(default=None, repr=False)
    also: discord.Embed | None = field(default=None, repr=False)  # a second card under the first
    file: discord.File | None = field(default=None, repr=False)


Builder = Callable[[Any], Told]


UNEXPECTED = Phrase(
    "Something went wrong on my side; it is nothing you did. You can try it once more. If it "
    "stays like this, this reference helps the person who runs me: `{reference}`."
)


class ErrorRoute:
    """Maps each error to what is told; features add their own forms of it with `on`."""

    def __init__(self, metrics: Metrics | None = None) -> None:
        self._metrics = metrics or Metrics()
        self._builders: dict[type[Exception], Builder] = {TooLong: given_back}

    def on(self, kind: type[E], builder: Callable[[E], Told]) -> None:
        """Errors of this type, and subtypes that have no own builder, are told by the builder."""
        self._builders[kind] = builder

    def told(self, error: Exception) -> Told | None:
        """What is told of an error; None where we do not know it."""
        for kind in type(error).__mro__:
            if kind in self._builders:
                return self._builders[kind](error)
        text = sentence(error)
        return Told(text) if text is not None else None

    async def tell(self, interaction: Interaction, error: Exception) -> None:
        """Answers the interaction, however far it is, with what went wrong. Never raises."""
        error = _inner(error)
        try:
            if isinstance(error, discord.HTTPException) and error.code == ALREADY_ACKNOWLEDGED:
                return  # a retried answer that had been applied the first time: it stands
            told = self.told(error)
            if told is None or isinstance(error, NotAnswered):
                self._metrics.error(Where.ANSWER, error)
            if interaction.type is discord.InteractionType.autocomplete:
                await _nothing_offered(interaction, error if told is None else None)
            elif told is None:
                await _unexpected(interaction, error)
            else:
                await answer(interaction, told)
        except Exception:
            log.exception("an error could not be told", error=type(error).__name__)

    async def unknown(self, interaction: Interaction) -> None:
        """Answers a press on a component or a form that this version has none of."""
        await answer(interaction, Told(UNKNOWN_COMPONENT()))


def is_refusal(error: Exception) -> bool:
    """Whether somebody is told no. False where something failed, the database too: help has another way."""
    return isinstance(error, TrellisError) and not isinstance(error, NotAnswered)


def given_back(error: TooLong) -> Told:
    """A text over its limit comes back whole: in an embed where it fits, else as a file."""
    said = str(sentence(error))
    if len(error.text) <= EMBED_LIMIT:
        return Told(said, embed=calm(description=error.text))
    return Told(said, file=discord.File(io.BytesIO(error.text.encode()), "your-words.txt"))


async def answer(interaction: discord.Interaction[Any], told: Told) -> None:
    """Sends something ephemeral: as the response, or after it where one was given already."""
    given: dict[str, Any] = {"content": told.text, "ephemeral": True}
    for name in ("view", "file"):
        if getattr(told, name) is not None:
            given[name] = getattr(told, name)
    embeds = [each for each in (told.embed, told.also) if each is not None]
    if embeds:
        given["embeds"] = embeds
    if interaction.response.is_done():
        await interaction.followup.send(**given)
    else:
        await interaction.response.send_message(**given)


def _inner(error: Exception) -> Exception:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


async def _nothing_offered(interaction: Interaction, unexpected: Exception | None) -> None:
    """While somebody types nothing can be told; what nobody foresaw is logged all the same."""
    try:
        await interaction.response.autocomplete([])
    finally:
        if unexpected is not None:
            log.error("unexpected error", exc_info=unexpected)


async def _unexpected(interaction: Interaction, error: Exception) -> None:
    """Answers first, since Discord waits three seconds, and logs under the same reference then."""
    reference = secrets.token_hex(3)
    try:
        await answer(interaction, Told(UNEXPECTED(reference=reference)))
    finally:
        log.error("unexpected error", reference=reference, exc_info=error)
