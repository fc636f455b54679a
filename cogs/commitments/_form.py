"""The forms of a commitment, and the private card from which what was typed can be taken up again.

What could not be begun stands in that card, so nothing of it is kept by us, and nothing of it is lost.
"""

from dataclasses import replace
from datetime import time
from typing import Any

import discord

from bot.domain.commitments import EVERY_DAY, Commitment, Words, parse_cadence
from bot.domain.prompts import Content, Example
from bot.services.commitments import Wanted
from cogs.cadences import WAYS as CADENCES
from cogs.cadences import in_english, typed
from cogs.embeds import calm
from cogs.forms import LONGEST, Fields, Form
from cogs.speech import Phrase, say
from cogs.words import text

ACT, SEEN, SMALLEST, OFTEN, WAY = (
    Phrase("Your small act"),
    Phrase("What someone would see or hear"),
    Phrase("The smallest version"),
    Phrase("How often"),
    Phrase("How you log it"),
)
PLACE, VALUE, HARD = Phrase("Its place"), Phrase("What it is for"), Phrase("If it gets hard")
A_COMMITMENT = Phrase("A commitment")
WAYS = {
    False: ("each", Phrase("Each time"), Phrase("By one press; days off are built in.")),
    True: (
        "lapses",
        Phrase("Only when it didn't go well"),
        Phrase("All other days count as kept, and nothing asks."),
    ),
}
USUAL_TIME = time(18)
CADENCE = 40  # characters


class CommitmentForm(Form):
    """The act and what makes it small and visible."""

    def __init__(
        self, custom_id: str, content: Content, wanted: Wanted, title: Phrase = A_COMMITMENT
    ) -> None:
        super().__init__(title=title(), custom_id=custom_id)
        words, ways = wanted.words, how_often()
        self._ask(ACT(), text(content, "cm-w-1"), _line("text", words.text))
        self._ask(SEEN(), text(content, "cm-w-2"), _line("seen", words.seen))
        self._ask(SMALLEST(), text(content, "cm-w-5"), _line("smallest", words.smallest, required=False))
        cadence = discord.ui.TextInput[Any](
            custom_id="cadence", default=wanted.cadence[:CADENCE], placeholder=ways, max_length=CADENCE
        )
        self._ask(OFTEN(), ways, cadence)
        self._ask(WAY(), say("You can change it at any time."), _ways(lapse_only=wanted.lapse_only))

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=description, component=component))


class MoreForm(Form):
    """What gives it a place, and what to do when it is hard."""

    def __init__(self, custom_id: str, content: Content, words: Words) -> None:
        super().__init__(title=say("More about it"), custom_id=custom_id)
        for label, id_, said, given in (
            (PLACE, "plan", "cm-w-4", words.plan),
            (VALUE, "value", "cm-w-6", words.value),
            (HARD, "hard", "cm-w-8", words.hard),
        ):
            field = discord.ui.Label(
                text=label(), description=text(content, said), component=_line(id_, given, required=False)
            )
            self.add_item(field)


class RemindForm(Form):
    """When a reminder comes."""

    def __init__(self, commitment: int, at: time | None, zone: str) -> None:
        super().__init__(title=say("A reminder for you"), custom_id=f"commit:reminding:{commitment}")
        given = f"{at or USUAL_TIME:%H:%M}"
        field = discord.ui.TextInput[Any](custom_id="time", default=given, max_length=8)
        said = say("HH:MM in your zone ({zone}); only on days that ask, one message a day.", zone=zone)
        self.add_item(discord.ui.Label(text=say("At what time?"), description=said[:100], component=field))


class ClockForm(Form):
    """The member's own zone, and when their day begins."""

    def __init__(self, circle: int, zone: str, starts: str) -> None:
        super().__init__(title=say("Your own day"), custom_id=f"commit:clock:{circle}")
        for label, said, id_, given, most in (
            (
                say("In which time zone?"),
                say("Such as Europe/Berlin. Days you logged keep their dates."),
                "zone",
                zone,
                50,
            ),
            (
                say("When does your day begin?"),
                say("HH:MM; before that it is still the day before."),
                "starts",
                starts,
                8,
            ),
        ):
            field = discord.ui.TextInput[Any](custom_id=id_, default=given[:most], max_length=most)
            self.add_item(discord.ui.Label(text=label, description=said, component=field))


def how_often() -> str:
    """What can be typed, one of each sort."""
    return " · ".join(map(typed, CADENCES))


def read(fields: Fields, stands: Words | None = None) -> Wanted:
    """What a form holds, over the words that stand."""
    words = replace(
        stands or Words(text=""),
        text=fields.text("text"),
        seen=fields.text("seen"),
        smallest=fields.text("smallest"),
    )
    return Wanted(
        words=words,
        cadence=fields.text("cadence")[:CADENCE],
        lapse_only=fields.values("way") == (WAYS[True][0],),
    )


def as_wanted(commitment: Commitment) -> Wanted:
    """As it stands, to be changed."""
    return Wanted(
        words=commitment.words,
        cadence=typed(commitment.cadence),
        lapse_only=commitment.lapse_only,
    )


def as_meant(wanted: Wanted) -> Wanted:
    """What was typed, as the services read it."""
    return replace(wanted, cadence=in_english(wanted.cadence))


def from_example(example: Example) -> Wanted:
    """One of ours, to be made one's own."""
    words = Words(text=example.text, seen=example.seen, smallest=example.smallest, plan=example.plan)
    return Wanted(words=words, cadence=typed(parse_cadence(example.cadence)))


def draft_card(wanted: Wanted) -> discord.Embed:
    """What was typed, whole, for who typed it."""
    words = wanted.words
    embed = calm(title=say("What you wrote"), description=words.text[:4096] or None)
    for label, said in ((SEEN, words.seen), (SMALLEST, words.smallest), (OFTEN, wanted.cadence)):
        if said:
            embed.add_field(name=label(), value=said[:1024], inline=False)
    embed.add_field(name=WAY(), value=WAYS[wanted.lapse_only][1](), inline=False)
    return embed


def read_back(message: discord.Message | None) -> Wanted:
    """The draft as it stands in such a card; an empty one where there is none."""
    if message is None or not message.embeds:
        return Wanted(words=Words(text=""))
    embed = message.embeds[0]
    said = {str(field.name): str(field.value) for field in embed.fields}
    words = Words(text=embed.description or "", seen=said.get(SEEN(), ""), smallest=said.get(SMALLEST(), ""))
    often, lapse_only = said.get(OFTEN(), typed(EVERY_DAY)), said.get(WAY()) == WAYS[True][1]()
    return Wanted(words=words, cadence=often, lapse_only=lapse_only)


def _line(custom_id: str, given: str, *, required: bool = True) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id,
        required=required,
        max_length=LONGEST // 4,  # more than fits, so that what is too long comes back whole
        default=given[: LONGEST // 4] or None,
    )


def _ways(*, lapse_only: bool) -> discord.ui.RadioGroup[Any]:
    return discord.ui.RadioGroup(
        custom_id="way",
        options=[
            discord.RadioGroupOption(
                value=value, label=label(), description=meaning(), default=way is lapse_only
            )
            for way, (value, label, meaning) in WAYS.items()
        ],
    )
