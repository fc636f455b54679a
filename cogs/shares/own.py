"""A member's own words, wherever they stand: read, changed, kept for oneself, taken back or taken down."""

from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.domain.errors import NoSuchShare
from bot.domain.ids import ShareId
from bot.domain.shares import REVISED, Draft, Review, Share, Wish
from bot.services.shares import Offered
from cogs.actors import Interaction, actor_of
from cogs.dates import written
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.sentences import stamp
from cogs.shares._draft import NO_WISH, DraftForm, ahead, card, wish_options
from cogs.speech import Phrase, Words, say
from cogs.words import clipped, lines

WAITS = Phrase(
    "Your words wait for a facilitator now, as everyone's do here; they read when they can. If "
    "they agree, your words are posted without your name. You can change them or take them back, "
    "before and after; `/shares` shows them."
)
WAITS_NAMED = Phrase(
    "Your words wait for a facilitator now, as everyone's do here; they read when they can. If "
    "they agree, your words are posted with your name. You can change them or take them back, "
    "before and after; `/shares` shows them."
)
NOTHING = Phrase(
    "You haven't offered any words to a circle. The button under a post does that, if you ever want to."
)
TAKEN_BACK = Phrase("Taken back. Your words were not posted, and nobody is told why.")
TAKEN_DOWN = Phrase(
    "Taken back. The post is being deleted from the channel; people may have read it there before."
)
KEPT = Phrase("Kept as a private note in your check-in of {day}; only you see it.")
WISHED = Phrase("Noted. It stands under your words once they are posted.")
MEANWHILE = Phrase("They no longer wait for the circle.")
MINE, EDIT, TAKE_BACK = Phrase("My shared words"), Phrase("Edit it"), Phrase("Take it back")
STANDS = {  # `since` such as "3 hours ago"
    Review.WAITING: Phrase("Waits for a facilitator, {since}"),
    Review.REWORD: Phrase("Back with you, with a wish for a change, {since}"),
    Review.APPROVED: Phrase("Approved for the channel, {since}"),
    Review.DECLINED: Phrase("Not posted, {since}"),
    Review.WITHDRAWN: Phrase("Taken back, {since}"),
}


def waits(offered: Offered) -> str:
    """What is said of words that wait, with the queue before them."""
    waiting = WAITS_NAMED if offered.share.draft.named else WAITS
    return lines([waiting(), ahead(offered.others)])


async def own_page(interaction: Interaction, page: int) -> Told:
    """The page-th of the person's words, newest first, with all that can be done about them."""
    newest = await _newest(interaction)
    return _page(interaction, newest, min(page, len(newest) - 1)) if newest else Told(NOTHING())


async def _newest(interaction: Interaction) -> list[Share]:
    mine = await interaction.client.services.shares.mine(actor_of(interaction))
    return sorted(mine, key=lambda share: (share.offered_at, share.id), reverse=True)


def _page(interaction: Interaction, newest: Sequence[Share], page: int) -> Told:
    share, content = newest[page], interaction.client.content
    embed = card(share.draft, content, say("What you offered to the circle"))
    embed.add_field(name=say("Where it stands"), value=_state(share), inline=False)
    if share.reason:
        embed.add_field(name=say("What a facilitator wrote"), value=clipped(share.reason, 1024), inline=False)
    embed.set_footer(
        text=say("{page} of {pages}, newest first. Only you see this.", page=page + 1, pages=len(newest))
    )
    leaf = [TurnOwn(page - 1, say("Newer"))] if page else []
    leaf += [TurnOwn(page + 1, say("Older"))] if page + 1 < len(newest) else []
    return Told("", embed=embed, view=Panel(*ways(share), *leaf))


def ways(share: Share) -> list[Pressed]:
    """What its author can do about words, by where they stand."""
    id_ = int(share.id)
    items: list[Pressed] = []
    if share.review in REVISED:
        items += [Edit(id_), Keep(id_)]
    if share.review in (Review.WAITING, Review.REWORD):
        items.append(TakeBack(id_))
    if share.review is Review.APPROVED:
        items.append(TakeBack(id_, say("Take it out of the channel")))
    return items


