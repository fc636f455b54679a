"""What is pressed while an exercise goes on: the card changes in its place, for the one whose it is."""

import asyncio
import re
from typing import Any, Self

import discord
import structlog

from bot.domain.grounding import Act, Phase, Press, Run
from bot.domain.ids import RunId
from bot.services.messenger import RunShown
from cogs.actors import Interaction, actor_of
from cogs.errors import answer, is_refusal
from cogs.grounding import _pieces as pieces
from cogs.grounding._cards import card_of, read_out, unsafe_card
from cogs.grounding._endings import felt_worse_card
from cogs.grounding._lines import name_emergency
from cogs.grounding._places import place_of, put_over
from cogs.hiding import hide_all
from cogs.items import ROW_ID, Pressed, chosen
from cogs.replies import in_time

ACTS = "|".join(Act)
HEARD = frozenset({Act.NOT_SAFE, Act.WORSE})
ENDS = frozenset({Act.STOP, Act.NOT_NOW})  # nothing to read is wanted after these
VALUE = "[a-z0-9-]{0,20}"  # a kind, an exercise's id, the number of a step, or nothing

log = structlog.get_logger()


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
    if press.act is Act.HIDE:
        await _hide(interaction, run)
    elif press.act in HEARD:
        await _hear(interaction, run, press)
    else:
        await _lead_on(interaction, run, press)


async def _press(interaction: Interaction, run: RunId, press: Press) -> RunShown:
    pressing = interaction.client.services.grounding.press
    work = pressing(actor_of(interaction), run, press, place_of(interaction))
    return await in_time(interaction, work, over=True)


async def _lead_on(interaction: Interaction, run: RunId, press: Press) -> None:
    """The next card, or the end; where the database fails the exercise that is on the screen, to read."""
    try:
        it = await _press(interaction, run, press)
    except Exception as error:
        if is_refusal(error) or press.act in ENDS:
            raise
        log.error("an exercise cannot go on", error=type(error).__name__)  # noqa: TRY400 - may hold words
        await answer(interaction, read_out(interaction.client.content, _on_screen(interaction)).told())
        return
    await put_over(interaction, card_of(it, interaction.client.content))


async def _hear(interaction: Interaction, run: RunId, press: Press) -> None:
    """That it isn't safe, or got worse: answered whether or not an exercise goes on, or can be looked up."""
    content = interaction.client.content
    unsafe = press.act is Act.NOT_SAFE
    card = unsafe_card(run, content) if unsafe else felt_worse_card(content, None)
    try:
        it = await _press(interaction, run, press)
    except Exception as error:  # noqa: BLE001 - it is the answer that counts
        log.info("heard beside an exercise", error=type(error).__name__)
    else:
        card = card_of(it, content)
        unsafe = isinstance(it.run, Run) and it.run.phase is Phase.UNSAFE
    if unsafe:
        await name_emergency(interaction, card)
    await put_over(interaction, card)


async def _hide(interaction: Interaction, run: RunId) -> None:
    """The screen is emptied whether or not a run goes on, or can be looked up."""
    await asyncio.gather(hide_all(interaction), _end(interaction, run))


async def _end(interaction: Interaction, run: RunId) -> None:
    pressing = interaction.client.services.grounding.press
    try:
        await pressing(actor_of(interaction), run, Press(Act.HIDE), place_of(interaction))
    except Exception as error:  # noqa: BLE001 - a word about it would stand where all was hidden
        log.info("hidden beside an exercise", error=type(error).__name__)


def _on_screen(interaction: Interaction) -> str | None:
    """The title of the exercise whose card was pressed."""
    embeds = interaction.message.embeds if interaction.message is not None else []
    return embeds[0].title if embeds else None
