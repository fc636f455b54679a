"""A draft on screen: the fields of its form, and the private card from which it can be taken up again.

What could not be offered stands in that card, so nothing of it is kept by us, and nothing of it is lost.
"""

from typing import Any

import discord

from bot.domain.prompts import Content
from bot.domain.shares import MAX_SHARE, MAX_TOPIC, Draft, Queue, Wish
from cogs.embeds import calm
from cogs.forms import LONGEST, Fields, Form
from cogs.sentences import stamp
from cogs.speech import Phrase, grouped, say, several
from cogs.words import clipped

TITLE = Phrase("Share in the channel")
CIRCLE, NAMED = Phrase("A member of the circle"), Phrase("With your name")
SHOWN, WISH, TOPIC, COVER = (
    Phrase("How it is shown"),
    Phrase("What would help back?"),
    Phrase("Topic line"),
    Phrase("Cover"),
)
COVERED = Phrase("The words open at a press")
NO_WISH = "none"
REPLIES_AS = {  # the reader's side of each wish
    Wish.LISTEN: Phrase("Just listen: a sign that you read it is enough."),
    Wish.SAY_BACK: Phrase("Say back what you heard."),
    Wish.COMPANY: Phrase("Company: a word that you are here."),
    Wish.THOUGHTS: Phrase("Thoughts are welcome."),
    Wish.NO_REPLIES: Phrase("No replies, please."),
}


class DraftForm(Form):
    """The words, and the frame that their author chooses for them."""

    def __init__(self, custom_id: str, content: Content, draft: Draft, queue: Queue) -> None:
        super().__init__(title=TITLE(), custom_id=custom_id)
        self._ask(
            say("Your words"),
            clipped(f"{say('A facilitator reads them first.')} {ahead(queue, plain=True)}", 100),
            _words(draft),
        )
        self._ask(SHOWN(), say("Facilitators too see your name only if you choose it here."), _shown(draft))
        self._ask(WISH(), say("It stands under your words. One, or none."), _wish(draft, content))
        self._ask(
            TOPIC(),
            say("A few words above yours, so that people can choose to read. Or none."),
            _topic(draft),
        )
        self._ask(COVER(), say("For words that may be heavy to come upon."), _cover(draft))

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=description, component=component))


def ahead(queue: Queue, *, plain: bool = False) -> str:
    """How many wait, and how long; `plain` where Discord shows no timestamps."""
    if not queue.waiting or queue.oldest is None:
        return say("No other words are waiting now.")
    if plain:
        return several("{n} text waits now.", "{n} texts wait now.", queue.waiting)
    return several(
        "{n} other text waits before yours; the longest was offered {since}.",
        "{n} other texts wait before yours; the longest was offered {since}.",
        queue.waiting,
        since=stamp(queue.oldest, "R"),
    )


def read(fields: Fields) -> Draft:
    """The draft that a form holds; values that the form does not offer are left out."""
    wishes = [Wish(value) for value in fields.values("wish") if value in set(Wish)]
    return Draft(
        text=fields.text("words"),
        named=fields.values("shown") == ("named",),
        wish=wishes[0] if wishes else None,
        topic=fields.text("topic"),
        covered="covered" in fields.values("cover"),
    )


def card(draft: Draft, content: Content, title: str | None = None) -> discord.Embed:
    """The draft whole, for its author."""
    embed = calm(title=title, description=draft.text or None)
    embed.add_field(name=SHOWN(), value=NAMED() if draft.named else CIRCLE())
    if draft.wish is not None:
        embed.add_field(name=WISH(), value=content.wishes[draft.wish])
    if draft.topic:
        embed.add_field(name=TOPIC(), value=draft.topic[:1024])
    if draft.covered:
        embed.add_field(name=COVER(), value=COVERED())
    return embed


def read_back(message: discord.Message | None, content: Content) -> Draft:
    """The draft as it stands in a private card of ours; an empty one where there is none."""
    if message is None or not message.embeds:
        return Draft(text="")
    embed = message.embeds[0]
    said = {str(field.name): str(field.value) for field in embed.fields}
    return Draft(
        text=embed.description or "",
        named=said.get(SHOWN()) == NAMED(),
        wish=next((wish for wish, label in content.wishes.items() if label == said.get(WISH())), None),
        topic=said.get(TOPIC(), ""),
        covered=COVER() in said,
    )


def _words(draft: Draft) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id="words",
        style=discord.TextStyle.paragraph,
        placeholder=say("Up to {limit} characters.", limit=grouped(MAX_SHARE)),
        max_length=LONGEST,  # more than a share takes, so that what is too long comes back whole
        default=draft.text[:LONGEST] or None,
    )


def _shown(draft: Draft) -> discord.ui.RadioGroup[Any]:
    ways = [("circle", CIRCLE(), say("Nobody sees who wrote it."), False)]
    ways += [("named", NAMED(), say("In the channel, and for the facilitators who read it first."), True)]
    return discord.ui.RadioGroup(
        custom_id="shown",
        options=[
            discord.RadioGroupOption(
                value=value, label=label, description=meaning, default=named is draft.named
            )
            for value, label, meaning, named in ways
        ],
    )


def _wish(draft: Draft, content: Content) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id="wish", required=False, min_values=0, max_values=1, options=wish_options(draft, content)
    )


def wish_options(draft: Draft, content: Content) -> list[discord.SelectOption]:
    """Each wish, the chosen one marked."""
    return [
        discord.SelectOption(value=wish.value, label=label, default=wish is draft.wish)
        for wish, label in content.wishes.items()
    ]


def _topic(draft: Draft) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id="topic", required=False, max_length=MAX_TOPIC, default=draft.topic[:MAX_TOPIC] or None
    )


def _cover(draft: Draft) -> discord.ui.CheckboxGroup[Any]:
    option = discord.CheckboxGroupOption(
        value="covered", label=say("Cover my words until somebody presses them"), default=draft.covered
    )
    return discord.ui.CheckboxGroup(
        custom_id="cover", required=False, min_values=0, max_values=1, options=[option]
    )
