"""The sandbox as a whole: one server on loopback with REST, gateway, files and the page."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.acts import Acts
from sandbox.entities import User
from sandbox.faults import Faults
from sandbox.files import Files, rebased
from sandbox.gateway import Gateway
from sandbox.interactions import Interactions
from sandbox.limits import Limits, RateLimits
from sandbox.messages import Messages
from sandbox.page_api import PageApi
from sandbox.people import Person
from sandbox.rest import BASE, LARGEST, Front, Handler
from sandbox.rest_channels import ChannelRoutes
from sandbox.rest_commands import CommandRoutes
from sandbox.rest_guilds import GuildRoutes
from sandbox.rest_interactions import InteractionRoutes
from sandbox.rest_threads import ThreadRoutes
from sandbox.snowflakes import Now, machine_time
from sandbox.store import Store
from sandbox.thread_rules import Threads
from sandbox.tour import Stop
from sandbox.traffic import Traffic
from sandbox.world import World

HOST = "127.0.0.1"
GOING_AWAY = 1012  # to bots: the server restarts; they come back by themselves
RouteGroup = GuildRoutes | ChannelRoutes | ThreadRoutes | CommandRoutes | InteractionRoutes


class Sandbox:
    """An async context manager that serves inside. `data` None keeps nothing, `port` 0 is any free one.

    `clock` gives ids and messages their time; what Discord lets expire goes by the machine's all the same.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        data: Path | None = None,
        limits: Limits | None = None,
        clock: Now = machine_time,
    ) -> None:
        self.limits = limits or Limits()
        self._port = port
        self._store = Store(data)
        self.world = World(self._store, clock)
        self.traffic = Traffic()
        self.gateway = Gateway(self.world, self.limits)
        self.faults = Faults(self.gateway)
        self._files = Files(data, self.world.ids)
        self.sender = Messages(self.world, self._files, self.faults, self.limits)
        self.threads = Threads(self.world)
        self.interactions = Interactions(self.world, self.sender, self.gateway, self.limits)
        self.acts = Acts(self.world, self.interactions, self._files)
        self._page = PageApi(self.world, self.acts, self.sender, self.gateway, self._files)
        self._groups: tuple[RouteGroup, ...] = (
            GuildRoutes(self.world, self.gateway),
            ChannelRoutes(self.world, self.sender, self.threads),
            ThreadRoutes(self.world, self.threads),
            CommandRoutes(self.world),
            InteractionRoutes(self.world, self.interactions, self.sender),
        )
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The page."""
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """DISCORD_API_URL of a bot."""
        return self.url + BASE

    @property
    def gateway_url(self) -> str:
        """DISCORD_GATEWAY_URL of a bot."""
        return f"ws://{HOST}:{self._port}/gateway"

    def guide(self, tour: Sequence[Stop]) -> None:
        """What the page offers as a tour from now on."""
        self._page.tour = tuple(tour)

    def routes(self) -> list[tuple[str, str]]:
        """Method and path of every REST route, as in Discord's own description."""
        return [(route.method, route.path) for group in self._groups for route in group.table()]

    def person(self, who: str | User) -> Person:
        """Someone's hands, by user, id or name."""
        user = who if isinstance(who, User) else self.world.users.get(who) or self.world.find_user(who)
        if user is None:
            raise LookupError(f"nobody here is called {who}")
        return Person(self, user)

    async def __aenter__(self) -> Self:
        runner = web.AppRunner(self._application(), shutdown_timeout=0.5, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, HOST, self._port, backlog=1024)
        try:
            await site.start()
        except OSError:
            await runner.cleanup()
            self._store.close()
            raise
        self._runner = runner
        self._port = runner.addresses[0][1]
        self._files.base = self.url
        self._bring_files_home()
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.gateway.close_all(GOING_AWAY)
        await self._page.close()
        await asyncio.sleep(0)
        if self._runner is not None:
            await self._runner.cleanup()
        self._store.close()

    def _bring_files_home(self) -> None:
        """An earlier run may have served on another port; what stands in messages follows this one's."""
        for channel in self.world.channels.values():
            for message in channel.messages.values():
                message.attachments = rebased(message.attachments, self.url)
                message.embeds = rebased(message.embeds, self.url)
                message.components = rebased(message.components, self.url)

    def _application(self) -> web.Application:
        front = Front(self.world, RateLimits(self.limits), self.faults, self.traffic)
        application = web.Application(middlewares=[at_home, front.__call__], client_max_size=LARGEST)
        for group in self._groups:
            for route in group.table():
                application.router.add_route(route.method, BASE + route.path, route.handler)
        application.router.add_get("/gateway", self.gateway.serve)
        application.router.add_get("/gateway/", self.gateway.serve)
        application.add_routes(self._page.table())
        return application


@web.middleware
async def at_home(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses what a foreign web site could send here through a browser (DNS rebinding, cross-site)."""
    port = request.url.port
    own = {f"{host}:{port}" for host in (HOST, "localhost")}
    origin = request.headers.get("Origin")
    if request.host not in own or (origin is not None and origin.removeprefix("http://") not in own):
        raise web.HTTPForbidden(text="The sandbox answers its own page only.")
    return await handler(request)
