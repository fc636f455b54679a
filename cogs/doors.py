"""New direct messages, opened no faster than Discord takes for a person's doing: it locks out bots that do.

Read of: bots quarantined after opening 25 to 50 within a short time (discord-api-docs#5987, DiscordPHP#467).
All that are opened count, and each of several processes has its part of them. What has another way, as an
exercise has, asks first; a letter has none, and what somebody writes to us opens nothing: neither is ever
held back.
"""

import time
from collections import deque
from collections.abc import Callable

OPENED = 20
WITHIN = 600.0  # seconds
REMEMBERED = 10_000  # people; discord.py itself remembers the newest 128 channels


class Doors:
    """Counts what one process opens. A channel that is known already is no new one, and costs nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.among: Callable[[], int] = lambda: 1  # how many processes open some
        self._opened: deque[float] = deque()
        self._known: dict[int, None] = {}  # oldest first

    def may_open(self, user_id: int) -> bool:
        """Whether this person's may be opened now."""
        now = self._clock()
        while self._opened and self._opened[0] + WITHIN <= now:
            self._opened.popleft()
        return user_id in self._known or len(self._opened) < OPENED // self.among()

    def opening(self, user_id: int) -> None:
        """That it is opened now, if it is not open."""
        if user_id not in self._known:
            self._opened.append(self._clock())
            self.is_open(user_id)

    def is_open(self, user_id: int) -> None:
        """That there is one with this person."""
        self._known[user_id] = None
        while len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
