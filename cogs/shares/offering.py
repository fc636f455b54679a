"""A member offers words to the circle, and can take them back while they wait."""

import re
from typing import Any, Self

import discord

from bot.domain.circles import Sharing
from bot.domain.errors import Empty, TooLong, TrellisError
from bot.domain.ids import CircleId, OccurrenceId, ShareId
from bot.domain.prompts import ShareRule
from bot.domain.schedules import Kind
from bot.services.messenger import Post
from cogs.actors import Interaction, actor_of
from cogs.check_ins.another import offered_another
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members.consenting import membership
from cogs.replies import in_time

FIELD_LIMIT = (
    4000  # characters in a form's text field (Discord); more than a share takes, to give back the rest
)
SHORTEN, AGAIN = "Shorten it", "Open the form again"
PLACE = rf"(?P<occurrence>{ROW_ID}):(?P<circle>{ROW_ID})"
WAITS = (
    "Your words wait for a facilitator now, as everyone's do here; they read when they can. If they "
    "agree, your words are posted without your name. Until then you can take them back."
)


def offering(post: Post) -> list[Pressed]:
    """The button under a post; none in a preview, where answers stay private, and where sharing is off."""
    off = post.circle.settings.sharing is Sharing.OFF or post.prompt.share is ShareRule.PRIVATE
    if post.occurrence is None or off:
        return []
    return [OfferShare(post.prompt.kind.value, int(post.occurrence.id), int(post.circle.id))]


class OfferShare(Pressed, template=rf"(?P<kind>{'|'.join(Kind)}):share:{PLACE}"):
    """Opens the form for words to the circle; members alone."""

    def __init__(self, kind: str, occurrence: int, circle: int) -> None:
        super().__init__(button("Share in the channel", f"{kind}:share:{occurrence}:{circle}"))
        self.occurrence, self.circle = occurrence, circle

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["occurrence"]), int(match["circle"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it; who leaves this theme out is offered another question first."""
        await membership(interaction, CircleId(self.circle))
        if not await offered_another(interaction, self.occurrence):
            await interaction.response.send_modal(ShareForm(self.occurrence, self.circle))


class OfferFreely(Pressed, template=rf"share:freely:({ROW_ID})"):
    """The same form, for words that belong to no post."""

    def __init__(self, circle: int) -> None:
        super().__init__(button("Share in the channel", f"share:freely:{circle}"))
        self.circle = circle

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await membership(interaction, CircleId(self.circle))
        await interaction.response.send_modal(ShareForm(0, self.circle))


class ShareForm(Form):
    """One text."""

    def __init__(self, occurrence: int, circle: int, draft: str = "") -> None:
        super().__init__(title="Share in the channel", custom_id=f"share:offer:{occurrence}:{circle}")
        words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="words",
            style=discord.TextStyle.paragraph,
            max_length=FIELD_LIMIT,
            default=draft[:FIELD_LIMIT] or None,
        )
        self.add_item(
            discord.ui.Label(
                text="Your words",
                description="A facilitator reads them first. If they agree, it is posted without your name.",
                component=words,
            )
        )


async def offered(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: the words go into review, or come back whole."""
    occurrence, circle = int(match["occurrence"]), int(match["circle"])
    shares, words = interaction.client.services.shares, fields.text("words")
    try:
        to = OccurrenceId(occurrence) if occurrence else None
        offer = shares.offer(actor_of(interaction), to, CircleId(circle), words)
        share = await in_time(interaction, offer)
    except Empty:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the words come back first
        label = SHORTEN if isinstance(error, TooLong) else AGAIN
        await _give_back(interaction, error, TakeUp(occurrence, circle, label), words)
        return
    await answer(interaction, Told(WAITS, view=Panel(TakeBack(int(share.id)))))


async def _give_back(interaction: Interaction, error: Exception, again: "TakeUp", words: str) -> None:
    told = interaction.client.errors.told(error) if isinstance(error, TrellisError) else None
    said = told.text if told else "Nothing is lost: here is what you wrote."
    if isinstance(error, TooLong):
        said = (
            f"That is {len(error.text):,} characters, and {error.limit:,} fit. Nothing is lost: here it is. "
            "It is not offered until you send it shorter."
        )
    view = Panel(*(told.view.children if told and told.view else ()), again)
    await answer(interaction, Told(said, view=view, embed=calm(description=words)))
    if told is None:
        raise error


class TakeUp(Pressed, template=rf"share:again:{PLACE}"):
    """Opens the form with the words that stand above it."""

    def __init__(self, occurrence: int, circle: int, label: str = SHORTEN) -> None:
        super().__init__(button(label, f"share:again:{occurrence}:{circle}", discord.ButtonStyle.primary))
        self.occurrence, self.circle = occurrence, circle

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await membership(interaction, CircleId(self.circle))
        embeds = interaction.message.embeds if interaction.message else []
        draft = (embeds[0].description or "") if embeds else ""
        await interaction.response.send_modal(ShareForm(self.occurrence, self.circle, draft))


class TakeBack(Pressed, template=rf"share:withdraw:({ROW_ID})"):
    """Takes words back before anybody has decided on them."""

    def __init__(self, share: int, label: str = "Take it back") -> None:
        super().__init__(button(label, f"share:withdraw:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Takes them back."""
        await interaction.client.services.shares.withdraw(actor_of(interaction), self.share)
        await answer(interaction, Told("Taken back. Your words were not posted, and nobody is told why."))
