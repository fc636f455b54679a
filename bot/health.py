"""Health and Prometheus metrics on 127.0.0.1; figures only, no label that could name a circle or a person."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.domain.errors import SettingsError

HOST = "127.0.0.1"

Reading = Callable[[], float]


class Health:
    """Serves `/health` (200 while connected, else 503) and `/metrics`, both read at the moment of asking."""

    def __init__(self, connected: Callable[[], bool], gauges: Mapping[str, tuple[str, Reading]]) -> None:
        self._connected = connected
        self._registry = CollectorRegistry()
        everything = {"trellis_connected": ("1 while the gateway is connected", connected), **gauges}
        for name, (meaning, reading) in everything.items():
            Gauge(name, meaning, registry=self._registry).set_function(reading)

    @asynccontextmanager
    async def served(self, port: int | None) -> AsyncIterator[None]:
        """Serves inside the block; without a port nothing listens. SettingsError where the port is taken."""
        if port is None:
            yield
            return
        application = web.Application()
        application.router.add_get("/health", self._health)
        application.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await _started(runner, port)
            yield
        finally:
            await runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        connected = self._connected()
        return web.json_response({"connected": connected}, status=200 if connected else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), content_type="text/plain")


async def _started(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        raise SettingsError("METRICS_PORT", f"{port} is taken: choose another, or leave it out") from None
