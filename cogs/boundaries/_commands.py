"""`/boundary`: this week's challenge, the whole ladder, and what one has tried; for one's own eyes alone."""

from discord import app_commands

from cogs.actors import Interaction, actor_of
from cogs.boundaries.climbing import SeeRung, mine_look, rung_look
from cogs.boundaries.trying import challenge_look
from cogs.errors import Told, answer
from cogs.items import Panel
from cogs.places import circle_here
from cogs.speech import Phrase

boundary = app_commands.Group(name="boundary", description="Boundary practice; for your eyes alone")
NOT_YET = Phrase("No challenge has been posted here yet. The whole ladder is there, if you'd like to look.")


@boundary.command(name="today", description="This week's challenge, in private")
async def today(interaction: Interaction) -> None:
    """The circle's newest one."""
    circle = (await circle_here(interaction)).id
    standing, prompt = await interaction.client.services.ladder.today(actor_of(interaction), circle)
    if prompt is None:
        await answer(interaction, Told(NOT_YET(), view=Panel(SeeRung(int(circle), 1))))
        return
    standing.open_to[prompt.domain] = max(standing.open_to.get(prompt.domain, 1), prompt.intensity)
    await answer(interaction, challenge_look(standing, prompt, interaction.client.content))


@boundary.command(
    name="ladder", description="All challenges, rung by rung, and how high each area is open to you"
)
async def ladder(interaction: Interaction) -> None:
    """The first rung."""
    circle = (await circle_here(interaction)).id
    standing = await interaction.client.services.ladder.standing(actor_of(interaction), circle)
    await answer(interaction, rung_look(standing, 1, interaction.client.content))


@boundary.command(name="mine", description="What you have tried, and what you learned")
async def mine(interaction: Interaction) -> None:
    """The newest first."""
    circle = (await circle_here(interaction)).id
    tried = await interaction.client.services.ladder.mine(actor_of(interaction), circle)
    await answer(interaction, mine_look(tried, interaction.client.content, int(circle), 0))
