"""The floor: discord.py and nothing else. One command answers, one posts into every circle's channel."""

import asyncio
import os
import time
from typing import Any

import discord
from discord import app_commands

from cogs.connect import ask_gateway, point_at

PER_SECOND = 48  # of the 50 that Discord allows
OPTIONS = [
    discord.SelectOption(label=each.title(), value=each)
    for each in ("clear", "clouds", "rain", "storm", "fog")
]
INTENTS = discord.Intents(guilds=True, dm_messages=True, auto_moderation_execution=True)  # as ours


class Weather(discord.ui.View):
    """A post's select, so that what is sent is about as long as ours; a tap is answered, and kept nowhere."""

    @discord.ui.select(custom_id="weather", options=OPTIONS)
    async def tapped(self, interaction: discord.Interaction, _: Any) -> None:
        """Says so."""
        await interaction.response.send_message("Noted.", ephemeral=True)


class Bare(discord.Client):
    """Two commands, synced at each start, as most bots do."""

    async def setup_hook(self) -> None:
        """Adds and syncs them."""
        tree = app_commands.CommandTree(self)

        @tree.command(name="here", description="Answers")
        async def here(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Here.", ephemeral=True)

        @tree.command(name="post", description="Posts into every circle's channel")
        async def post(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Posting.", ephemeral=True)
            await self.post_everywhere()

        await ask_gateway(self, 1)
        await tree.sync()

    async def post_everywhere(self) -> None:
        """Each at its own forty-eighth of a second."""
        homes = [
            channel for guild in self.guilds for channel in guild.text_channels if channel.name != "notes"
        ]
        began, view = time.perf_counter(), Weather(timeout=None)

        async def send(number: int, home: discord.TextChannel) -> None:
            await asyncio.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
            await home.send(embed=discord.Embed(description="How is your weather today?"), view=view)

        await asyncio.gather(*(send(number, home) for number, home in enumerate(homes)))


def main() -> None:
    """Runs it, with what the environment says."""
    point_at(os.environ["DISCORD_API_URL"])
    Bare(intents=INTENTS).run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    main()
