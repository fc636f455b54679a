"""`/streak`: one's own steadiness, a card with a picture; after a lapse a welcome, and no number."""

import io
from functools import partial

import discord
from discord import app_commands

from bot.domain.commitments import Commitment
from bot.domain.ids import CommitmentId
from bot.domain.limits import Costly
from bot.domain.prompts import Content
from bot.domain.shares import Draft
from bot.domain.streaks import Phase, Streak
from bot.services.own_commitments import CommitmentShown
from cogs.actors import Interaction, actor_of
from cogs.charts import drawn
from cogs.commitments import _chart, _look, _replies
from cogs.commitments.components import Open
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.harmless import harmless
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.places import circle_here
from cogs.replies import in_place, in_time
from cogs.shares.offering import open_form
from cogs.speech import Phrase, Words, say, several
from cogs.words import clipped, text

EACH_ALONE = Phrase("Only you see this, and nobody is compared with anyone.")
NEW = Phrase("It has begun, and nothing is kept yet. The smallest version counts in full.")
HOW_STEADY = Phrase("How steady")
LAST = 14  # days


@app_commands.command(description="How steady your commitments are; for your eyes alone unless you share it")
async def streak(interaction: Interaction) -> None:
    """The card of one, or a choice."""
    circle = (await circle_here(interaction)).id
    mine = await interaction.client.services.commitments.mine(actor_of(interaction), circle)
    live = [one for one in mine if one.commitment.live]
    if not live:
        await answer(interaction, Told(_look.NONE()))
    elif len(live) == 1:
        interaction.client.services.limits.take(actor_of(interaction), Costly.PICTURE)
        look = streak_look(live[0], interaction.client.content)
        await answer(interaction, await in_time(interaction, look))
    else:
        ways = (ShowStreak(int(one.commitment.id), _look.title(one.commitment)) for one in live)
        await answer(interaction, Told(say("Which one would you like to look at?"), view=Panel(*ways)))


class ShowStreak(Pressed, template=rf"commit:streak:({ROW_ID})"):
    """Shows the card of one."""

    def __init__(self, commitment: int, label: Words = HOW_STEADY) -> None:
        super().__init__(button(label, f"commit:streak:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """With its picture."""
        shown = await interaction.client.services.commitments.get(actor_of(interaction), self.commitment)
        interaction.client.services.limits.take(actor_of(interaction), Costly.PICTURE)
        look = streak_look(shown, interaction.client.content)
        await in_place(interaction, await in_time(interaction, look, over=True))


class ShareStreak(Pressed, template=rf"commit:share:({ROW_ID})"):
    """Opens the form of words to the circle, with a first line that can be changed."""

    def __init__(self, commitment: int) -> None:
        super().__init__(button(say("Share with the circle"), f"commit:share:{commitment}"))
        self.commitment = CommitmentId(commitment)

    async def pressed(self, interaction: Interaction) -> None:
        """A facilitator reads it first, like all words to the circle."""
        shown = await interaction.client.services.commitments.get(actor_of(interaction), self.commitment)
        await open_form(interaction, 0, int(shown.circle.id), Draft(text=first_words(shown)))


async def streak_look(shown: CommitmentShown, content: Content) -> Told:
    """The card; with figures and a picture only where something goes on."""
    figures, it = shown.streak, shown.commitment
    embed = calm(title=clipped(_look.title(it, 200), 256))
    embed.set_footer(text=EACH_ALONE())
    ways = [Open(int(it.id), say("Log a day")), ShareStreak(int(it.id))]
    if figures.phase is Phase.AWAY or not figures.kept:
        embed.description = _welcome(shown, content)
        return Told("", embed=embed, view=Panel(*(ways if figures.kept else ways[:1])))
    embed.description = _said(figures, content)
    for name, value in _figures(figures).items():
        embed.add_field(name=name, value=value)
    picture = await drawn(partial(_chart.draw, shown=shown), _chart.SIZE)
    file = discord.File(io.BytesIO(picture), "my-commitment.png", description=_chart.alt(shown))
    return Told("", embed=embed, file=file, view=Panel(*ways))


def first_words(shown: CommitmentShown) -> str:
    """A beginning for words to the circle; theirs to change or delete."""
    figures, act = shown.streak, shown.commitment.words.text
    if figures.phase is Phase.AWAY or not figures.kept:
        return say("Something I'm practising: {act}", act=act)
    said = [several("I have kept it {n} time in all.", "I have kept it {n} times in all.", figures.kept)]
    if figures.returns:
        said.append(
            several("And I came back to it {n} time.", "And I came back to it {n} times.", figures.returns)
        )
    return say("Something I'm practising: {act}", act=act) + "\n" + " ".join(said)


def _welcome(shown: CommitmentShown, content: Content) -> str:
    """No number and no run: what is next, in its smallest size."""
    if not shown.streak.kept:
        return f"{NEW}\n\n{_smallest(shown.commitment)}"
    said = text(content, _replies.turn(_replies.RETURNED, shown.today.toordinal()))
    return f"{said}\n\n{_smallest(shown.commitment)}"


def _smallest(it: Commitment) -> str:
    smallest = it.words.smallest or say("One minute of it, or one word.")
    return say("The smallest next step: {smallest}", smallest=harmless(smallest))


def _said(figures: Streak, content: Content) -> str:
    if figures.phase is Phase.RETURNED:
        return text(content, _replies.turn(_replies.RETURNED, figures.returns - 1))
    return say("Rest days, pauses and a day here and there are built in.")


def _figures(figures: Streak) -> dict[str, str]:
    shown = {
        say("Kept in all"): several("{n} time", "{n} times", figures.kept),
        say("In the last {days} days", days=LAST): several("{n} time", "{n} times", figures.recent),
        say("Steadiness"): say("{steadiness} of 100", steadiness=f"{figures.steadiness:.0f}"),
        say("This stretch"): several("{n} time", "{n} times", figures.run) if figures.run else "",
        say("Came back"): several("{n} time", "{n} times", figures.returns) if figures.returns else "",
        say("Mended"): several("{n} time", "{n} times", figures.repairs) if figures.repairs else "",
    }
    return {name: value for name, value in shown.items() if value}
