"""An attempt and its endings, all good ones; what was learned is noted only if its member wants to."""

import re
from typing import Any, Self

import discord

from bot.domain.ids import AttemptId
from bot.domain.ladder import Ending, blanks
from bot.domain.prompts import Content
from bot.services.ladder import Tried
from cogs.actors import Interaction, actor_of
from cogs.boundaries.card import own_card
from cogs.boundaries.words import BuildWords
from cogs.check_ins.support import Steady, WantPersonHere
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import LONGEST, Fields, Form
from cogs.harmless import harmless
from cogs.help_now.said import A_PRESS_AWAY, ways_to_help
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.shares.offering import OfferFreely
from cogs.speech import Phrase, say
from cogs.words import blanks_kept, clipped, in_words, lines, text

LABELS = {  # surface.md, and one more
    Ending.DONE: Phrase("Done"),
    Ending.PART: Phrase("Part of the way"),
    Ending.BADLY: Phrase("It went badly"),
    Ending.CHANGED: Phrase("Change it"),
    Ending.NOT_FIT: Phrase("Not a fit"),
}
HOW = {  # as they are said within a line
    Ending.DONE: Phrase("done"),
    Ending.PART: Phrase("part of the way"),
    Ending.BADLY: Phrase("it went badly"),
    Ending.CHANGED: Phrase("change it"),
    Ending.NOT_FIT: Phrase("not a fit"),
}
SAID = {
    Ending.DONE: "bd-r-done",
    Ending.PART: "bd-r-part",
    Ending.BADLY: "bd-r-badly",
    Ending.NOT_FIT: "bd-r-notfit",
}
BEGUN = Phrase(
    "It's yours now, for as long as you like. Whenever you want, press what fits; each is a good ending."
)
GLAD = Phrase("I'm glad. Go gently with yourself for the rest of the day; something kind may help.")
FEELING = [discord.SelectOption(label=str(n), value=str(n)) for n in range(11)]
OWN = Phrase("Only you see this.")


class End(Pressed, template=rf"boundary:end:({ROW_ID}):({'|'.join(Ending)})"):
    """Ends an attempt."""

    def __init__(self, attempt: int, ending: Ending) -> None:
        style = discord.ButtonStyle.success if ending is Ending.DONE else discord.ButtonStyle.secondary
        super().__init__(button(LABELS[ending], f"boundary:end:{attempt}:{ending.value}", style))
        self.attempt, self.ending = AttemptId(attempt), ending

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Ending(match[2]))

    async def pressed(self, interaction: Interaction) -> None:
        """Says what fits, and what could come next."""
        ladder = interaction.client.services.ladder
        tried = await ladder.end(actor_of(interaction), self.attempt, self.ending)
        await in_place(interaction, await _ended(interaction, tried))


class Learned(Pressed, template=rf"boundary:learned:({ROW_ID})"):
    """Opens the form of what was learned."""

    def __init__(self, attempt: int) -> None:
        super().__init__(
            button(say("What I learned"), f"boundary:learned:{attempt}", discord.ButtonStyle.primary)
        )
        self.attempt = AttemptId(attempt)

    async def pressed(self, interaction: Interaction) -> None:
        """With what stands in it."""
        tried = await interaction.client.services.ladder.get(actor_of(interaction), self.attempt)
        await interaction.response.send_modal(LearnedForm(tried))


