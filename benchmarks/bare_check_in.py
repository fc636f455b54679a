"""The floor of `benchmarks.check_in`: answers each tap in discord.py's plain way, and stores nothing."""

import os
from typing import Any

import discord
from discord import app_commands

from cogs.connect import ask_gateway, point_at


class Weather(discord.ui.View):
    """The one select."""

    @discord.ui.select(custom_id="weather", options=[discord.SelectOption(label="Clear", value="clear")])
    async def tapped(self, interaction: discord.Interaction, _: Any) -> None:
        """Says so."""
        await interaction.response.send_message("Noted.", ephemeral=True)


class Bare(discord.Client):
    """discord.py and nothing else."""

    async def setup_hook(self) -> None:
        """One command."""
        tree = app_commands.CommandTree(self)

        @tree.command(name="post", description="Posts the select")
        async def post(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Weather?", view=Weather(timeout=None))

        await ask_gateway(self, 1)
        await tree.sync()


if __name__ == "__main__":
    point_at(os.environ["DISCORD_API_URL"])
    Bare(intents=discord.Intents(guilds=True)).run(os.environ["DISCORD_TOKEN"], log_handler=None)
