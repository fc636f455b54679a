"""What can be pressed around schedules: a skipped date brought back, a post of the fortnight looked at."""

import re
from typing import Any, Self

import discord

from bot.domain.errors import NoSuchSchedule
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.schedules import parse_date
from cogs.actors import Interaction, actor_of
from cogs.dates import on_day
from cogs.errors import Told
from cogs.items import ROW_ID, Pressed, button, chosen
from cogs.places import circle_here
from cogs.replies import in_place
from cogs.schedules.previewing import show_card
from cogs.speech import say

DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Unskip(Pressed, template=rf"schedule:unskip:(?P<schedule>{ROW_ID}):(?P<date>{DATE})"):
    """Posts on a skipped date after all."""

    def __init__(self, schedule: int, day: str) -> None:
        super().__init__(button(say("Post it after all"), f"schedule:unskip:{schedule}:{day}"))
        self.schedule, self.day = ScheduleId(schedule), day

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["schedule"]), match["date"])

    async def pressed(self, interaction: Interaction) -> None:
        """Takes the skip back."""
        circle, day = await circle_here(interaction), parse_date(self.day)
        schedules = interaction.client.services.schedules
        await schedules.unskip(actor_of(interaction), circle.id, self.schedule, day)
        await in_place(interaction, Told(say("It is posted on {day} after all.", day=on_day(day))))


class SeePost(Pressed, template=rf"schedule:see:(?P<circle>{ROW_ID}):(?P<place>[0-9])"):
    """Choosing a coming post shows its card. `place` tells several of these in one message apart."""

    def __init__(
        self, circle: int, place: int = 0, options: list[discord.SelectOption] | None = None, asks: str = ""
    ) -> None:
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=asks or say("See a post as it will look"),
            options=options or [],
            custom_id=f"schedule:see:{circle}:{place}",
        )
        super().__init__(select)
        self.circle = CircleId(circle)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["circle"]), int(match["place"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Shows the card."""
        schedule, _, day = next(iter(chosen(interaction)), "").partition(":")
        if not schedule.isdecimal() or len(schedule) > 18:
            raise NoSuchSchedule
        schedules, actor = interaction.client.services.schedules, actor_of(interaction)
        await show_card(
            interaction, await schedules.preview(actor, self.circle, ScheduleId(int(schedule)), day)
        )
