"""Facilitators decide on the words that wait: oldest first, one at a time, each decided on once."""

import re
from typing import Any

import discord

from bot.domain.errors import AlreadyDecided, NoSuchShare, NotFacilitator
from bot.domain.ids import CircleId, ShareId
from bot.services.shares import MAX_REASON
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.sentences import sentence
from cogs.shares._look import NOTHING_WAITS, waiting_look

DECLINED = (
    "Declined. The author finds your reason under `/privacy`, and in a direct message where they want those."
)


async def queue_page(interaction: Interaction, circle: CircleId, page: int) -> Told:
    """The page-th of the waiting shares, oldest first; the last one where there are fewer."""
    queue = await interaction.client.services.shares.queue(actor_of(interaction), circle)
    if not queue:
        return Told(NOTHING_WAITS)
    page = min(page, len(queue) - 1)
    buttons: list[Pressed] = [Approve(int(queue[page].id)), Decline(int(queue[page].id))]
    if page > 0:
        buttons.append(TurnTo(int(circle), page - 1, "Earlier"))
    if page + 1 < len(queue):
        buttons.append(TurnTo(int(circle), page + 1, "Next"))
    return waiting_look(queue[page], buttons, f"{page + 1} of {len(queue)} waiting, oldest first")


class TurnTo(Pressed, template=rf"share:queue:(?P<circle>{ROW_ID}):(?P<page>[0-9]{{1,6}})"):
    """Leafs through the queue."""

    def __init__(self, circle: int, page: int, label: str = "Next") -> None:
        super().__init__(button(label, f"share:queue:{circle}:{page}"))
        self.circle, self.page = CircleId(circle), page

    async def pressed(self, interaction: Interaction) -> None:
        """Shows another."""
        await in_place(interaction, await queue_page(interaction, self.circle, self.page))


class Review(Pressed, template=rf"share:review:({ROW_ID})"):
    """The button of the note in the facilitators' channel."""

    def __init__(self, share: int) -> None:
        super().__init__(button("Read and decide", f"share:review:{share}", discord.ButtonStyle.primary))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows the words to this facilitator."""
        share = await interaction.client.services.shares.read(actor_of(interaction), self.share)
        await answer(interaction, waiting_look(share, [Approve(int(share.id)), Decline(int(share.id))]))


class Approve(Pressed, template=rf"share:approve:({ROW_ID})"):
    """Has the words posted."""

    def __init__(self, share: int) -> None:
        super().__init__(button("Approve", f"share:approve:{share}", discord.ButtonStyle.success))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Decides, and offers the next."""
        share = await interaction.client.services.shares.approve(actor_of(interaction), self.share)
        done = "Approved. The words are on their way to the channel, without a name."
        await in_place(interaction, Told(done, view=Panel(TurnTo(int(share.circle), 0, "Next in the queue"))))


class Decline(Pressed, template=rf"share:decline:({ROW_ID})"):
    """Asks for the reason, which reaches the author."""

    def __init__(self, share: int) -> None:
        super().__init__(button("Decline", f"share:decline:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens the form, while the share still waits."""
        await interaction.client.services.shares.read(actor_of(interaction), self.share)
        await interaction.response.send_modal(ReasonForm(int(self.share)))


class ReasonForm(Form):
    """A reason is required."""

    def __init__(self, share: int) -> None:
        super().__init__(title="Decline", custom_id=f"share:declining:{share}")
        reason: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="reason", style=discord.TextStyle.paragraph, max_length=MAX_REASON
        )
        self.add_item(
            discord.ui.Label(
                text="The reason",
                description="It reaches the author. Kind and plain; what would make it fit?",
                component=reason,
            )
        )


async def declined(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: the words are not posted, and their author learns why."""
    shares, reason = interaction.client.services.shares, fields.text("reason")
    try:
        share = await shares.decline(actor_of(interaction), ShareId(int(match[1])), reason)
    except (AlreadyDecided, NotFacilitator, NoSuchShare) as error:
        given_back = calm(title="The reason you wrote", description=reason)
        await answer(interaction, Told(str(sentence(error)), embed=given_back))
        return
    await in_place(interaction, Told(DECLINED, view=Panel(TurnTo(int(share.circle), 0, "Next in the queue"))))
