"""Deleting everything: asked once with a typed word, then nothing remains."""

import re
from typing import Any

import discord

from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import Panel, Pressed, button
from cogs.privacy._clearing import ClearMessages
from cogs.speech import Phrase, say
from cogs.words import lines

WORD = Phrase("delete")
GONE = Phrase(
    "Done. Nothing about you remains with me, in my backups neither: the key to it is destroyed. "
    "What was posted for you in a channel stays on Discord until a facilitator removes it; what "
    "I sent you directly, until you clear it. You are welcome back at any time."
)
STAYS = Phrase(
    "Nothing was deleted: the word “{word}” wasn't there. You can try again, or leave it as it is."
)
OUTSIDE = Phrase(
    "Done. What you asked a facilitator to look at is no longer kept as yours, and your words "
    "are deleted. A backup from before holds them, sealed with my own key, until whoever runs me "
    "deletes that backup."
)
NOTHING = Phrase("There was nothing to delete: I keep nothing about you.")


class DeleteEverything(Pressed, template=r"privacy:delete:0"):
    """Asks for the word first."""

    def __init__(self) -> None:
        super().__init__(button(say("Delete everything"), "privacy:delete:0", discord.ButtonStyle.danger))

    async def pressed(self, interaction: Interaction) -> None:
        """Asks."""
        await interaction.response.send_modal(DeletionForm())


class DeletionForm(Form):
    """A typed word, so that no slip of the finger deletes."""

    def __init__(self) -> None:
        super().__init__(title=say("Delete everything"), custom_id="privacy:deleting:0")
        said = lines(
            [
                say("This deletes all that I keep about you, in every circle, and ends your memberships."),
                say("Nothing can bring it back."),
            ]
        )
        self.add_item(discord.ui.TextDisplay(said))
        word: discord.ui.TextInput[Any] = discord.ui.TextInput(custom_id="word", max_length=40)
        self.add_item(discord.ui.Label(text=say("Type “{word}” to go on", word=WORD), component=word))


async def deleted(interaction: Interaction, _match: re.Match[str], fields: Fields) -> None:
    """The form is sent: with the word in it, everything goes."""
    typed = fields.text("word").strip(" \"'“”„«».").casefold()
    if typed not in (WORD().casefold(), WORD.english):
        await answer(interaction, Told(STAYS(word=WORD), view=Panel(DeleteEverything())))
        return
    await interaction.client.services.mutes.let_go(actor_of(interaction))
    members, actor = interaction.client.services.members, actor_of(interaction)
    joined = await members.memberships(actor)
    count = await members.delete_all(actor)
    said = GONE if joined else OUTSIDE if count else NOTHING
    await answer(interaction, Told(said(), view=Panel(ClearMessages()) if count else None))
