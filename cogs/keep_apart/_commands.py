"""`/keep-apart add · list · remove`: for facilitators, and seen by them alone."""

import discord
from discord import app_commands

from bot.domain.accounts import Account
from bot.domain.practice_errors import ItTakesTwo
from cogs.actors import Interaction, account_of, actor_of
from cogs.errors import answer
from cogs.keep_apart._look import added, ended, listed
from cogs.places import circle_here
from cogs.speech import Phrase

Person = discord.Member | discord.User
SAID = {"member1": Phrase("One of the two").english, "member2": Phrase("The other").english}


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class KeepApartCommands(
    app_commands.Group, name="keep-apart", description="Two people whom the circle's practice keeps apart"
):
    """The services check each time who asks."""

    @app_commands.command(description="Never pairs these two; neither is told, and no reason is kept")
    @app_commands.describe(**SAID)
    async def add(self, interaction: Interaction, member1: Person, member2: Person) -> None:
        """Keeps them apart."""
        one, other = _people(member1, member2)
        circle = (await circle_here(interaction)).id
        twos = await interaction.client.services.keep_apart.add(actor_of(interaction), circle, one, other)
        await answer(interaction, added(twos, one, other))

    @app_commands.command(name="list", description="Who is kept apart, but for what concerns yourself")
    async def list_(self, interaction: Interaction) -> None:
        """Shows them."""
        circle = (await circle_here(interaction)).id
        await answer(
            interaction,
            listed(await interaction.client.services.keep_apart.of(actor_of(interaction), circle)),
        )

    @app_commands.command(description="These two may be paired again")
    @app_commands.describe(**SAID)
    async def remove(self, interaction: Interaction, member1: Person, member2: Person) -> None:
        """Ends it."""
        one, other = _people(member1, member2)
        circle = (await circle_here(interaction)).id
        twos = await interaction.client.services.keep_apart.end(actor_of(interaction), circle, one, other)
        await answer(interaction, ended(twos))


def _people(one: Person, other: Person) -> tuple[Account, Account]:
    """Raises ItTakesTwo for a bot."""
    if one.bot or other.bot:
        raise ItTakesTwo
    return account_of(one.id), account_of(other.id)
