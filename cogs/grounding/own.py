"""A member's own: favourites, and what the numbers say where they switched that on. Nobody else sees them."""

import re
from typing import Self

from babel.numbers import format_decimal

from bot.domain.grounding import exercise_of
from bot.domain.own_exercises import Helped
from bot.domain.prompts import Content
from bot.services.own_exercises import OwnShown
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.grounding import _pieces as pieces
from cogs.items import Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, locale, say, several
from cogs.words import lines, text

SAVED = Phrase("Saved: **{title}** stands among your favourites, and `/ground` offers it first.")
TAKEN_OUT = Phrase("Taken out of your favourites: **{title}**.")
TAKE_OUT = Phrase("Take it out again")
ON = Phrase("From now on I keep the numbers before and after, wherever you give both.")
OFF = Phrase("I keep none of the numbers, and those that were kept are deleted.")
NONE_YET = Phrase("There are none yet. They are kept when you give a number before and one after.")
STOP_KEEPING = Phrase("Stop, and delete them")
SHOWN = 12  # exercises in one message


class Save(Pressed, template=r"ground:(?P<way>save|unsave):(?P<exercise>gr-[0-9]{2})"):
    """To favourites, or out of them."""

    def __init__(self, way: str, exercise: str) -> None:
        super().__init__(button(say("Save to favourites"), f"ground:{way}:{exercise}"))
        self.on, self.exercise = way == "save", exercise

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["way"], match["exercise"])

    async def pressed(self, interaction: Interaction) -> None:
        """At once; it can be taken back there and then."""
        client = interaction.client
        await client.services.own_exercises.like(actor_of(interaction), self.exercise, on=self.on)
        found = exercise_of(client.content, self.exercise)
        said = (SAVED if self.on else TAKEN_OUT)(title=found.title if found else "")
        back = [button(TAKE_OUT, f"ground:unsave:{self.exercise}")] if self.on else []
        told = Told(said, view=Panel(*back))
        await (answer(interaction, told) if self.on else in_place(interaction, told))


class ShowHelped(Pressed, template=r"ground:helped:0"):
    """What the numbers say; where none are kept, the question whether they are to be."""

    def __init__(self) -> None:
        super().__init__(pieces.helped())

    async def pressed(self, interaction: Interaction) -> None:
        """For this person alone."""
        shown = await interaction.client.services.own_exercises.of(actor_of(interaction))
        await answer(interaction, helped_look(shown, interaction.client.content))


class KeepNumbers(Pressed, template=r"ground:keep:(?P<way>yes|no)"):
    """Switches it on or off; the standard answer is no."""

    def __init__(self, way: str) -> None:
        super().__init__(button(say("Keep them for me"), f"ground:keep:{way}"))
        self.on = way == "yes"

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["way"])

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        own = interaction.client.services.own_exercises
        await own.keep_ratings(actor_of(interaction), on=self.on)
        await in_place(interaction, Told(ON() if self.on else OFF(), view=Panel()))


def helped_look(shown: OwnShown, content: Content) -> Told:
    """The question, or the numbers."""
    if not shown.own.keeps:
        yes, no = content.choices["sf-c-rating"]
        view = Panel(button(yes, "ground:keep:yes"), button(no, "ground:keep:no"))
        return Told(text(content, "sf-c-rating"), view=view)
    view = Panel(button(STOP_KEEPING, "ground:keep:no"))
    if not shown.helped:
        return Told(lines([ON(), NONE_YET()]), view=view)
    rows = "\n".join(_row(each, content) for each in shown.helped[:SHOWN])
    return Told(lines([text(content, "gr-helped"), rows]), view=view)


def _row(it: Helped, content: Content) -> str:
    found = exercise_of(content, it.exercise)
    title = found.title if found else it.exercise
    if it.times == 1:
        return f"- **{title}**: {say('{change}, once', change=_change(it.by))}"
    went = several(
        "{change} on average, over {n} time",
        "{change} on average, over {n} times",
        it.times,
        change=_change(it.by),
    )
    return f"- **{title}**: {went}"


def _change(by: float) -> str:
    if by == 0:
        return say("about the same")
    points = format_decimal(f"{abs(by):.1f}", format="0.#", locale=locale())
    return say("{points} lower", points=points) if by > 0 else say("{points} higher", points=points)
