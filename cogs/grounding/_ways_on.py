"""What can be pressed once an exercise has ended: another one, a person, lines, or nothing more."""

import re
from collections.abc import Sequence
from typing import Self

import structlog

from bot.domain.circles import Circle
from bot.domain.grounding import outward
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.grounding import _pieces as pieces
from cogs.grounding._endings import done_card, felt_worse_card
from cogs.grounding._lines import lines_here
from cogs.grounding._places import put_over
from cogs.grounding.starting import card_or_reading
from cogs.items import Panel, Pressed, button
from cogs.speech import Phrase, say
from cogs.words import clipped

EXERCISE = r"(?P<exercise>gr-[0-9]{2}|0|None)"
A_PERSON = Phrase(
    "A facilitator is a person of your circle who reads when they can; I can't say when that is. "
    "Whoever is near you, or on one of the lines, is a person too."
)
NO_CIRCLE = Phrase(
    "I pass this on within a circle, and you haven't joined one, so there is nobody whom I could "
    "tell. Whoever is near you is a person too, and so is whoever answers one of the lines."
)
ASK = Phrase("Ask a facilitator to write me")
AWAY = Phrase(
    "I can't look up your circles just now; that is a fault on my side. Whoever is near you is a "
    "person, and so is whoever answers one of the lines."
)
CIRCLES = 4  # asked in, from one message
LABEL = 80  # characters on a button (Discord)

log = structlog.get_logger()


class Again(Pressed, template=r"ground:again:0"):
    """Another one, at the choice."""

    def __init__(self) -> None:
        super().__init__(pieces.again(say("Try another")))

    async def pressed(self, interaction: Interaction) -> None:
        """In place of the end."""
        begun = interaction.client.services.grounding.begin_again(actor_of(interaction))
        await put_over(interaction, await card_or_reading(interaction.client.content, begun))


class Outward(Pressed, template=rf"ground:outward:{EXERCISE}"):
    """Another one, that looks outward."""

    def __init__(self, exercise: str) -> None:
        super().__init__(pieces.outward(say("Something outward"), exercise))
        self.exercise = exercise

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["exercise"])

    async def pressed(self, interaction: Interaction) -> None:
        """Offers one; it begins when they say so."""
        client = interaction.client
        kind = outward(client.content)
        begun = client.services.grounding.begin_again(actor_of(interaction), kind, without=self.exercise)
        await put_over(interaction, await card_or_reading(client.content, begun))


class FeelWorse(Pressed, template=rf"ground:worse:{EXERCISE}"):
    """Said after a stop."""

    def __init__(self, exercise: str) -> None:
        super().__init__(pieces.worse(exercise))
        self.exercise = exercise

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["exercise"])

    async def pressed(self, interaction: Interaction) -> None:
        """Heard first, then what else there is."""
        await put_over(interaction, felt_worse_card(interaction.client.content, self.exercise))


class Done(Pressed, template=r"ground:done:0"):
    """Takes the buttons away."""

    def __init__(self) -> None:
        super().__init__(pieces.done(say("Done")))

    async def pressed(self, interaction: Interaction) -> None:
        """A last word."""
        await put_over(interaction, done_card())


class Lines(Pressed, template=r"ground:lines:0"):
    """Crisis lines, beneath the card: that one stays, and goes on."""

    def __init__(self) -> None:
        super().__init__(pieces.help_lines(say("Help lines")))

    async def pressed(self, interaction: Interaction) -> None:
        """For this person alone."""
        await answer(interaction, await lines_here(interaction))


class FindPerson(Pressed, template=r"ground:person:0"):
    """Ways to a person; nobody is told before one of them is pressed."""

    def __init__(self) -> None:
        super().__init__(pieces.person(say("Find a person")))

    async def pressed(self, interaction: Interaction) -> None:
        """The circles in which one can be asked for, and the lines."""
        try:
            memberships = await interaction.client.services.members.memberships(actor_of(interaction))
        except Exception as error:  # noqa: BLE001 - the lines are there all the same
            log.error("circles could not be read", error=type(error).__name__)  # noqa: TRY400
            await answer(interaction, Told(AWAY(), view=Panel(pieces.help_lines(say("Help lines")))))
            return
        circles = [circle for circle, member in memberships if member.active][:CIRCLES]
        view = Panel(*_ways_to_ask(circles), pieces.help_lines(say("Help lines")))
        await answer(interaction, Told(A_PERSON() if circles else NO_CIRCLE(), view=view))


def _ways_to_ask(circles: Sequence[Circle]) -> list[pieces.Item]:
    """A button for each circle, named where there are several."""
    labels = [f"{ASK}: {circle.name}" if len(circles) > 1 else ASK() for circle in circles]
    return [
        button(clipped(label, LABEL), f"circle:person:{circle.id}")
        for label, circle in zip(labels, circles, strict=True)
    ]
