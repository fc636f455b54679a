"""A member offers words to the circle: under a post, or freely; what cannot be offered comes back whole."""

import re
from typing import Self

import discord

from bot.domain.circles import Sharing
from bot.domain.errors import AlreadyDecided, Empty, TooLong, TrellisError
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.prompts import ShareRule
from bot.domain.schedules import Kind
from bot.domain.shares import Draft
from bot.services.messenger import Post
from cogs.actors import Interaction, actor_of
from cogs.check_ins.another import offered_another
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members.consenting import membership
from cogs.replies import in_time
from cogs.shares._draft import TITLE, DraftForm, card, read, read_back
from cogs.shares.own import Edit, TakeBack, edit, waits
from cogs.speech import Phrase, Words, grouped, say

SHORTEN, AGAIN, ANEW = Phrase("Shorten it"), Phrase("Open the form again"), Phrase("Offer these words")
PLACE = rf"(?P<occurrence>{ROW_ID}):(?P<circle>{ROW_ID})"


def offering(post: Post) -> list[Pressed]:
    """The button under a post; none in a preview, where answers stay private, and where sharing is off."""
    off = post.circle.settings.sharing is Sharing.OFF or post.prompt.share is ShareRule.PRIVATE
    if post.occurrence is None or off:
        return []
    return [OfferShare(post.prompt.kind.value, int(post.occurrence.id), int(post.circle.id))]


class OfferShare(Pressed, template=rf"(?P<kind>{'|'.join(Kind)}):share:{PLACE}"):
    """Opens the form for words to the circle; members alone."""

    def __init__(self, kind: str, occurrence: int, circle: int) -> None:
        super().__init__(button(TITLE, f"{kind}:share:{occurrence}:{circle}"))
        self.occurrence, self.circle = occurrence, circle

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["occurrence"]), int(match["circle"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it; who leaves this theme out is offered another question first."""
        await membership(interaction, CircleId(self.circle))
        if not await offered_another(interaction, self.occurrence):
            await open_form(interaction, self.occurrence, self.circle)


class OfferFreely(Pressed, template=rf"share:freely:({ROW_ID})"):
    """The same form, for words that belong to no post."""

    def __init__(self, circle: int, label: Words = TITLE) -> None:
        super().__init__(button(label, f"share:freely:{circle}"))
        self.circle = circle

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await open_form(interaction, 0, self.circle)


class TakeUp(Pressed, template=rf"share:again:{PLACE}"):
    """Opens the form with the draft that stands above it."""

    def __init__(self, occurrence: int, circle: int, label: Words = SHORTEN) -> None:
        super().__init__(button(label, f"share:again:{occurrence}:{circle}", discord.ButtonStyle.primary))
        self.occurrence, self.circle = occurrence, circle

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        draft = read_back(interaction.message, interaction.client.content)
        await open_form(interaction, self.occurrence, self.circle, draft)


class TakeUpRevised(Pressed, template=rf"share:take-up:({ROW_ID})"):
    """The same for words that were offered before."""

    def __init__(self, share: int, label: Words = SHORTEN) -> None:
        super().__init__(button(label, f"share:take-up:{share}", discord.ButtonStyle.primary))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await edit(interaction, self.share, read_back(interaction.message, interaction.client.content))


async def open_form(
    interaction: Interaction, occurrence: int, circle: int, draft: Draft | None = None
) -> None:
    """Shows the form, with how many wait already. Raises NotAMember."""
    shares = interaction.client.services.shares
    queue = await shares.queue(actor_of(interaction), CircleId(circle))
    id_ = f"share:offer:{occurrence}:{circle}"
    form = DraftForm(id_, interaction.client.content, draft or Draft(text=""), queue)
    await interaction.response.send_modal(form)


async def offered(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: the words go into review, or come back whole."""
    occurrence, circle = int(match["occurrence"]), int(match["circle"])
    draft = read(fields)
    to = OccurrenceId(occurrence) if occurrence else None
    offer = interaction.client.services.shares.offer(actor_of(interaction), to, CircleId(circle), draft)
    try:
        done = await in_time(interaction, offer)
    except Empty:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the words come back first
        label = SHORTEN if isinstance(error, TooLong) else AGAIN
        await give_back(interaction, error, TakeUp(occurrence, circle, label), draft)
        return
    id_ = int(done.share.id)
    await answer(interaction, Told(waits(done), view=Panel(Edit(id_), TakeBack(id_))))


async def revised(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form of words that were offered before is sent again."""
    id_, draft = int(match[1]), read(fields)
    shares = interaction.client.services.shares
    try:
        done = await in_time(interaction, shares.revise(actor_of(interaction), ShareId(id_), draft))
    except Exception as error:  # noqa: BLE001 - whatever it was, the words come back first
        again: Pressed = TakeUpRevised(id_, SHORTEN if isinstance(error, TooLong) else AGAIN)
        if isinstance(error, AlreadyDecided):  # the words that stand cannot change, and these can be offered
            share = await shares.get(actor_of(interaction), ShareId(id_))
            again = TakeUp(int(share.occurrence or 0), int(share.circle), ANEW)
        await give_back(interaction, error, again, draft)
        return
    await answer(interaction, Told(waits(done), view=Panel(Edit(id_), TakeBack(id_))))


async def give_back(interaction: Interaction, error: Exception, again: Pressed, draft: Draft) -> None:
    """Tells what went wrong with the draft beneath; raises what it does not know, once the draft is safe."""
    told = interaction.client.errors.told(error) if isinstance(error, TrellisError) else None
    said = told.text if told else say("Nothing is lost: here is what you wrote.")
    if isinstance(error, TooLong):
        said = say(
            "That is {length} characters, and {limit} fit. Nothing is lost: here it is. It is not "
            "offered until you send it shorter.",
            length=grouped(len(error.text)),
            limit=grouped(error.limit),
        )
    view = Panel(*(told.view.children if told and told.view else ()), again)
    await answer(interaction, Told(said, view=view, embed=card(draft, interaction.client.content)))
    if told is None:
        raise error
