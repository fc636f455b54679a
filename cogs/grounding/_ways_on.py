"""What can be pressed once an exercise has ended: another one, a person, lines, or nothing more."""

import re
from typing import Self

from bot.domain.grounding import outward
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.grounding import _pieces as pieces
from cogs.grounding._cards import card_of
from cogs.grounding._endings import done_card, felt_worse_card
from cogs.grounding._lines import lines_here
from cogs.grounding._places import put_over
from cogs.items import Panel, Pressed, button
from cogs.words import clipped

EXERCISE = r"(?P<exercise>gr-[0-9]{2}|0|None)"
A_PERSON = (
    "A facilitator is a person of your circle who reads when they can; I can't say when that is. Whoever is "
    "near you, or on one of the lines, is a person too."
)
NO_CIRCLE = (
    "I pass this on within a circle, and you haven't joined one, so there is nobody whom I could tell. "
    "Whoever is near you is a person too, and so is whoever answers one of the lines."
)
ASK = "Ask a facilitator to write me"
CIRCLES = 4  # asked in, from one message


class Again(Pressed, template=r"ground:again:0"):
    """Another one, at the choice."""

    def __init__(self) -> None:
        super().__init__(pieces.again("Try another"))

    async def pressed(self, interaction: Interaction) -> None:
        """In place of the end."""
        it = await interaction.client.services.grounding.begin_again(actor_of(interaction))
        await put_over(interaction, card_of(it, interaction.client.content))


class Outward(Pressed, template=rf"ground:outward:{EXERCISE}"):
    """Another one, that looks outward."""

    def __init__(self, exercise: str) -> None:
        super().__init__(pieces.outward("Something outward", exercise))
        self.exercise = exercise

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["exercise"])

    async def pressed(self, interaction: Interaction) -> None:
        """Offers one; it begins when they say so."""
        client = interaction.client
        kind = outward(client.content)
        it = await client.services.grounding.begin_again(actor_of(interaction), kind, without=self.exercise)
        await put_over(interaction, card_of(it, client.content))


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
        super().__init__(pieces.done("Done"))

    async def pressed(self, interaction: Interaction) -> None:
        """A last word."""
        await put_over(interaction, done_card())


class Lines(Pressed, template=r"ground:lines:0"):
    """Crisis lines, beneath the card: that one stays, and goes on."""

    def __init__(self) -> None:
        super().__init__(pieces.help_lines("Help lines"))

    async def pressed(self, interaction: Interaction) -> None:
        """For this person alone."""
        await answer(interaction, await lines_here(interaction))


class FindPerson(Pressed, template=r"ground:person:0"):
    """Ways to a person; nobody is told before one of them is pressed."""

    def __init__(self) -> None:
        super().__init__(pieces.person("Find a person"))

    async def pressed(self, interaction: Interaction) -> None:
        """The circles in which one can be asked for, and the lines."""
        client = interaction.client
        memberships = await client.services.members.memberships(actor_of(interaction))
        circles = [circle for circle, member in memberships if member.active][:CIRCLES]
        ways = [
            button(
                clipped(f"{ASK}: {circle.name}" if len(circles) > 1 else ASK, 80),
                f"circle:person:{circle.id}",
            )
            for circle in circles
        ]
        view = Panel(*ways, pieces.help_lines("Help lines"))
        await answer(interaction, Told(A_PERSON if circles else NO_CIRCLE, view=view))
