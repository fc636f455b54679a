"""A challenge taken up in private: the safety question, its answer kept nowhere, then the challenge.

Which of its buttons was pressed is in no log and no row: each only leads to another screen.
"""

import re
from typing import ClassVar, Self

import discord

from bot.domain.errors import ConsentNeeded
from bot.domain.ids import CircleId, PromptId
from bot.domain.ladder import asks_safety, blanks
from bot.domain.members import Scope
from bot.domain.prompts import Content, Prompt
from bot.services.ladder import Standing
from cogs.actors import Interaction, actor_of
from cogs.boundaries.card import own_card
from cogs.boundaries.ending import attempt_look
from cogs.boundaries.words import BuildWords
from cogs.check_ins.support import Steady, WantPersonHere
from cogs.embeds import calm
from cogs.errors import Told
from cogs.help_now.said import filled
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members.consenting import SayYes
from cogs.replies import in_place
from cogs.speech import Phrase, Words, say
from cogs.words import in_words, lines, text

CHALLENGE = r"bd-[0-9]{3}"
PLACE = rf"({ROW_ID}):({CHALLENGE})"
SAFE, UNSURE, SAFER, NOT_TODAY = (
    Phrase("I feel safe to try"),
    Phrase("Not sure"),
    Phrase("Show the safer version"),
    Phrase("Not today"),
)
LATER = Phrase("Not today, then. It is there another day, or never; both are fine.")
NOT_KEPT = Phrase(
    "You can do all of it right here. What you try is kept only if you say yes to that; now nothing is."
)
LOCKED = Phrase(
    "You can read it. It opens once a challenge of rung {below} in its area was tried: no step is large."
)
KEPT_NOWHERE = Phrase("-# Your answer is kept nowhere.")
SAFER_NAME = Phrase("A safer way to practise")


class OfChallenge(Pressed, template=r"\Z\A"):
    """The base of the buttons that lead from a challenge to a screen."""

    label: ClassVar[Words] = ""
    name: ClassVar[str] = ""
    style = discord.ButtonStyle.secondary

    def __init__(self, circle: int, challenge: str) -> None:
        super().__init__(button(self.label, f"boundary:{self.name}:{circle}:{challenge}", self.style))
        self.circle, self.challenge = CircleId(circle), PromptId(challenge)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), match[2])

    async def found(self, interaction: Interaction) -> tuple[Standing, Prompt]:
        """The challenge, for a member of its circle."""
        ladder = interaction.client.services.ladder
        return await ladder.challenge(actor_of(interaction), self.circle, self.challenge)


class TakeUp(OfChallenge, template=rf"boundary:take:{PLACE}"):
    """Takes one up."""

    label, name, style = Phrase("I'll try it"), "take", discord.ButtonStyle.success

    async def pressed(self, interaction: Interaction) -> None:
        """The safety question first, where another person is involved."""
        await taken_up(interaction, *(await self.found(interaction)))


class FeelSafe(OfChallenge, template=rf"boundary:safe:{PLACE}"):
    """Goes on to the challenge."""

    label, name = SAFE, "safe"

    async def pressed(self, interaction: Interaction) -> None:
        """Begins it."""
        await begun(interaction, *(await self.found(interaction)))


class Unsure(OfChallenge, template=rf"boundary:unsure:{PLACE}"):
    """Not sure is a good reason to wait."""

    label, name = UNSURE, "unsure"

    async def pressed(self, interaction: Interaction) -> None:
        """The safer version, and people who know about safety."""
        _, prompt = await self.found(interaction)
        await in_place(interaction, await _safer(interaction, self.circle, prompt, "bd-safety-unsure"))


class ShowSafer(OfChallenge, template=rf"boundary:safer:{PLACE}"):
    """Another way to practise."""

    label, name = SAFER, "safer"

    async def pressed(self, interaction: Interaction) -> None:
        """The safer version."""
        _, prompt = await self.found(interaction)
        await in_place(interaction, await _safer(interaction, self.circle, prompt, "bd-r-notsafe"))


