"""Time zones and countries, offered as people type."""

from discord.app_commands import Choice

from bot.domain import regions, zones
from cogs.actors import Interaction
from cogs.choices import OFFERED, offered


@offered
async def choose_zone(_interaction: Interaction, current: str) -> list[Choice[str]]:
    """IANA time zones near what was typed (Discord: 25 choices)."""
    return [Choice(name=name, value=name) for name in zones.search(current, OFFERED)]


@offered
async def choose_region(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Countries near what was typed."""
    found = regions.search(current, interaction.client.content.regions, OFFERED)
    return [Choice(name=f"{name} ({code})"[:100], value=code) for code, name in found]
