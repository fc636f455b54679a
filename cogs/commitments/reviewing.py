"""Two weeks on: whether a commitment still fits, with five good answers; nothing changes by being asked."""

from dataclasses import replace

import discord

from bot.domain.ids import CommitmentId
from bot.domain.prompts import Content
from bot.services.own_commitments import CommitmentShown
from cogs.actors import Interaction, actor_of
from cogs.commitments._form import CommitmentForm, as_wanted
from cogs.commitments.components import ChangeIt, LetGo, PauseIt, opened
from cogs.errors import Told
from cogs.harmless import harmless
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import clipped, text

MAKE_SMALLER = Phrase("Make it smaller")


class TwoWeeksOn(Pressed, template=rf"commit:review:({ROW_ID})"):
    """Asks whether it still fits."""

    def __init__(self, commitment: int) -> None:
        super().__init__(
            button(say("Two weeks on"), f"commit:review:{commitment}", discord.ButtonStyle.primary)
        )
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """Five good choices, and a way back."""
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        await in_place(interaction, review_look(shown, interaction.client.content))


class StillFits(Pressed, template=rf"commit:fits:({ROW_ID})"):
    """It stays as it is."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Keep"), f"commit:fits:{commitment}", discord.ButtonStyle.success))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """Asked again in two weeks."""
        commitments = interaction.client.services.commitments
        shown = await commitments.looked_at(actor_of(interaction), self.commitment)
        await in_place(interaction, opened(shown, say("It stays as it is.")))


class MakeSmaller(Pressed, template=rf"commit:smaller:({ROW_ID})"):
    """Opens the form with the smallest version as the act."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(MAKE_SMALLER, f"commit:smaller:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """What stands is theirs to change; nothing is changed until it is sent."""
        commitments = interaction.client.services.commitments
        shown = await commitments.get(actor_of(interaction), self.commitment)
        wanted = as_wanted(shown.commitment)
        if wanted.words.smallest:
            words = replace(wanted.words, text=wanted.words.smallest, smallest="")
            wanted = replace(wanted, words=words)
        id_ = f"commit:changing:{self.commitment}"
        form = CommitmentForm(id_, interaction.client.content, wanted, MAKE_SMALLER)
        await interaction.response.send_modal(form)


def review_look(shown: CommitmentShown, content: Content) -> Told:
    """What the two weeks came to, and the five choices of content/commitments.yaml."""
    figures, id_ = shown.streak, int(shown.commitment.id)
    filled = {
        "commitment": harmless(shown.commitment.words.text),
        "kept_recent": str(figures.recent),
        "returns": str(figures.returns),
        "repairs": str(figures.repairs),
    }
    said = text(content, "cm-review", **filled)
    ways = [
        StillFits(id_),
        MakeSmaller(id_),
        ChangeIt(id_),
        PauseIt(id_, say("Rest for a while")),
        LetGo(id_),
    ]
    return Told(clipped(said, 2000), view=Panel(*ways))
