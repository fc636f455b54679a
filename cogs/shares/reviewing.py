"""Facilitators decide on the words that wait: oldest first, one at a time, each decided on once."""

import discord

from bot.domain.errors import AlreadyDecided
from bot.domain.ids import CircleId, ShareId
from bot.domain.member_errors import AuthorKnown, LookTwice
from bot.services.reviewing import Reviewed
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.sentences import sentence
from cogs.shares._look import NOTHING_WAITS, again_look, waiting_look
from cogs.shares._reasons import AskForm, DeclineForm, UnsealForm
from cogs.speech import Phrase, Words, say

APPROVED = Phrase("Approved. The words are on their way to the channel, without a name.")
APPROVED_NAMED = Phrase("Approved. The words are on their way to the channel, with their author's name.")
NEXT = Phrase("Next")


async def queue_page(interaction: Interaction, circle: CircleId, page: int) -> Told:
    """The page-th of the waiting shares, oldest first; the last one where there are fewer."""
    queue = await interaction.client.services.reviewing.queue(actor_of(interaction), circle)
    if not queue:
        return Told(NOTHING_WAITS())
    page = min(page, len(queue) - 1)
    buttons = deciding(queue[page])
    if page > 0:
        buttons.append(TurnTo(int(circle), page - 1, say("Earlier")))
    if page + 1 < len(queue):
        buttons.append(TurnTo(int(circle), page + 1))
    place = say("{place} of {waiting} waiting, oldest first", place=page + 1, waiting=len(queue))
    return waiting_look(queue[page], buttons, interaction.client.content, place)


def deciding(share: Reviewed) -> list[Pressed]:
    """What a facilitator can do; asking who wrote it comes last, and only where no name stands."""
    id_ = int(share.id)
    sealed = [] if share.author is not None else [Unseal(id_)]
    return [Approve(id_), Ask(id_), Decline(id_), *sealed]


def next_in_queue(circle: CircleId) -> Panel:
    """The way on after a decision."""
    return Panel(TurnTo(int(circle), 0, say("Next in the queue")))


class TurnTo(Pressed, template=rf"share:queue:(?P<circle>{ROW_ID}):(?P<page>[0-9]{{1,6}})"):
    """Leafs through the queue."""

    def __init__(self, circle: int, page: int, label: Words = NEXT) -> None:
        super().__init__(button(label, f"share:queue:{circle}:{page}"))
        self.circle, self.page = CircleId(circle), page

    async def pressed(self, interaction: Interaction) -> None:
        """Shows another."""
        await in_place(interaction, await queue_page(interaction, self.circle, self.page))


class Review(Pressed, template=rf"share:review:({ROW_ID})"):
    """The button of the note in the facilitators' channel."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Read and decide"), f"share:review:{share}", discord.ButtonStyle.primary))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows the words to this facilitator; once they are decided on, only who wrote them can be asked."""
        reviewing, actor = interaction.client.services.reviewing, actor_of(interaction)
        try:
            share = await reviewing.read(actor, self.share)
        except AlreadyDecided as error:
            sealed = await reviewing.is_sealed(actor, self.share)
            view = Panel(Unseal(int(self.share))) if sealed else None
            await answer(interaction, Told(str(sentence(error)), view=view))
            return
        await answer(interaction, waiting_look(share, deciding(share), interaction.client.content))


class Approve(Pressed, template=rf"share:approve:({ROW_ID})"):
    """Has the words posted."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Approve"), f"share:approve:{share}", discord.ButtonStyle.success))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Decides, and offers the next; where the words carry a mark it is asked once more."""
        try:
            await _approved(interaction, self.share, surely=False)
        except LookTwice:
            share = await interaction.client.services.reviewing.read(actor_of(interaction), self.share)
            ways = [*deciding(share)[1:], ApproveSurely(int(self.share))]  # not where the finger just was
            await in_place(interaction, again_look(share, ways, interaction.client.content))


class ApproveSurely(Pressed, template=rf"share:approve-surely:({ROW_ID})"):
    """Has words posted that carry a mark, once a facilitator has looked again."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Approve it all the same"), f"share:approve-surely:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Decides, and offers the next."""
        await _approved(interaction, self.share, surely=True)


async def _approved(interaction: Interaction, share_id: ShareId, *, surely: bool) -> None:
    reviewing = interaction.client.services.reviewing
    share = await reviewing.approve(actor_of(interaction), share_id, surely=surely)
    done = APPROVED_NAMED if share.author else APPROVED
    await in_place(interaction, Told(done(), view=next_in_queue(share.circle)))


class Ask(Pressed, template=rf"share:ask:({ROW_ID})"):
    """Gives the words back to their author, with what could be changed."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Ask to reword"), f"share:ask:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens the form, while the share still waits."""
        await interaction.client.services.reviewing.read(actor_of(interaction), self.share)
        await interaction.response.send_modal(AskForm(int(self.share), interaction.client.content))


class Decline(Pressed, template=rf"share:decline:({ROW_ID})"):
    """Asks for the reason, which reaches the author."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Decline"), f"share:decline:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens the form, while the share still waits."""
        await interaction.client.services.reviewing.read(actor_of(interaction), self.share)
        await interaction.response.send_modal(DeclineForm(int(self.share), interaction.client.content))


class Unseal(Pressed, template=rf"share:unseal:({ROW_ID})"):
    """Asks who wrote words that carry no name; it takes a reason, and the author learns of it."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Who wrote this? For safety"), f"share:unseal:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens the form, which says what follows; whether the words still wait or were decided on."""
        if not await interaction.client.services.reviewing.is_sealed(actor_of(interaction), self.share):
            raise AuthorKnown
        await interaction.response.send_modal(UnsealForm(int(self.share)))