def _state(share: Share) -> str:
    since = share.waits_since or share.decided_at or share.offered_at
    return STANDS[share.review](since=stamp(since, "R"))


class TurnOwn(Pressed, template=r"share:mine:([0-9]{1,6})"):
    """Leafs through one's own words."""

    def __init__(self, page: int, label: Words = MINE) -> None:
        super().__init__(button(label, f"share:mine:{page}"))
        self.page = page

    async def pressed(self, interaction: Interaction) -> None:
        """Shows another."""
        await in_place(interaction, await own_page(interaction, self.page))


class ShowOwn(Pressed, template=rf"share:show:({ROW_ID})"):
    """Shows one of one's own words, wherever it stands among them."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Read it"), f"share:show:{share}", discord.ButtonStyle.primary))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """With what became of it."""
        newest = await _newest(interaction)
        places = [place for place, share in enumerate(newest) if share.id == self.share]
        if not places:
            raise NoSuchShare
        await answer(interaction, _page(interaction, newest, places[0]))


class Edit(Pressed, template=rf"share:edit:({ROW_ID})"):
    """Opens the form with the words as they stand."""

    def __init__(self, share: int, label: Words = EDIT) -> None:
        super().__init__(button(label, f"share:edit:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it, while there is something to change."""
        await edit(interaction, self.share)


async def edit(interaction: Interaction, share_id: ShareId, draft: Draft | None = None) -> None:
    """Opens the form of words that were offered before, with the draft in it, else as they stand."""
    now = await interaction.client.services.shares.editable(actor_of(interaction), share_id)
    draft = draft or now.share.draft
    form = DraftForm(f"share:revising:{share_id}", interaction.client.content, draft, now.others)
    await interaction.response.send_modal(form)


class TakeBack(Pressed, template=rf"share:withdraw:({ROW_ID})"):
    """Takes words back, before anybody has decided on them and after."""

    def __init__(self, share: int, label: Words = TAKE_BACK) -> None:
        super().__init__(button(label, f"share:withdraw:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Takes them back."""
        done = await interaction.client.services.shares.withdraw(actor_of(interaction), self.share)
        await answer(interaction, Told(TAKEN_DOWN() if done.posted else TAKEN_BACK()))


class Keep(Pressed, template=rf"share:keep:({ROW_ID})"):
    """Keeps the words for oneself alone."""

    def __init__(self, share: int) -> None:
        super().__init__(button(say("Keep as a private note"), f"share:keep:{share}"))
        self.share = ShareId(share)

    async def pressed(self, interaction: Interaction) -> None:
        """Says where they are."""
        kept = await interaction.client.services.shares.keep(actor_of(interaction), self.share)
        said = KEPT(day=written(kept, "dd MMMM", "MMMMd"))
        await answer(interaction, Told(f"{said} {MEANWHILE}"))


class ChooseWish(Pressed, template=rf"share:wish:({ROW_ID})"):
    """What would help back, in one tap."""

    def __init__(self, share: int, options: Sequence[discord.SelectOption] = ()) -> None:
        none = discord.SelectOption(label=say("None of these"), value=NO_WISH)
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"share:wish:{share}",
            placeholder=say("What would help back? One, or none"),
            options=[*options, none],
        )
        super().__init__(menu)
        self.share = ShareId(share)

    @classmethod
    def of(cls, share: Share, interaction: Interaction) -> Self:
        """With every wish to choose from."""
        return cls(int(share.id), wish_options(share.draft, interaction.client.content))

    async def pressed(self, interaction: Interaction) -> None:
        """Notes it."""
        wishes = [Wish(value) for value in chosen(interaction) if value in set(Wish)]
        shares = interaction.client.services.shares
        await shares.wish(actor_of(interaction), self.share, wishes[0] if wishes else None)
        await answer(interaction, Told(WISHED()))
