"""Discord's own timeout, at its person's wish alone: set where we may, ended only where it is still ours."""

from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.domain.circles import Circle
from bot.domain.errors import Unreachable
from bot.domain.mutes import same_instant
from cogs.speech import Phrase, speaking

if TYPE_CHECKING:
    from cogs.client import TrellisClient

REASON = Phrase("Their own wish, told to Trellis; it ends by itself or when they say so")  # in the audit log
UNKNOWN_MEMBER = 10007  # error code (Discord)


async def cannot_hush(client: "TrellisClient", circle: Circle, user: int, ours: datetime | None) -> str:
    """Why not, by the id of a reason (`cogs.mutes._look.CANNOT`); empty where it can be done."""
    guild = await _guild(client, circle)
    try:
        them = await guild.fetch_member(user)
    except discord.NotFound:
        return "absent"
    me = guild.me or await guild.fetch_member(client.user.id if client.user else 0)
    if guild.owner_id == user or them.guild_permissions.administrator:
        return "administrates"
    if not me.guild_permissions.moderate_members:
        return "no-permission"
    if them.is_timed_out() and not same_instant(them.timed_out_until, ours):
        return "timed-out"
    return "" if me.top_role > them.top_role else "above-us"


async def hush(client: "TrellisClient", circle: Circle, user: int, until: datetime) -> None:
    """Sets it."""
    await _set(client, circle, user, until)


async def unhush(client: "TrellisClient", circle: Circle, user: int, ours: datetime) -> None:
    """Takes it away, if it is the one that we set; a moderator's stays, and who is gone is fine."""
    guild = await _guild(client, circle)
    try:
        them = await guild.fetch_member(user)
        if same_instant(them.timed_out_until, ours):
            await _set(client, circle, user, None)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MEMBER:
            raise


async def _set(client: "TrellisClient", circle: Circle, user: int, until: datetime | None) -> None:
    with speaking(circle.settings.language):
        reason = REASON()
    await client.http.edit_member(
        int(circle.home.server),
        user,
        reason=reason,
        communication_disabled_until=until and until.isoformat(),
    )


async def _guild(client: "TrellisClient", circle: Circle) -> discord.Guild:
    """The server, with its roles; asked for where it belongs to another process's shards."""
    if client.user is None or client.is_closed():
        raise Unreachable
    server = int(circle.home.server)
    return client.get_guild(server) or await client.fetch_guild(server, with_counts=False)
