"""What the cards are put together from: buttons and menus under their custom ids, with the run's row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.grounding import RATINGS, Act
from bot.domain.ids import RunId
from bot.domain.prompts import Breath, Exercise
from cogs.errors import Told
from cogs.items import Panel, button
from cogs.speech import Phrase, Words, say
from cogs.words import clipped

Item = discord.ui.Item[Any]
PRIMARY, PLAIN = discord.ButtonStyle.primary, discord.ButtonStyle.secondary
HELPED, WORSE = Phrase("What has helped me"), Phrase("I feel worse")
OPTION = 100  # characters of an option's label or description (Discord)
ENDS = {RATINGS[0]: Phrase("0: calm"), RATINGS[-1]: Phrase("10: the most upset I can be")}


@dataclass(frozen=True, slots=True)
class Card:
    """A card on its way. `breath`: the pace of the picture that belongs to it, and goes apart."""

    embed: discord.Embed
    items: Sequence[Item] = ()
    breath: Breath | None = None

    def given(self) -> dict[str, Any]:
        """What discord.py's `send` and `edit` take."""
        return {"embed": self.embed, "view": Panel(*self.items)}

    def told(self, note: str = "") -> Told:
        """As an answer for one person's eyes; `note` stands above it."""
        return Told(note, embed=self.embed, view=Panel(*self.items) if self.items else None)


def act(run: RunId, act: Act, label: Words, value: str = "", style: discord.ButtonStyle = PLAIN) -> Item:
    """A button of a run that goes on."""
    return button(label, f"ground:do:{run}:{act}:{value}", style)


def rating(run: RunId) -> Item:
    """0 to 10, its ends in words."""
    options = [
        discord.SelectOption(label=str(ENDS.get(number, number)), value=str(number)) for number in RATINGS
    ]
    return _select(run, Act.RATE, options, say("0 to 10, if you like"))


def menu(run: RunId, placeholder: str, exercises: Sequence[Exercise], shown: str | None = None) -> Item:
    """Exercises to pick from; picking one shows it, and starts nothing."""
    options = [
        discord.SelectOption(
            label=one.title, value=one.id, description=clipped(one.text, OPTION), default=one.id == shown
        )
        for one in exercises
    ]
    return _select(run, Act.PICK, options, placeholder)


def again(label: Words) -> Item:
    """Another one, at the choice."""
    return button(label, "ground:again:0")


def outward(label: Words, exercise: str | None) -> Item:
    """Another one, of the kind that looks outward most; not the one that was just done."""
    return button(label, f"ground:outward:{exercise or 0}")


def save(label: Words, exercise: str | None) -> Item:
    """To favourites."""
    return button(label, f"ground:save:{exercise}")


def worse(exercise: str | None) -> Item:
    """Said after a stop."""
    return button(WORSE, f"ground:worse:{exercise or 0}")


def person(label: Words) -> Item:
    """Ways to a person."""
    return button(label, "ground:person:0")


def help_lines(label: Words) -> Item:
    """Crisis lines, beneath the card, which stays."""
    return button(label, "ground:lines:0")


def start(label: Words) -> Item:
    """From the first question."""
    return button(label, "ground:start:0")


def done(label: Words) -> Item:
    """Takes the buttons away."""
    return button(label, "ground:done:0")


def helped() -> Item:
    """What a member's own numbers say, or the question whether to keep them."""
    return button(HELPED, "ground:helped:0")


def _select(run: RunId, act: Act, options: list[discord.SelectOption], placeholder: str) -> Item:
    return discord.ui.Select(custom_id=f"ground:choose:{run}:{act}", options=options, placeholder=placeholder)
