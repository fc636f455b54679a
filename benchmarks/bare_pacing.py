"""The floor of `benchmarks.grounding`: sleeps to each instant, changes the message, stores nothing."""

import asyncio
import os
import sys
import time
from itertools import accumulate
from typing import Any

import discord
from discord import app_commands

from cogs.connect import ask_gateway, point_at

RUNNING: set[asyncio.Task[None]] = set()


class Steps(discord.ui.View):
    """The one button."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Next", custom_id="next")
    async def tapped(self, interaction: discord.Interaction, _: Any) -> None:
        """Begins the timetable."""
        began = time.perf_counter()
        await interaction.response.edit_message(content="Step 0", view=Steps())
        task = asyncio.create_task(pace(interaction, began))
        RUNNING.add(task)
        task.add_done_callback(RUNNING.discard)


async def pace(interaction: discord.Interaction, began: float) -> None:
    """Each step at its instant, by the press's token or as the bot."""
    way, *spans = sys.argv[1:]
    for number, at in enumerate(accumulate(map(int, spans)), 1):
        await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
        if way == "token":
            await interaction.edit_original_response(content=f"Step {number}", view=Steps())
        elif interaction.message is not None:
            await interaction.message.edit(content=f"Step {number}", view=Steps())


class Bare(discord.Client):
    """discord.py and nothing else."""

    async def setup_hook(self) -> None:
        """One command."""
        tree = app_commands.CommandTree(self)

        @tree.command(name="begin", description="Begins")
        async def begin(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Begin?", view=Steps())

        await ask_gateway(self, 1)
        await tree.sync()


if __name__ == "__main__":
    point_at(os.environ["DISCORD_API_URL"])
    Bare(intents=discord.Intents(guilds=True)).run(os.environ["DISCORD_TOKEN"], log_handler=None)
