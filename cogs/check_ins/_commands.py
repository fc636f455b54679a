"""`/checkin`: the form, at any time."""

from discord import app_commands

from cogs.actors import Interaction
from cogs.check_ins._form import Target, open_form
from cogs.places import circle_here


@app_commands.command(
    description="The check-in form, whenever you like; for your eyes alone unless you say so"
)
async def checkin(interaction: Interaction) -> None:
    """Opens it for today's post, or for the day."""
    await open_form(interaction, Target(circle=(await circle_here(interaction)).id))
