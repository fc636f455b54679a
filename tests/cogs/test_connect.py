"""What discord.py's connection tells of itself is true."""

import asyncio
import time
from typing import Any

from tests.cogs.house import House


async def test_a_heartbeat_that_is_answered_at_once_is_not_told_as_behind(house: House, caplog: Any) -> None:
    [shard] = house.trellis.client.shards.values()
    socket = shard._parent.ws
    alive = socket._keep_alive
    assert alive is not None
    alive._last_send = time.perf_counter() - 41.25  # the one before; its thread notes this one too late
    acknowledged = alive._last_ack
    await socket.send_heartbeat(alive.get_payload())
    async with asyncio.timeout(5):
        while alive._last_ack == acknowledged:  # noqa: ASYNC110 - discord.py tells nobody of it
            await asyncio.sleep(0.01)
    assert shard.latency < 5
    assert "behind" not in caplog.text
