"""Time zones and countries, offered as people type."""

from typing import Any

import discord
from discord.app_commands import Choice

from bot.domain import regions, zones


async def choose_zone(_interaction: discord.Interaction[Any], current: str) -> list[Choice[str]]:
    """IANA time zones near what was typed (Discord: 25 choices)."""
    return [Choice(name=name, value=name) for name in zones.search(current, 25)]


async def choose_region(_interaction: discord.Interaction[Any], current: str) -> list[Choice[str]]:
    """Countries near what was typed."""
    return [Choice(name=f"{name} ({code})"[:100], value=code) for code, name in regions.search(current)][:25]
