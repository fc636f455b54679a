"""Health and Prometheus metrics on 127.0.0.1; figures only, no label that could name a circle or a person.

`/health/live`: this process does its work; where not, restarting it helps. `/health`: people's presses
arrive, the database answers and what is due is looked for; where not, somebody looks. Discord being away
makes a bot unready and no less alive: a restart would not bring Discord back.
"""

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.domain.errors import SettingsError
from bot.metrics import Metrics
from bot.services.pulse import Pulse

HOST = "127.0.0.1"
STUCK = 120.0  # seconds without an end of a dispatch tick, good or bad: this process does no work
FAILING = 30.0  # seconds without a good end of one
OVERDUE = 60.0  # seconds that a schedule may wait for its tick

Reading = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Look:
    """How it stands at the moment of asking."""

    connected: bool
    pulse: Pulse
    tick: tuple[float, float] | None  # seconds since the dispatch tick ended, and ended well; None: before it
    latency: float

    @property
    def wrong(self) -> list[str]:
        """What is not as it is to be; empty: ready."""
        found = {
            "discord": not self.connected,
            "database": self.pulse.database is None,
            "dispatch": self.tick is None or self.tick[1] > FAILING or (self.pulse.overdue or 0) > OVERDUE,
        }
        return [name for name, is_so in found.items() if is_so]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Where the figures are read, each at the moment of asking."""

    connected: Callable[[], bool]
    latency: Reading
    tick: Callable[[], tuple[float, float] | None]
    pulse: Callable[[], Awaitable[Pulse]]
    gauges: Mapping[str, tuple[str, Reading]] = field(default_factory=dict)
    counters: Mapping[str, tuple[str, Reading]] = field(default_factory=dict)


class _Counted(Collector):
    """Counters that stand elsewhere already."""

    def __init__(self, counters: Mapping[str, tuple[str, Reading]]) -> None:
        self._counters = counters

    def collect(self) -> Iterator[CounterMetricFamily]:
        """As they stand."""
        for name, (meaning, reading) in self._counters.items():
            yield CounterMetricFamily(name, meaning, value=reading())


class Health:
    """Serves `/health`, `/health/live` and `/metrics`."""

    def __init__(self, metrics: Metrics, vitals: Vitals) -> None:
        self._metrics = metrics
        self._vitals = vitals
        for name, (meaning, reading) in vitals.gauges.items():
            Gauge(name, meaning, registry=metrics.registry).set_function(reading)
        metrics.registry.register(_Counted(vitals.counters))
        self._asked = {
            name: Gauge(name, meaning, registry=metrics.registry)
            for name, meaning in {
                "trellis_connected": "1 while the gateway is connected",
                "trellis_ready": "1 while all is as it is to be",
                "trellis_gateway_latency_seconds": "From a heartbeat to Discord's answer",
                "trellis_dispatch_age_seconds": "Since a look for due posts ended well",
                "trellis_database_up": "1 while the database answers",
                "trellis_database_answer_seconds": "What its last answer took",
                "trellis_schedules_overdue_seconds": "How long the oldest due schedule has waited",
                "trellis_posts_unsettled": "Posts claimed and not yet known to be sent",
                "trellis_letters_waiting": "Letters on their way or to be tried again soon",
                "trellis_letters_oldest_seconds": "Age of the oldest of them",
            }.items()
        }

    def alive(self) -> bool:
        """Whether this process does its work; before its first tick it is taken to."""
        tick = self._vitals.tick()
        return tick is None or tick[0] < STUCK

    async def look(self) -> Look:
        """Everything; within PATIENCE of the database."""
        it = self._vitals
        return Look(it.connected(), await it.pulse(), it.tick(), it.latency())

    @asynccontextmanager
    async def served(self, port: int | None) -> AsyncIterator[None]:
        """Serves inside the block; without a port nothing listens. SettingsError where the port is taken."""
        if port is None:
            yield
            return
        application = web.Application()
        application.router.add_get("/health", self._ready)
        application.router.add_get("/health/live", self._live)
        application.router.add_get("/metrics", self._figures)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await _started(runner, port)
            yield
        finally:
            await runner.cleanup()

    async def _live(self, _request: web.Request) -> web.Response:
        alive = self.alive()
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _ready(self, _request: web.Request) -> web.Response:
        look = await self.look()
        said = {
            "ready": not look.wrong,
            "wrong": look.wrong,
            "connected": look.connected,
            "gateway_latency_seconds": _finite(look.latency),
            "database_answer_seconds": look.pulse.database,
            "dispatch_age_seconds": look.tick and round(look.tick[1], 3),
        }
        return web.json_response(said, status=503 if look.wrong else 200)

    async def _figures(self, _request: web.Request) -> web.Response:
        look = await self.look()
        seen = look.pulse
        values = {
            "trellis_connected": look.connected,
            "trellis_ready": not look.wrong,
            "trellis_gateway_latency_seconds": look.latency,
            "trellis_dispatch_age_seconds": look.tick[1] if look.tick else math.nan,
            "trellis_database_up": seen.database is not None,
            "trellis_database_answer_seconds": _or_nan(seen.database),
            "trellis_schedules_overdue_seconds": _or_nan(seen.overdue),
            "trellis_posts_unsettled": _or_nan(seen.unsettled),
            "trellis_letters_waiting": _or_nan(seen.letters),
            "trellis_letters_oldest_seconds": _or_nan(seen.oldest),
        }
        for name, value in values.items():
            self._asked[name].set(value)
        said = generate_latest(self._metrics.registry)
        return web.Response(body=said, headers={"Content-Type": CONTENT_TYPE_LATEST})


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _finite(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None


async def _started(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        raise SettingsError("METRICS_PORT", f"{port} is taken: choose another, or leave it out") from None
