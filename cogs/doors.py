"""New direct messages, opened no faster than Discord takes for a person's doing: it locks out bots that do.

Read of: bots quarantined after opening 25 to 50 within a short time (discord-api-docs#5987, DiscordPHP#467).
"""

import time
from collections import deque
from collections.abc import Callable

import discord

OPENED = 20
WITHIN = 600.0  # seconds


class Doors:
    """Counts what one process opens. A channel that is known already is no new one, and costs nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._opened: deque[float] = deque()

    def may_open(self, user: discord.User | discord.Member) -> bool:
        """Whether one may be opened now; it counts as opened then."""
        if user.dm_channel is not None:
            return True
        now = self._clock()
        while self._opened and self._opened[0] + WITHIN <= now:
            self._opened.popleft()
        if len(self._opened) >= OPENED:
            return False
        self._opened.append(now)
        return True
