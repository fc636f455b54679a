"""The forms of review, sent: decided once, or all that was written comes back."""

import re
from collections.abc import Awaitable, Callable

import discord

from bot.domain.accounts import Actor
from bot.domain.errors import AlreadyDecided, Empty, NoSuchShare, NotFacilitator, TooLong
from bot.domain.ids import ShareId
from bot.services.reviewing import Reviewed
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.replies import in_place
from cogs.sentences import sentence
from cogs.shares._reasons import given
from cogs.shares.reviewing import next_in_queue
from cogs.speech import Phrase, grouped, say

FINDS = Phrase(
    "The author finds your reason with their words under `/shares`, and in a direct message "
    "where they want those."
)
DECLINED = Phrase("Declined.")
ASKED = Phrase("Given back to their author, to be reworded or kept.")
NO_REASON = Phrase("A reason goes with it, from the list or in your words. Nothing was decided.")
TOO_LONG = Phrase("That is {length} characters with the ready words, and {limit} fit. Nothing was decided.")
UNSEALED = Phrase(
    "<@{account}> wrote it. They are told that you asked, and why; it stands in the audit list too."
)
REFUSED = (AlreadyDecided, NotFacilitator, NoSuchShare, Empty, TooLong)

Decide = Callable[[Actor, ShareId, str], Awaitable[Reviewed]]


async def declined(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The words are not posted, and their author learns why."""
    await _decided(interaction, match, fields, interaction.client.services.reviewing.decline, DECLINED)


async def asked(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The words go back to their author."""
    await _decided(interaction, match, fields, interaction.client.services.reviewing.ask, ASKED)


async def unsealed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """Who wrote it is shown, once the asking is written down."""
    reason = fields.text("reason")
    try:
        reviewing = interaction.client.services.reviewing
        author = await reviewing.unseal(actor_of(interaction), ShareId(int(match[1])), reason)
    except REFUSED as error:
        await _give_back(interaction, error, reason)
        return
    await answer(interaction, Told(UNSEALED(account=author.id)))


async def _decided(
    interaction: Interaction, match: re.Match[str], fields: Fields, decide: Decide, done: Phrase
) -> None:
    actor, content, id_ = actor_of(interaction), interaction.client.content, ShareId(int(match[1]))
    try:
        share = await interaction.client.services.reviewing.read(actor, id_)
        await decide(actor, id_, given(fields, content.spoken(share.language)))  # its author reads it
    except REFUSED as error:
        await _give_back(interaction, error, given(fields, content))
        return
    await in_place(interaction, Told(f"{done} {FINDS}", view=next_in_queue(share.circle)))


async def _give_back(interaction: Interaction, error: Exception, reason: str) -> None:
    said = str(sentence(error))
    if isinstance(error, Empty):
        said = NO_REASON()
    elif isinstance(error, TooLong):
        said = TOO_LONG(length=grouped(len(error.text)), limit=grouped(error.limit))
    card = calm(title=say("The reason you wrote"), description=discord.utils.escape_markdown(reason)[:4096])
    await answer(interaction, Told(said, embed=card if reason else None))
