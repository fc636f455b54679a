"""The spans of time to look back on."""

import discord

from bot.domain.history import USUAL_WEEKS
from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.history._look import buttons, history_look
from cogs.items import ROW_ID, Pressed, button
from cogs.replies import in_place, in_time
from cogs.speech import say, several

SPANS = (4, 12, 26)  # weeks


class LookBack(Pressed, template=rf"history:weeks:(?P<circle>{ROW_ID}):(?P<weeks>[0-9]{{1,2}})"):
    """Draws another span, where the first one stood."""

    def __init__(self, circle: int, weeks: int) -> None:
        super().__init__(button(several("{n} week", "{n} weeks", weeks), f"history:weeks:{circle}:{weeks}"))
        self.circle, self.weeks = CircleId(circle), weeks

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it."""
        await in_place(interaction, await history_page(interaction, self.circle, self.weeks))


class MyWeather(Pressed, template=rf"history:open:({ROW_ID})"):
    """The usual span, from somewhere else."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("My weather"), f"history:open:{circle}", discord.ButtonStyle.secondary))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it."""
        await in_place(interaction, await history_page(interaction, self.circle, USUAL_WEEKS))


async def history_page(interaction: Interaction, circle_id: CircleId, weeks: int) -> Told:
    """The presser's own. Raises NotAMember."""
    services, actor = interaction.client.services, actor_of(interaction)
    circle, history = await services.histories.mine(actor, circle_id, weeks)
    others: list[Pressed] = [LookBack(int(circle_id), span) for span in SPANS if span != weeks]
    panel = buttons(int(circle_id), others)
    return await in_time(interaction, history_look(history, circle, interaction.client.content, panel))
