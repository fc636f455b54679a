"""`/commit`: small acts of one's own, begun, listed, logged, paused and let go; for one's own eyes alone."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.commitments import EVERY_DAY, Words
from bot.domain.prompts import Example, Readers
from bot.services.commitments import Wanted
from bot.services.own_commitments import CommitmentShown
from cogs.actors import Interaction, actor_of
from cogs.cadences import typed
from cogs.choices import OFFERED, offered
from cogs.commitments import _look
from cogs.commitments._form import CommitmentForm, from_example
from cogs.commitments.components import LetGo, Open, PauseIt, opened
from cogs.commitments.keeping import SetClock
from cogs.errors import Told, answer
from cogs.items import Panel, Pressed, button
from cogs.places import circle_here
from cogs.speech import say
from cogs.words import clipped

commit = app_commands.Group(name="commit", description="Small acts of your own; for your eyes alone")


@offered
async def choose_example(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Our examples, by title and words."""
    circle = await circle_here(interaction)
    fitting = (Readers.ALL, circle.settings.made_for)
    return [
        Choice(name=clipped(f"{one.title}: {one.text}", 100), value=one.id)
        for one in interaction.client.content.commitments
        if one.audience in fitting and current.casefold() in f"{one.title} {one.text}".casefold()
    ][:OFFERED]


@commit.command(name="add", description="Begin one: a small act, and what someone would see or hear")
@app_commands.describe(
    text="The act, beginning with I will; the form asks if left out",
    cadence="daily, weekdays, mon,wed, 3 a week, a date, or: when it comes up",
    reminder="A direct message on days that ask; off unless you say so",
    lapse_only="Log only what didn't go well; nothing ever asks",
    example="One of ours, to make your own",
)
@app_commands.autocomplete(example=choose_example)
async def add(
    interaction: Interaction,
    text: str = "",
    cadence: str = "",
    reminder: bool = False,
    lapse_only: bool = False,
    example: str = "",
) -> None:
    """Opens the form with what was given."""
    circle = (await circle_here(interaction)).id
    await interaction.client.services.commitments.allowed(actor_of(interaction), circle)
    found = next((one for one in interaction.client.content.commitments if one.id == example), None)
    wanted = _wanted(found, text, cadence, lapse_only=lapse_only)
    form = CommitmentForm(f"commit:beginning:{circle}:{int(reminder)}", interaction.client.content, wanted)
    await interaction.response.send_modal(form)


@commit.command(name="list", description="Your commitments, and what can be done with each")
async def list_(interaction: Interaction) -> None:
    """All of them."""
    mine = await _mine(interaction)
    if not mine:
        await answer(interaction, Told(_look.NONE()))
        return
    circle = int(mine[0].circle.id)
    ways: list[discord.ui.Item[Any]] = [_open(one) for one in mine[:20]]
    if any(one.commitment.live for one in mine):
        ways.append(SetClock(circle))
    ways.append(button(say("Alongside me"), f"partner:open:{circle}"))
    ways.append(button(say("Looking back"), f"story:show:{circle}"))
    await answer(interaction, Told("", embed=_look.overview(mine), view=Panel(*ways)))


@commit.command(name="log", description="Log a day: kept, rest, not this time, or mended")
async def log(interaction: Interaction) -> None:
    """One card, or a choice."""
    await _choose(
        interaction, say("Which one?"), lambda one: Open(int(one.commitment.id), _look.title(one.commitment))
    )


@commit.command(name="pause", description="Put one on hold; it costs nothing")
async def pause(interaction: Interaction) -> None:
    """Which one."""
    await _choose(
        interaction,
        say("Which one would you like to pause? Nothing is asked until you go on."),
        lambda one: PauseIt(
            int(one.commitment.id), say("Pause: {commitment}", commitment=_look.title(one.commitment))
        ),
        at_once=False,
    )


@commit.command(name="stop", description="Let one go; its record stays until you delete it")
async def stop(interaction: Interaction) -> None:
    """Which one."""
    await _choose(
        interaction,
        say("Which one would you like to let go? Its record stays until you delete it."),
        lambda one: LetGo(
            int(one.commitment.id), say("Let go: {commitment}", commitment=_look.title(one.commitment))
        ),
        at_once=False,
    )


def _open(one: CommitmentShown) -> Pressed:
    return Open(int(one.commitment.id), _look.title(one.commitment))


async def _choose(
    interaction: Interaction, said: str, way: Callable[[CommitmentShown], Pressed], *, at_once: bool = True
) -> None:
    live = [one for one in await _mine(interaction) if one.commitment.live]
    if not live:
        await answer(interaction, Told(_look.NONE()))
    elif len(live) == 1 and at_once:
        await answer(interaction, opened(live[0]))
    else:
        await answer(interaction, Told(said, view=Panel(*map(way, live))))


async def _mine(interaction: Interaction) -> list[CommitmentShown]:
    circle = (await circle_here(interaction)).id
    return await interaction.client.services.commitments.mine(actor_of(interaction), circle)


def _wanted(example: Example | None, text: str, cadence: str, *, lapse_only: bool) -> Wanted:
    base = from_example(example) if example else Wanted(words=Words(text=text), cadence=typed(EVERY_DAY))
    return Wanted(words=base.words, cadence=cadence or base.cadence, lapse_only=lapse_only)
