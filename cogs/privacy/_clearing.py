"""Clear what you sent me: the bot deletes its own messages from the direct messages with a person."""

from contextlib import suppress

import discord

from bot.domain.errors import DeliveryError
from cogs.actors import Interaction
from cogs.delivering import delivering
from cogs.errors import Told
from cogs.items import Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say, several

ASK = Phrase(
    "I can delete every message that I sent you directly, so that nothing of ours stands in your "
    "inbox. Buttons on them go with them. What is kept with me stays as it is. It takes about a "
    "second for each."
)
NONE = Phrase("There is no direct message of mine to you, so there was nothing to clear.")
STEP = 10  # messages between two words of progress


class ClearMessages(Pressed, template=r"privacy:clear:0"):
    """Says what it does, and asks."""

    def __init__(self) -> None:
        super().__init__(button(say("Clear what you sent me"), "privacy:clear:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Asks."""
        await in_place(interaction, Told(ASK(), view=Panel(ClearNow())))


class ClearNow(Pressed, template=r"privacy:clear-now:0"):
    """Does it."""

    def __init__(self) -> None:
        super().__init__(button(say("Clear them"), "privacy:clear-now:0", discord.ButtonStyle.danger))

    async def pressed(self, interaction: Interaction) -> None:
        """One by one, the newest first, at the pace that Discord allows."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        count = 0
        try:
            with delivering():
                channel = await interaction.client.create_dm(interaction.user)
                async for message in channel.history(limit=None):
                    if interaction.client.user and message.author.id == interaction.client.user.id:
                        await message.delete()
                        count += 1
                        await _tell(interaction, _so_far(count), every=count)
        except DeliveryError:
            await _tell(interaction, _broken(count))
            return
        await _tell(interaction, _done(count) if count else NONE())


def _so_far(count: int) -> str:
    return several("Cleared {n} message so far …", "Cleared {n} messages so far …", count)


def _done(count: int) -> str:
    return several(
        "Cleared: {n} message. What you wrote to me yourself, only you can delete. Answers that only you "
        "could see here vanish by themselves, and posts in a channel stay there.",
        "Cleared: {n} messages. What you wrote to me yourself, only you can delete. Answers that only you "
        "could see here vanish by themselves, and posts in a channel stay there.",
        count,
    )


def _broken(count: int) -> str:
    return several(
        "Discord stopped answering me after {n} message. The rest still stands; the same button goes on "
        "with it.",
        "Discord stopped answering me after {n} messages. The rest still stands; the same button goes on "
        "with it.",
        count,
    )


async def _tell(interaction: Interaction, said: str, *, every: int = STEP) -> None:
    """Now and then; Discord lets an answer be changed for fifteen minutes, and the clearing goes on after."""
    if every % STEP == 0:
        with suppress(discord.HTTPException):
            await interaction.edit_original_response(content=said)
