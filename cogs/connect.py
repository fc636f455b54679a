"""Points discord.py at Discord, or at a server that speaks as Discord does.

It imports nothing of ours: the benchmarks' bare bots use it, and nothing of Trellis may stand in their floor.
"""

import time
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

DISCORD_API = "https://discord.com/api/v10"
ALREADY_ACKNOWLEDGED = 40060  # Discord: the answer had arrived already
_TO_ASK = yarl.URL()
_send_heartbeat = DiscordWebSocket.send_heartbeat


def point_at(api_url: str = DISCORD_API, gateway_url: str | None = None) -> None:
    """Sets the two addresses that discord.py keeps for the whole process; once, before the client starts.

    Without `gateway_url` the gateway is asked of the API (`ask_gateway`).
    """
    Route.BASE = api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else _TO_ASK


async def ask_gateway(client: discord.Client, shard_count: int | None) -> int:
    """Asks the API for its gateway and the shards it wants; what was set before stands. The shard count.

    discord.py falls back to its default gateway whenever a session cannot be resumed, so that is what is set.
    """
    shards, url, _ = await client.http.get_bot_gateway()
    if DiscordWebSocket.DEFAULT_GATEWAY == _TO_ASK:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
    return shard_count or shards


async def _timed_heartbeat(self: DiscordWebSocket, data: Any) -> None:
    if self._keep_alive is not None:
        self._keep_alive._last_send = time.perf_counter()
    await _send_heartbeat(self, data)


def time_heartbeats() -> None:
    """Times each heartbeat from when it leaves; for the whole process.

    discord.py notes that in another thread afterwards. Where the answer is back before that thread is awake,
    it is taken for one to the heartbeat before: a shard that answers at once was said to be "41.3s behind".
    """
    DiscordWebSocket.send_heartbeat = _timed_heartbeat  # type: ignore[method-assign]


class PatientAdapter(AsyncWebhookAdapter):
    """Answers interactions as discord.py does, and takes "already acknowledged" (40060) for what it is.

    discord.py repeats an answer after a 502; where the first had been applied, the repeat is refused.
    """

    async def _answered(self, given: Any, interaction_id: int) -> Any:
        try:
            return await given
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            return {"interaction": {"id": str(interaction_id), "type": 0}}

    def create_interaction_response(
        self, interaction_id: int, token: str, *, session: aiohttp.ClientSession, **kwargs: Any
    ) -> Any:
        """As discord.py's."""
        given = super().create_interaction_response(interaction_id, token, session=session, **kwargs)
        return self._answered(given, interaction_id)


def be_patient() -> None:
    """Uses `PatientAdapter` in this task and in all that it starts."""
    async_context.set(PatientAdapter())  # type: ignore[no-untyped-call]
