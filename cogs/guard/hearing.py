"""Listens to what AutoMod tells: that a rule was met, by whom and where. It tells no word of the message."""

from typing import TYPE_CHECKING

import discord
import structlog

from bot.domain.accounts import Platform
from bot.services._guarding import Met
from cogs.actors import account_of

if TYPE_CHECKING:
    from cogs.client import TrellisClient

log = structlog.get_logger(__name__)


def listen(client: "TrellisClient") -> None:
    """Hears AutoMod's events, and of channels that come and go: rules name those in which they do not act."""

    async def on_automod_action(execution: discord.AutoModAction) -> None:
        met = met_in(execution)
        if met is None:
            return
        try:
            await client.services.guards.heard(met)
        except Exception as error:  # noqa: BLE001 - discord.py would log what it was called with
            log.error("a word match was not taken up", error=type(error).__name__)  # noqa: TRY400

    async def on_guild_channel_create(channel: discord.abc.GuildChannel) -> None:
        await _look_soon(client, channel.guild.id)

    async def on_guild_channel_delete(channel: discord.abc.GuildChannel) -> None:
        await _look_soon(client, channel.guild.id)

    for handler in (on_automod_action, on_guild_channel_create, on_guild_channel_delete):
        client.event(handler)


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


async def _look_soon(client: "TrellisClient", server: int) -> None:
    try:
        await client.services.guards.look_soon(Platform.DISCORD, str(server))
    except Exception as error:  # noqa: BLE001 - the next look comes by itself
        log.warning("a change of channels was not taken up", error=type(error).__name__)
