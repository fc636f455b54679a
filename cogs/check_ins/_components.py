"""What can be pressed on a check-in: one tap that is a whole answer, the form, and a pass."""

import discord

from bot.domain.check_ins import Weather
from bot.domain.errors import OccurrenceClosed
from bot.domain.ids import OccurrenceId
from bot.domain.prompts import Content
from bot.services.check_ins import CheckInRecorded
from cogs.actors import Interaction, actor_of
from cogs.check_ins._draft import closed
from cogs.check_ins._form import Target, open_form
from cogs.check_ins._replies import tapped
from cogs.check_ins._taking_back import TakeItBack
from cogs.check_ins.another import offered_another
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.reminders.closed import and_off
from cogs.replies import in_time
from cogs.speech import Phrase, Words, say
from cogs.words import text


class WeatherSelect(Pressed, template=rf"check-in:weather:({ROW_ID})"):
    """One tap is a whole check-in."""

    def __init__(self, occurrence: int, content: Content | None = None) -> None:
        options = [
            discord.SelectOption(label=label, value=weather.value)
            for weather, label in (content.weathers if content else {}).items()
        ]
        super().__init__(
            discord.ui.Select(
                placeholder=say("Today's weather"),
                options=options,
                custom_id=f"check-in:weather:{occurrence}",
            )
        )
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """Keeps the weather, and says so to the presser alone."""
        try:
            recorded = await in_time(interaction, self._kept(interaction))
        except OccurrenceClosed as error:
            await answer(interaction, await closed(interaction, error))
            return
        view = Panel(AddMore(int(self.occurrence)), TakeItBack(int(self.occurrence)))
        said = tapped(recorded, interaction.client.content)
        await answer(interaction, Told(and_off(recorded, said), view=view))

    async def _kept(self, interaction: Interaction) -> CheckInRecorded:
        known = tuple(Weather(value) for value in chosen(interaction) if value in set(Weather))
        return await interaction.client.services.check_ins.tap(actor_of(interaction), self.occurrence, known)


class AnswerPrivately(Pressed, template=rf"check-in:answer:({ROW_ID})"):
    """Opens the form, filled with what was answered so far."""

    label = Phrase("Answer privately")
    action = "answer"
    style = discord.ButtonStyle.primary

    def __init__(self, occurrence: int, label: Words = "") -> None:
        super().__init__(button(label or self.label, f"check-in:{self.action}:{occurrence}", self.style))
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it; who leaves this theme out is offered another question first."""
        if not await offered_another(interaction, int(self.occurrence)):
            await self.open(interaction)

    async def open(self, interaction: Interaction) -> None:
        """Opens it; where the post has had its day, today's is offered."""
        try:
            await open_form(interaction, Target(occurrence=self.occurrence))
        except OccurrenceClosed as error:
            await answer(interaction, await closed(interaction, error))


class AddMore(AnswerPrivately, template=rf"check-in:more:({ROW_ID})"):
    """The same form, after a tap or another question."""

    label = Phrase("Add more")
    action = "more"
    style = discord.ButtonStyle.secondary

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it at once."""
        await self.open(interaction)


class Pass(Pressed, template=rf"check-in:pass:({ROW_ID})"):
    """A full answer that is kept nowhere."""

    def __init__(self, occurrence: int) -> None:
        super().__init__(button(say("Pass for today"), f"check-in:pass:{occurrence}"))

    async def pressed(self, interaction: Interaction) -> None:
        """Says so, and keeps nothing."""
        await answer(interaction, Told(text(interaction.client.content, "ci-r-05")))
