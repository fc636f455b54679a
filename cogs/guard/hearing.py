"""Listens to what AutoMod tells: that a rule was met, by whom and where. It tells no word of the message."""

import asyncio
from typing import TYPE_CHECKING

import discord
import structlog

from bot.domain.accounts import Platform
from bot.services._guarding import Met
from cogs.actors import account_of

if TYPE_CHECKING:
    from cogs.client import TrellisClient

WAITS = (1.0, 5.0)  # seconds between two tries

log = structlog.get_logger(__name__)


async def heard(client: "TrellisClient", execution: discord.AutoModAction) -> None:
    """Takes it up; Discord tells of it once, so a database that is away for a moment is waited for.

    Never raises: discord.py would log what it was called with.
    """
    met = met_in(execution)
    if met is None:
        return
    for wait in (*WAITS, None):
        try:
            await client.services.guards.heard(met)
        except Exception as error:  # noqa: BLE001 - see above
            if wait is None:
                log.error("a word match was not taken up", error=type(error).__name__)  # noqa: TRY400
                return
            log.warning("a word match waits", error=type(error).__name__)
            await asyncio.sleep(wait)
        else:
            return


def channels_changed(client: "TrellisClient", server: int) -> None:
    """A channel came or went: rules name those in which they do not act."""
    client.services.guards.look_soon(Platform.DISCORD, str(server))


def met_in(execution: discord.AutoModAction) -> Met | None:
    """What is taken from an event; content and what matched it are never looked at."""
    if execution.channel_id is None:
        return None
    guild, channel = execution.guild_id, execution.channel_id
    found = execution.guild.get_channel_or_thread(channel)
    place = found.parent_id if isinstance(found, discord.Thread) else channel
    message = f"/{execution.message_id}" if execution.message_id else ""
    return Met(
        channel=str(place),
        account=account_of(execution.user_id),
        rule=str(execution.rule_id),
        keyword=execution.matched_keyword,
        message=str(execution.message_id) if execution.message_id else None,
        note=str(execution.alert_system_message_id) if execution.alert_system_message_id else None,
        link=f"https://discord.com/channels/{guild}/{channel}{message}",
    )
