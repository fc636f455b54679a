"""What is pressed while an exercise goes on: the card changes in its place, for the one whose it is."""

import re
from typing import Any, Self

import discord

from bot.domain.grounding import Act, Ended, Ending, Phase, Press, Run
from bot.domain.ids import RunId
from cogs.actors import Interaction, actor_of
from cogs.grounding import _pieces as pieces
from cogs.grounding._cards import card_of
from cogs.grounding._hiding import hide
from cogs.grounding._lines import name_emergency
from cogs.grounding._places import place_of, put_over
from cogs.items import ROW_ID, Pressed, chosen

ACTS = "|".join(Act)
VALUE = "[a-z0-9-]{0,20}"  # a kind, an exercise's id, the number of a step, or nothing


class RunButton(Pressed, template=rf"ground:do:(?P<run>{ROW_ID}):(?P<act>{ACTS}):(?P<value>{VALUE})"):
    """A button of a run that goes on."""

    def __init__(self, run: int, act: Act, value: str = "") -> None:
        super().__init__(pieces.act(RunId(run), act, act.value, value))
        self.run, self.press = RunId(run), Press(act, value)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["run"]), Act(match["act"]), match["value"])

    async def pressed(self, interaction: Interaction) -> None:
        """The next card, or the end."""
        await _go_on(interaction, self.run, self.press)


class RunSelect(Pressed, template=rf"ground:choose:(?P<run>{ROW_ID}):(?P<act>rate|pick)"):
    """A number, or an exercise."""

    def __init__(self, run: int, act: Act) -> None:
        super().__init__(discord.ui.Select[Any](custom_id=f"ground:choose:{run}:{act}"))
        self.run, self.act = RunId(run), act

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["run"]), Act(match["act"]))

    async def pressed(self, interaction: Interaction) -> None:
        """The next card."""
        value = next(iter(chosen(interaction)), "")
        await _go_on(interaction, self.run, Press(self.act, value))


async def _go_on(interaction: Interaction, run: RunId, press: Press) -> None:
    grounding, place = interaction.client.services.grounding, place_of(interaction)
    it = await grounding.press(actor_of(interaction), run, press, place)
    if isinstance(it.run, Ended) and it.run.how is Ending.HIDDEN:
        await hide(interaction)
        return
    card = card_of(it, interaction.client.content)
    if isinstance(it.run, Run) and it.run.phase is Phase.UNSAFE:
        await name_emergency(interaction, card)
    await put_over(interaction, card)
