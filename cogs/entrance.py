"""The way in: waits for a Discord that is away, and tells a refused token in one sentence."""

import asyncio

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.domain.errors import SettingsError
from cogs.client import TrellisClient

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between two tries

log = structlog.get_logger(__name__)


async def enter(client: TrellisClient, token: str) -> None:
    """Connects and stays connected until the client is closed. Raises SettingsError for a refused token."""
    await until_reachable()
    try:
        await client.start(token)
    except discord.LoginFailure:
        raise SettingsError(
            "DISCORD_TOKEN",
            "was refused by Discord: copy the bot's token from the developer portal into .env again",
        ) from None


async def until_reachable() -> None:
    """Returns once the API answers; discord.py itself would end at a refused connection or a 503."""
    wait = FIRST_WAIT
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as session:
        while not await _answers(session):
            log.warning("discord cannot be reached", again_in_seconds=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


async def _answers(session: aiohttp.ClientSession) -> bool:
    try:
        async with session.get(f"{Route.BASE}/gateway") as response:
            return response.status < 500
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
