"""Whether somebody is on a server, asked of Discord: an outage never looks like somebody's leaving."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from bot.domain.circles import Circle
from bot.domain.errors import Unreachable

if TYPE_CHECKING:
    from cogs.client import TrellisClient

UNKNOWN_MEMBER = 10007  # Discord: nobody of this id is on the server
PATIENCE = timedelta(seconds=5)  # discord.py repeats what failed for half a minute; another time will do


async def present(client: "TrellisClient", circle: Circle, user: int) -> bool:
    """False only where Discord knows the server, and us on it, and nobody of this id.

    Raises Unreachable and what discord.py raises: an unavailable server, one that we are not on any more, a
    refusal, an error or no answer says nothing about a person.
    """
    if client.user is None or client.is_closed():
        raise Unreachable
    server = int(circle.home.server)
    guild = client.get_guild(server)
    if guild is not None and guild.unavailable:
        raise Unreachable
    async with asyncio.timeout(PATIENCE.total_seconds()):
        if await _known(client, server, user):
            return True
        if not await _known(client, server, client.user.id):
            raise Unreachable  # who does not see even us there sees nothing
    return False


async def holds(client: "TrellisClient", circle: Circle, user: int) -> bool:
    """Whether they hold the facilitators' role; False on Discord's definite word alone. Raises as above."""
    if client.user is None or client.is_closed():
        raise Unreachable
    server = int(circle.home.server)
    async with asyncio.timeout(PATIENCE.total_seconds()):
        member = await _member(client, server, user)
        if member is not None:
            return circle.home.role in map(str, member.get("roles", ()))
        if not await _known(client, server, client.user.id):
            raise Unreachable
    return False


async def owner(client: "TrellisClient", circle: Circle) -> int:
    """Who owns the server, also where another process has its shard. Raises as above."""
    if client.user is None or client.is_closed():
        raise Unreachable
    server = int(circle.home.server)
    guild = client.get_guild(server)
    if guild is not None and guild.owner_id is not None:
        return guild.owner_id
    async with asyncio.timeout(PATIENCE.total_seconds()):
        return int((await client.http.get_guild(server, with_counts=False))["owner_id"])


async def _known(client: "TrellisClient", server: int, user: int) -> bool:
    return await _member(client, server, user) is not None


async def _member(client: "TrellisClient", server: int, user: int) -> Mapping[str, Any] | None:
    try:
        return await client.http.get_member(server, user)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MEMBER:
            raise
        return None
