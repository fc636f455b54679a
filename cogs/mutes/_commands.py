"""`/mute-me`: a member's own quiet, until a time of their own; in a direct message too."""

from discord import app_commands

from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.mutes._components import asked_look, standing_look
from cogs.places import circle_here
from cogs.replies import in_time


@app_commands.command(name="mute-me", description="Be left alone by me for a while, until you are back")
@app_commands.describe(until="Such as 21:30, 2h, 3d, tomorrow or 2026-05-17; shows how it stands if left out")
async def mute_me(interaction: Interaction, until: str | None = None) -> None:
    """Says what it would do, or how it stands."""
    circle, mutes = (await circle_here(interaction)).id, interaction.client.services.mutes
    if until is None:
        await answer(interaction, standing_look(await mutes.of(actor_of(interaction), circle)))
        return
    asked = await in_time(interaction, mutes.asked(actor_of(interaction), circle, until))
    await answer(interaction, asked_look(asked))
