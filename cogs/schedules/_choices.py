"""Schedules by name, offered as people type."""

from discord.app_commands import Choice

from bot.domain.circles import Circle
from bot.domain.errors import NoSuchSchedule
from bot.domain.ids import ScheduleId
from cogs.actors import Interaction, actor_of
from cogs.choices import offered
from cogs.places import circle_here
from cogs.schedules.naming import name_of


@offered
async def choose_schedule(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The circle's schedules whose name holds what was typed."""
    circle = await circle_here(interaction)
    schedules = await interaction.client.services.schedules.list(actor_of(interaction), circle.id)
    choices = [Choice(name=name_of(each)[:100], value=str(each.id)) for each, _, _ in schedules]
    return [choice for choice in choices if current.casefold() in choice.name.casefold()]


async def chosen_schedule(interaction: Interaction, circle: Circle, given: str) -> ScheduleId:
    """The schedule that was picked, or typed by its name. Raises NoSuchSchedule."""
    schedules = await interaction.client.services.schedules.list(actor_of(interaction), circle.id)
    for schedule, _, _ in schedules:
        if given.strip().casefold() in (str(schedule.id), name_of(schedule).casefold()):
            return schedule.id
    raise NoSuchSchedule
