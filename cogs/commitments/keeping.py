"""What a member does with the record of a commitment, with its reminder and with their own clock."""

import io

import discord

from bot.domain.ids import CircleId, CommitmentId
from cogs.actors import Interaction, actor_of
from cogs.commitments import _look
from cogs.commitments._form import ClockForm, RemindForm
from cogs.errors import Told
from cogs.items import ROW_ID, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, Words, say

REMIND_ME = Phrase("Remind me")


class DeleteRecord(Pressed, template=rf"commit:delete:({ROW_ID})"):
    """Deletes it with its log."""

    def __init__(self, commitment: int) -> None:
        super().__init__(
            button(say("Delete my record"), f"commit:delete:{commitment}", discord.ButtonStyle.danger)
        )
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """At once; the button says what it does."""
        commitments = interaction.client.services.commitments
        await commitments.delete(actor_of(interaction), self.commitment)
        await in_place(
            interaction, Told(say("Deleted, with every day that was logged. Nothing of it is kept."))
        )


class GiveRecord(Pressed, template=rf"commit:record:({ROW_ID})"):
    """Hands out the whole record."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Give me my record"), f"commit:record:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """As a text file that only they see."""
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        file = discord.File(io.BytesIO(_look.record(shown).encode()), "my-record.txt")
        await interaction.response.send_message(
            say("Here it is, for your eyes alone."), file=file, ephemeral=True
        )


class SetClock(Pressed, template=rf"commit:my-day:({ROW_ID})"):
    """Opens the form of the member's own zone and day."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("My day and zone"), f"commit:my-day:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """With what stands in it."""
        mine = await interaction.client.services.commitments.mine(actor_of(interaction), self.circle)
        live = [each.commitment for each in mine if each.commitment.live]
        if not live:
            await in_place(interaction, Told(_look.NONE()))
            return
        form = ClockForm(int(self.circle), live[-1].zone.key, f"{live[-1].day_starts:%H:%M}")
        await interaction.response.send_modal(form)


class RemindMe(Pressed, template=rf"commit:remind:({ROW_ID})"):
    """Opens the form of its reminder."""

    def __init__(self, commitment: int, label: Words = REMIND_ME) -> None:
        super().__init__(button(label, f"commit:remind:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """With the time that stands."""
        commitments = interaction.client.services.commitments
        it = (await commitments.get(actor_of(interaction), self.commitment)).commitment
        await interaction.response.send_modal(RemindForm(int(self.commitment), it.reminded, it.zone.key))
