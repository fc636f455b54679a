"""`/channel slow · topic · care`, and *Suggest a cover* in the menu of a message."""

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.paces import PACES
from cogs.actors import Interaction, actor_of
from cogs.channel import _notes, _paces
from cogs.channel._covers import asked
from cogs.channel._notes import Note
from cogs.choices import picked
from cogs.errors import Told, answer
from cogs.places import circle_here
from cogs.speech import Phrase, say

COVER = Phrase("Suggest a cover")
PACE_CHOICES = [Choice(name=_paces.NAMES[seconds].english, value=seconds) for seconds in PACES]
NOTE_CHOICES = [Choice(name=name.english, value=note.value) for note, name in _notes.NAMES.items()]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class ChannelCommands(app_commands.Group, name="channel", description="Look after the circle's channel"):
    """For facilitators; the services check each time who they are."""

    @app_commands.command(description="How long each waits between two messages in the circle's channel")
    @app_commands.describe(
        pace="Off ends it",
        duration="After how long it ends by itself, such as 30m or 2h; if left out, when you change it",
        note="Whether a calm note tells the channel; yes if left out",
    )
    @app_commands.rename(duration="for")
    @app_commands.choices(pace=PACE_CHOICES)
    async def slow(
        self, interaction: Interaction, pace: int, duration: str | None = None, note: bool = True
    ) -> None:
        """Sets it, and tells the channel."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        circle = (await circle_here(interaction)).id
        await answer(interaction, await _paces.slowed(interaction, circle, pace, duration, note=note))

    @app_commands.command(description="Posts a plain line that says what today is about, with a choice")
    @app_commands.describe(text="Such as: anniversaries")
    async def topic(self, interaction: Interaction, text: app_commands.Range[str, 1, 100]) -> None:
        """Public line, private answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        circle = (await circle_here(interaction)).id
        posted = await _notes.post_topic(interaction, circle, text)
        await answer(
            interaction, Told(say("The topic line is up in <#{channel}>.", channel=posted.home.channel))
        )

    @app_commands.command(description="Posts a calm note for everyone: care, a matter taken up, looking out")
    @app_commands.describe(note="Which one; after something heavy if left out")
    @app_commands.choices(note=NOTE_CHOICES)
    async def care(self, interaction: Interaction, note: str = Note.CARE.value) -> None:
        """Public note, private answer."""
        which = picked(interaction, Note, note)
        await interaction.response.defer(ephemeral=True, thinking=True)
        circle = (await circle_here(interaction)).id
        posted = await _notes.post_note(interaction, circle, which)
        await answer(interaction, Told(say("The note is up in <#{channel}>.", channel=posted.home.channel)))


@app_commands.context_menu(name=COVER.english)
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def suggest_cover(interaction: Interaction, message: discord.Message) -> None:
    """Shows what its author would be asked, and how; none of the message's words is read."""
    circle = await circle_here(interaction)
    await interaction.client.services.channel_notes.allowed(actor_of(interaction), circle.id)
    await answer(interaction, await asked(interaction, circle, message.author, message.id))
