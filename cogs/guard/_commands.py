"""`/guard on · off · status`: for facilitators who manage the server."""

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.guard import Policy
from cogs.actors import Interaction, actor_of
from cogs.choices import picked
from cogs.errors import answer
from cogs.guard._components import asked
from cogs.guard._look import POLICIES, ended_look, status_look
from cogs.places import choose_circle, circle_here

POLICY_CHOICES = [Choice(name=name.english, value=policy.value) for policy, name in POLICIES.items()]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class GuardCommands(
    app_commands.Group, name="guard", description="Discord's own word filter for the circle's channel"
):
    """Nothing is made before it was shown; the services check each time who asks."""

    @app_commands.command(description="Shows what would be made, and why; a press then makes it")
    @app_commands.describe(
        policy="What becomes of a message that meets one of a few plain phrases; held if left out",
        copies="Where messages aren't held: a private channel that nobody but I see",
        circle="Which one, where the server has several",
    )
    @app_commands.choices(policy=POLICY_CHOICES)
    @app_commands.autocomplete(circle=choose_circle)
    async def on(
        self,
        interaction: Interaction,
        policy: str = Policy.HOLD.value,
        copies: discord.TextChannel | None = None,
        circle: str | None = None,
    ) -> None:
        """Before anything is made."""
        wanted = picked(interaction, Policy, policy)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await circle_here(interaction, circle)
        place = str(copies.id) if copies is not None else None
        await answer(interaction, await asked(interaction, found.id, wanted, place))

    @app_commands.command(description="Takes the rules away again")
    @app_commands.describe(circle="Which one, where the server has several")
    @app_commands.autocomplete(circle=choose_circle)
    async def off(self, interaction: Interaction, circle: str | None = None) -> None:
        """Says truly whether they are gone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await circle_here(interaction, circle)
        await answer(
            interaction,
            ended_look(await interaction.client.services.guards.off(actor_of(interaction), found.id)),
        )

    @app_commands.command(description="Whether a guard is on, what it does, and what it cannot see")
    @app_commands.describe(circle="Which one, where the server has several")
    @app_commands.autocomplete(circle=choose_circle)
    async def status(self, interaction: Interaction, circle: str | None = None) -> None:
        """As Discord has it now."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await circle_here(interaction, circle)
        shown = await interaction.client.services.guards.status(actor_of(interaction), found.id)
        await answer(interaction, status_look(shown))
