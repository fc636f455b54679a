"""`/join` and `/leave`."""

from discord import app_commands

from bot.domain.errors import NotAMember
from cogs.actors import Interaction, actor_of
from cogs.errors import answer
from cogs.members.joining import ask_to_join
from cogs.members.leaving import asked
from cogs.places import circle_here


@app_commands.command(description="Join the circle here: first you read what is kept and who sees it")
@app_commands.guild_only()
async def join(interaction: Interaction) -> None:
    """Opens the form."""
    await ask_to_join(interaction, await circle_here(interaction))


@app_commands.command(description="Leave the circle; what is yours is kept 7 days, or deleted at once")
async def leave(interaction: Interaction) -> None:
    """Says what leaving means, and asks."""
    circle = await circle_here(interaction)
    memberships = await interaction.client.services.members.memberships(actor_of(interaction))
    if circle.id not in {member.circle for _, member in memberships}:
        raise NotAMember(circle.id)
    await answer(interaction, asked(circle))