class NotToday(Pressed, template=r"boundary:not-today:0"):
    """Ends it before it began."""

    def __init__(self) -> None:
        super().__init__(button(NOT_TODAY, "boundary:not-today:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Kindly; nothing is kept."""
        await in_place(interaction, Told(LATER()))


class Other(Pressed, template=rf"boundary:other:{PLACE}:([0-9]{{1,3}})"):
    """Another one of the same rung or below."""

    def __init__(self, circle: int, challenge: str, turn: int) -> None:
        super().__init__(button(say("Another one"), f"boundary:other:{circle}:{challenge}:{turn % 1000}"))
        self.circle, self.challenge, self.turn = CircleId(circle), PromptId(challenge), turn

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), match[2], int(match[3]))

    async def pressed(self, interaction: Interaction) -> None:
        """In the place of the one before."""
        await other_shown(interaction, self.circle, self.challenge, self.turn)


async def other_shown(interaction: Interaction, circle: CircleId, challenge: PromptId, turn: int) -> None:
    """Another challenge, to be read and perhaps taken up."""
    ladder = interaction.client.services.ladder
    standing, other = await ladder.another(actor_of(interaction), circle, challenge, turn)
    told = challenge_look(standing, other, interaction.client.content)
    view = Panel(*(told.view.children if told.view else ()), Other(int(circle), challenge, turn + 1))
    await in_place(interaction, Told(told.text, embed=told.embed, view=view))


def challenge_look(standing: Standing, prompt: Prompt, content: Content, said: str = "") -> Told:
    """A challenge to be read; what lies too high can be read and not taken up."""
    circle = int(standing.circle.id)
    embed = own_card(prompt, content)
    embed.set_footer(
        text=say(
            "Rung {rung}, about {minutes} min. Only you see this.",
            rung=prompt.intensity,
            minutes=prompt.minutes,
        )
    )
    if prompt.intensity > standing.open_to.get(prompt.domain, 1):
        locked = LOCKED(below=prompt.intensity - 1)
        return Told(lines([said, locked]), embed=embed, view=Panel(*_builder(circle, prompt)))
    return Told(said, embed=embed, view=Panel(TakeUp(circle, prompt.id), *_builder(circle, prompt)))


async def taken_up(interaction: Interaction, standing: Standing, prompt: Prompt) -> None:
    """Asks whether it is safe, where anyone else is involved; else it begins."""
    if not asks_safety(prompt):
        await begun(interaction, standing, prompt)
        return
    circle, content = int(standing.circle.id), interaction.client.content
    buttons = [kind(circle, prompt.id) for kind in (FeelSafe, Unsure, ShowSafer)]
    said = text(content, "bd-safety")
    await in_place(interaction, Told(lines([said, KEPT_NOWHERE()]), view=Panel(*buttons, NotToday())))


async def begun(interaction: Interaction, standing: Standing, prompt: Prompt) -> None:
    """The challenge, begun; kept only with a yes."""
    ladder, content = interaction.client.services.ladder, interaction.client.content
    try:
        tried = await ladder.begin(actor_of(interaction), standing.circle.id, prompt.id)
    except ConsentNeeded:
        embed = own_card(prompt, content)
        circle = int(standing.circle.id)
        view = Panel(*_builder(circle, prompt), SayYes(circle, Scope.STREAKS))
        await in_place(interaction, Told(NOT_KEPT(), embed=embed, view=view))
        return
    await in_place(interaction, attempt_look(tried, content))


def _builder(circle: int, prompt: Prompt) -> list[Pressed]:
    return [BuildWords(0, circle, prompt.id)] if blanks(prompt.script) else []


async def _safer(interaction: Interaction, circle: CircleId, prompt: Prompt, said: str) -> Told:
    """The way that asks nothing of anyone, and people who know about safety."""
    content = interaction.client.content
    embed = calm(title=SAFER_NAME(), description=in_words(prompt, content).if_not_safe)
    help_ = await interaction.client.services.lines.help_of(circle)
    parts = [text(content, said), filled(content, "sf-s-abuse-lines", help_)]
    buttons: list[Pressed] = [WantPersonHere(int(circle)), Steady("boundary", 0)]
    buttons.append(Other(int(circle), prompt.id, 0))
    return Told(lines(parts), embed=embed, view=Panel(*buttons))
