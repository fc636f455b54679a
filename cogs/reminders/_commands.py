"""`/remind`: one's own reminder of the day's check-in; in a direct message too."""

from discord import app_commands
from discord.app_commands import Choice

from bot.domain import zones
from bot.domain.reminders import Strength
from cogs.actors import Interaction, actor_of
from cogs.choices import OFFERED, offered, picked
from cogs.errors import answer
from cogs.places import circle_here
from cogs.reminders import _look
from cogs.reminders._form import Typed
from cogs.reminders.setting import open_form, set_and_tell, standing

STRENGTH_CHOICES = [Choice(name=said.english, value=each.value) for each, said in _look.STRENGTHS.items()]


@offered
async def choose_zone(_interaction: Interaction, current: str) -> list[Choice[str]]:
    """IANA time zones near what was typed."""
    return [Choice(name=name, value=name) for name in zones.search(current, OFFERED)]


@app_commands.command(description="A private reminder of the check-in at a time of your own, or its end")
@app_commands.describe(
    time="HH:MM, such as 18:00",
    zone="Your time zone; the circle's if left out",
    strength="Once without a sound if left out",
)
@app_commands.autocomplete(zone=choose_zone)
@app_commands.choices(strength=STRENGTH_CHOICES)
async def remind(
    interaction: Interaction, time: str | None = None, zone: str | None = None, strength: str | None = None
) -> None:
    """Shows it, or sets it where something is named."""
    circle = (await circle_here(interaction)).id
    typed = Typed(time, zone, picked(interaction, Strength, strength) if strength else None)
    shown = await interaction.client.services.reminders.of(actor_of(interaction), circle)
    if typed == Typed():
        await answer(interaction, standing(shown, _look.shown_said(shown)))
    elif time is None and shown.reminder is None:
        await open_form(interaction, circle, typed)  # a reminder needs a time, which the form asks for
    else:
        await set_and_tell(interaction, circle, typed)
