"""Keeps every request of the bot under Discord's global limit, in the order in which they came."""

import asyncio
import re
import time
from collections import deque
from types import SimpleNamespace
from typing import Any

import aiohttp
from discord.http import Route

PER_SECOND = 48  # of them, so that nothing is spent to the last
MOST = 50  # Discord: requests a second for a bot, all routes and processes together; beyond it, 429
WINDOW = 1.0  # seconds
LONGEST_FLIGHT = 15.0  # seconds after which an unanswered request no longer holds its place

# Discord: answers to interactions and webhook-token routes do not count against the bot's limit.
_UNCOUNTED = re.compile(r"/(?:interactions/\d+/[^/]+/callback|webhooks/\d+/[^/]+.*)$")


class Pacer:
    """Grants `limit` requests in any one-second window.

    A place is held from a request's departure until one second after its answer, since Discord counted it
    somewhere between the two. So no window at Discord's end holds more than `limit`, whatever the network
    does in between; spacing the departures alone would not promise that.
    """

    def __init__(self, limit: int = PER_SECOND, window: float = WINDOW) -> None:
        self.whole = limit
        self.most = max(limit, MOST)
        self._limit = limit
        self._window = window
        self._flying: dict[int, float] = {}  # ticket: when it left
        self._landed: deque[float] = deque()  # when answers came, oldest first
        self._waiting: deque[asyncio.Future[int]] = deque()
        self._tickets = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many requests wait for a place."""
        return len(self._waiting)

    @property
    def in_use(self) -> int:
        """Requests that Discord may still count together with the next one."""
        self._forget(time.monotonic())
        return len(self._flying) + len(self._landed)

    def allow(self, limit: int) -> None:
        """From now on so many in any window; 0 holds all of them back. What is under way counts on."""
        self._limit = limit
        self._wake()

    async def leave(self) -> int:
        """Waits for a place, first come first served; the ticket is given back with `land`."""
        if not self._waiting and self._has_place(time.monotonic()):
            return self._depart()
        place: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._wake()
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():  # granted in the very moment of giving up
                del self._flying[place.result()]
                self._wake()
            raise

    def land(self, ticket: int) -> None:
        """The request was answered, or failed."""
        if self._flying.pop(ticket, None) is not None:
            self._landed.append(time.monotonic())
            self._wake()

    def trace(self) -> aiohttp.TraceConfig:
        """What discord.py takes as `http_trace`: each request passes here, discord.py's own retries too."""
        trace = aiohttp.TraceConfig(trace_config_ctx_factory=_Ticket)
        trace.on_request_start.append(self._started)
        trace.on_request_end.append(self._ended)
        trace.on_request_exception.append(self._ended)
        return trace

    async def _started(
        self, _session: aiohttp.ClientSession, ticket: SimpleNamespace, start: aiohttp.TraceRequestStartParams
    ) -> None:
        if counts(str(start.url)):
            ticket.number = await self.leave()

    async def _ended(self, _session: aiohttp.ClientSession, ticket: SimpleNamespace, _end: object) -> None:
        if ticket.number is not None:
            self.land(ticket.number)

    def _depart(self) -> int:
        self._tickets += 1
        self._flying[self._tickets] = time.monotonic()
        return self._tickets

    def _has_place(self, now: float) -> bool:
        self._forget(now)
        return len(self._flying) + len(self._landed) < self._limit

    def _forget(self, now: float) -> None:
        while self._landed and self._landed[0] + self._window <= now:
            self._landed.popleft()
        lost = [ticket for ticket, left in self._flying.items() if left + LONGEST_FLIGHT <= now]
        for ticket in lost:
            del self._flying[ticket]

    def _wake(self) -> None:
        """Lets the queue go as far as there are places, and looks again when the next one falls free."""
        now = time.monotonic()
        while self._waiting and (self._waiting[0].cancelled() or self._has_place(now)):
            place = self._waiting.popleft()
            if not place.cancelled():
                place.set_result(self._depart())
        if self._waiting and self._timer is None:
            free_at = self._landed[0] + self._window if self._landed else now + self._window
            self._timer = asyncio.get_running_loop().call_later(max(0.001, free_at - now), self._rung)

    def _rung(self) -> None:
        self._timer = None
        self._wake()


class _Ticket(SimpleNamespace):
    """Goes along with one request; None while it is not counted."""

    number: int | None = None

    def __init__(self, trace_request_ctx: Any = None) -> None:
        super().__init__(trace_request_ctx=trace_request_ctx)


def counts(url: str) -> bool:
    """Whether a request to this address counts against the bot's global limit."""
    return url.startswith(Route.BASE) and _UNCOUNTED.search(url.partition("?")[0]) is None
