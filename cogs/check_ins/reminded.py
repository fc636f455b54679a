"""The check-in form from a reminder, in a direct message too, where no channel says which circle is meant."""

import discord

from bot.domain.errors import OccurrenceClosed
from bot.domain.ids import OccurrenceId
from cogs.actors import Interaction
from cogs.check_ins._draft import TODAY, TakeUpForDay
from cogs.check_ins._form import Target, open_form
from cogs.check_ins.another import offered_another
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.sentences import sentence
from cogs.speech import say


class CheckInNow(Pressed, template=rf"reminder:check-in:({ROW_ID}):({ROW_ID})"):
    """Opens the form of the post that was reminded of."""

    def __init__(self, circle: int, occurrence: int) -> None:
        custom_id = f"reminder:check-in:{circle}:{occurrence}"
        super().__init__(button(say("Check in"), custom_id, discord.ButtonStyle.primary))
        self.circle, self.occurrence = circle, occurrence

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it; where the post has had its day, today's is offered."""
        if await offered_another(interaction, self.occurrence):
            return
        try:
            await open_form(interaction, Target(occurrence=OccurrenceId(self.occurrence)))
        except OccurrenceClosed as error:
            view = Panel(TakeUpForDay(self.circle, TODAY))
            await answer(interaction, Told(str(sentence(error)), view=view))
