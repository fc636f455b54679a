"""`/duty`: on, off, until a time, or just who is."""

from enum import StrEnum

from discord import app_commands
from discord.app_commands import Choice

from cogs.actors import Interaction, actor_of
from cogs.choices import picked
from cogs.duty.components import show
from cogs.places import circle_here
from cogs.speech import Phrase


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


NAMES = {Switch.ON: Phrase("on"), Switch.OFF: Phrase("off")}


@app_commands.command(description="Who is on duty; go on duty, or off it")
@app_commands.describe(
    state="On or off; left out: on where a time is given, else it only shows who is",
    until="HH:MM in the circle's time, or YYYY-MM-DD HH:MM; duty ends by itself then",
)
@app_commands.choices(state=[Choice(name=name.english, value=each.value) for each, name in NAMES.items()])
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def duty(interaction: Interaction, state: str | None = None, until: str | None = None) -> None:
    """Shows or changes it."""
    circle = (await circle_here(interaction)).id
    service, actor = interaction.client.services.duty, actor_of(interaction)
    switch = picked(interaction, Switch, state) if state is not None else None
    if switch is Switch.OFF:
        await show(interaction, await service.end(actor, circle), ended=True)
    elif switch is Switch.ON or until is not None:
        await show(interaction, await service.begin(actor, circle, until))
    else:
        await show(interaction, await service.of(actor, circle))
