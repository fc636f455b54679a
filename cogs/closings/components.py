"""The buttons of a closing: close, leave it open, keep it after all, take the circle's own things along."""

import discord

from bot.domain.circles import Circle, paused_at
from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.closings._file import file_of
from cogs.closings.said import closes, kept, stays
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place, in_time, on_card
from cogs.speech import Phrase, say

FILE = Phrase("The circle's own things are in this file, and nothing of any member.")


class CloseCircle(Pressed, template=rf"circle:close:({ROW_ID})"):
    """Begins it; what is the circle's own is handed over with the answer."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            button(say("Close the circle"), f"circle:close:{circle}", discord.ButtonStyle.danger)
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Says until when it can be taken back."""
        circle, file = await in_time(interaction, _closed(interaction, self.circle), over=True)
        told = Told(f"{closes(circle)} {FILE}", view=closing_panel(circle, file=False), file=file)
        await in_place(interaction, told)


class LeaveOpen(Pressed, template=rf"circle:leave-open:({ROW_ID})"):
    """Changes nothing."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Leave it open"), f"circle:leave-open:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Says how it stands: somebody else may have closed it meanwhile."""
        circles = interaction.client.services.circles
        circle = await circles.as_facilitator(actor_of(interaction), self.circle)
        await in_place(interaction, standing(circle) or Told(stays()))


class KeepCircle(Pressed, template=rf"circle:keep:({ROW_ID})"):
    """Takes it back."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Keep the circle"), f"circle:keep:{circle}", discord.ButtonStyle.success))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """On the facilitators' note for all of them, else where it was pressed."""
        closings = interaction.client.services.closings
        circle = await closings.keep(actor_of(interaction), self.circle)
        rests = paused_at(circle, interaction.client.clock.now())
        await on_card(interaction, circle, lambda: Told(kept(circle, rests=rests)))


class HandOver(Pressed, template=rf"circle:file:({ROW_ID})"):
    """The file once more, as things stand by now."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("The circle's own things"), f"circle:file:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """For the presser alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        own = await interaction.client.services.closings.hand_over(actor_of(interaction), self.circle)
        await answer(interaction, Told(FILE(), file=file_of(own)))


async def _closed(interaction: Interaction, id_: CircleId) -> tuple[Circle, discord.File]:
    """The file first: what cannot be handed over is not closed."""
    closings, actor = interaction.client.services.closings, actor_of(interaction)
    file = file_of(await closings.hand_over(actor, id_))
    return await closings.close(actor, id_), file


def closing_panel(circle: Circle, *, file: bool = True) -> Panel:
    """What can be pressed while a circle closes."""
    id_ = int(circle.id)
    return Panel(KeepCircle(id_), *([HandOver(id_)] if file else []))


def standing(circle: Circle) -> Told | None:
    """That it closes, with the ways on; None where it does not."""
    return None if circle.closing is None else Told(closes(circle), view=closing_panel(circle))
