"""The way in and out: waits for a Discord that is away, tells a refused token, leaves no press unanswered."""

import asyncio

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.domain.errors import SettingsError
from cogs.client import TrellisClient

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between two tries

# What discord.py calls the tasks in which commands, presses, forms and words to us are handled.
_ANSWERING = (
    "CommandTree-invoker",
    "discord.py: on_interaction",
    "discord.py: on_message",
    "discord.py: on_automod_action",  # somebody may need help
)

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


async def answers_given() -> None:
    """Returns once all that has come in is answered, presses and words to us, those of meanwhile too."""
    while answering := [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)]:
        await asyncio.wait(answering)


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
