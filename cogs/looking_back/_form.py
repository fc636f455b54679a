"""The forms of what is ahead; what could not be kept comes back whole."""

import re
from datetime import date
from typing import Any

import discord

from bot.domain.errors import BadDate, TrellisError
from bot.domain.ids import CircleId
from bot.domain.looking_back import MAX_GOAL, MAX_NAME, OwnStory
from bot.domain.schedules import parse_date
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import LONGEST, Fields, Form
from cogs.items import Panel
from cogs.looking_back._components import Aim, PlanHardDay, story_look
from cogs.looking_back._story import LEAP
from cogs.replies import in_place
from cogs.speech import say


class AimForm(Form):
    """What the member is growing toward."""

    def __init__(self, circle: int, story: OwnStory) -> None:
        super().__init__(title=say("What I'm growing toward"), custom_id=f"story:aiming:{circle}")
        said = say(
            "In your own words, up to {limit} characters. Leave it empty to take it out.", limit=MAX_GOAL
        )
        self._ask(say("Toward what?"), said, _paragraph("goal", story.goal))

    def _ask(self, label: str, said: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=said, component=component))


class HardDayForm(Form):
    """A day that comes back each year, and a plan for it."""

    def __init__(self, circle: int) -> None:
        super().__init__(title=say("A hard day"), custom_id=f"story:planning:{circle}")
        for label, said, field in (
            (
                say("What day is it?"),
                say("A name that only you need to understand."),
                _line("name", MAX_NAME),
            ),
            (say("When?"), say("Month and day, such as 12-24; it comes back each year."), _line("on", 10)),
            (
                say("What will help?"),
                say("Three lines do: who is with you, what you will do, what you will skip."),
                _paragraph("plan", ""),
            ),
        ):
            self.add_item(discord.ui.Label(text=label, description=said, component=field))


async def aimed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The goal is sent."""
    circle, goal = CircleId(int(match[1])), fields.text("goal")
    try:
        looked = await interaction.client.services.looking_back.aim(actor_of(interaction), circle, goal)
    except TrellisError as error:
        await _give_back(interaction, error, Aim(int(circle)), goal)
        return
    await in_place(
        interaction, story_look(looked, say("Noted, for you alone.") if goal else say("Taken out."))
    )


async def planned(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """A plan is sent."""
    circle = CircleId(int(match[1]))
    name, on, plan = (fields.text(each) for each in ("name", "on", "plan"))
    try:
        looked = await interaction.client.services.looking_back.plan(
            actor_of(interaction), circle, name, month_and_day(on), plan
        )
    except TrellisError as error:
        await _give_back(interaction, error, PlanHardDay(int(circle)), name, on, plan)
        return
    said = say("Your plan is kept. On that day it stands at the top here, and I go gently.")
    await in_place(interaction, story_look(looked, said))


def month_and_day(typed: str) -> date:
    """From `12-24` or `2026-12-24`. Raises BadDate."""
    if re.fullmatch(r"\d{1,2}-\d{1,2}", typed):
        month, day = typed.split("-")
        return parse_date(f"{LEAP}-{month:0>2}-{day:0>2}")
    return parse_date(typed)


async def _give_back(interaction: Interaction, error: TrellisError, way: Any, *typed: str) -> None:
    """Says what it is, with all that was typed beneath."""
    told = interaction.client.errors.told(error)
    said = told.text if told else ""
    if isinstance(error, BadDate):
        said = say("I couldn't read that date. Month and day work, such as 12-24. Nothing was changed.")
    embed = calm(title=say("What you wrote"), description="\n".join(filter(None, typed))[:4096] or None)
    ways = list(told.view.children) if told and told.view else []
    await answer(interaction, Told(said, embed=embed, view=Panel(*ways, way)))


def _line(custom_id: str, most: int) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(custom_id=custom_id, max_length=most)


def _paragraph(custom_id: str, given: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph,
        required=False,
        default=given or None,
        max_length=LONGEST // 2,  # more than fits, so that what is too long comes back whole
    )