class AllRight(Pressed, template=r"boundary:all-right:0"):
    """Safe now."""

    def __init__(self) -> None:
        super().__init__(button(say("I'm all right"), "boundary:all-right:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Kept nowhere."""
        await in_place(interaction, Told(GLAD()))


class LearnedForm(Form):
    """Words, and 0 to 10 before and after; each can be left out."""

    def __init__(self, tried: Tried) -> None:
        super().__init__(title=say("What I learned"), custom_id=f"boundary:noting:{tried.attempt.id}")
        words = discord.ui.TextInput[Any](
            custom_id="learned",
            style=discord.TextStyle.paragraph,
            required=False,
            default=tried.attempt.learned or None,
            max_length=LONGEST,  # more than fits, so that what is too long comes back whole
        )
        self.add_item(
            discord.ui.Label(
                text=say("What did you learn?"), description=say("For your eyes alone."), component=words
            )
        )
        for id_, label, given in (
            ("before", say("How hard did it feel before?"), tried.attempt.before),
            ("after", say("And after?"), tried.attempt.after),
        ):
            menu = discord.ui.Select[Any](
                custom_id=id_, required=False, min_values=0, max_values=1, options=_scale(given)
            )
            said = say("0 is not at all, 10 is as much as can be. You can leave it out.")
            self.add_item(discord.ui.Label(text=label, description=said, component=menu))


async def noted(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent."""
    ladder, content = interaction.client.services.ladder, interaction.client.content
    before, after = (_number(fields, name) for name in ("before", "after"))
    id_, words = AttemptId(int(match[1])), fields.text("learned")
    tried = await ladder.note(actor_of(interaction), id_, words, before=before, after=after)
    well = before is not None and after is not None and after < before
    said = text(content, "bd-r-well") if well else say("Noted, for you alone.")
    await answer(interaction, Told(said, embed=attempt_card(tried, content), view=Panel(*_after(tried))))


def attempt_look(tried: Tried, content: Content) -> Told:
    """An attempt with what can be pressed on it."""
    id_, circle, prompt = int(tried.attempt.id), int(tried.circle.id), tried.challenge
    if not tried.attempt.live or prompt is None:
        return Told("", embed=attempt_card(tried, content), view=Panel(*_after(tried)))
    items: list[Pressed] = [End(id_, ending) for ending in LABELS]
    if blanks(prompt.script):
        items.append(BuildWords(id_, circle, prompt.id))
    return Told(BEGUN(), embed=attempt_card(tried, content), view=Panel(*items))


def attempt_card(tried: Tried, content: Content) -> discord.Embed:
    """The challenge, and beneath it what its member noted."""
    attempt = tried.attempt
    known = tried.challenge
    embed = own_card(known, content) if known is not None else calm(title=attempt.challenge)
    felt = say("{before} before, {after} after", before=_said(attempt.before), after=_said(attempt.after))
    for name, value in (
        (say("Your words"), blanks_kept(harmless(attempt.words))),
        (say("What you learned"), harmless(attempt.learned)),
        (say("How hard it felt"), felt if (attempt.before, attempt.after) != (None, None) else ""),
        (say("How it ended"), LABELS[attempt.ending]() if attempt.ending else ""),
    ):
        if value:
            embed.add_field(name=name, value=clipped(value, 1024), inline=False)
    embed.set_footer(text=OWN())
    return embed


async def _ended(interaction: Interaction, tried: Tried) -> Told:
    from cogs.boundaries.trying import Other, TakeUp

    content, ending = interaction.client.content, tried.attempt.ending
    circle, prompt = int(tried.circle.id), tried.challenge
    if ending is Ending.BADLY:
        buttons: list[Pressed] = [AllRight(), WantPersonHere(circle), Steady("boundary", 0)]
        view = Panel(*buttons, Learned(int(tried.attempt.id)), *ways_to_help())
        return Told(lines([text(content, SAID[ending]), A_PRESS_AWAY()]), view=view)
    ways = _after(tried)
    if ending is Ending.CHANGED and prompt is not None:
        ladder = interaction.client.services.ladder
        less = await ladder.smaller(actor_of(interaction), tried.circle.id, prompt.id)
        said = [in_words(prompt, content).renegotiate]
        if less is not None:
            said.append(say("A smaller one, if you like: **{title}**.", title=in_words(less, content).title))
            ways.append(TakeUp(circle, less.id))
        return Told(lines(said), view=Panel(*ways))
    if ending is not Ending.DONE and prompt is not None:
        ways.append(Other(circle, prompt.id, 0))
    return Told(text(content, SAID[ending or Ending.DONE]), view=Panel(*ways))


def _after(tried: Tried) -> list[Pressed]:
    return [Learned(int(tried.attempt.id)), OfferFreely(int(tried.circle.id), say("Offer it to the circle"))]


def _scale(given: int | None) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=option.label, value=option.value, default=option.value == str(given))
        for option in FEELING
    ]


def _number(fields: Fields, name: str) -> int | None:
    given = next(iter(fields.values(name)), "")
    return int(given) if given in {option.value for option in FEELING} else None


def _said(number: int | None) -> str:
    return say("not said") if number is None else say("{number} of 10", number=number)
