"""REST v10: who asks, how often, what a test has planned to break; then the route, with Discord's errors."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.entities import Application, Channel
from sandbox.faults import Fault, Faults
from sandbox.files import Upload
from sandbox.guilds import Guild
from sandbox.limits import RateLimits, too_many
from sandbox.permissions import Permission
from sandbox.refusals import Refused, invalid, missing_access, missing_permissions, unauthorized, unknown
from sandbox.traffic import APPLIED, ARRIVED, Request, Traffic
from sandbox.world import World

BASE = "/api/v10"
LARGEST = 25 << 20  # bytes of a request
YES, NO = ("true", "True", "1"), ("false", "False", "0")  # docs: Boolean Query Strings
GONE = 499  # as servers note a client that hung up while it asked
ASKS = web.RequestKey("asks", Application)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Front:
    """Stands before every route: authenticates, counts, breaks what is planned, and words the refusals."""

    def __init__(self, world: World, rates: RateLimits, faults: Faults, traffic: Traffic) -> None:
        self._world = world
        self._rates = rates
        self._faults = faults
        self._traffic = traffic

    @web.middleware
    async def __call__(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """aiohttp's middleware."""
        if not request.path.startswith(BASE):
            return await handler(request)
        self._traffic.in_hand += 1
        try:
            return await self._met(request, handler, request.path.removeprefix(BASE))
        finally:
            self._traffic.in_hand -= 1

    async def _met(self, request: web.Request, handler: Handler, path: str) -> web.StreamResponse:
        """With the faults that are planned for it."""
        self._traffic.tell(ARRIVED, request.method, path)
        fault = self._faults.take(request.method, path)
        delay = self._faults.delay(request.method, path)
        if delay and request.content_type == "application/json":
            await request.read()  # it has arrived, whatever becomes of its sender meanwhile
        await asyncio.sleep(delay)
        response: web.StreamResponse
        if fault is not None and not fault.after_applied:
            response = broken(fault)
        else:
            response = await self._answered(request, handler, path)
            if response.status < 400:
                self._traffic.tell(APPLIED, request.method, path)
            if fault is not None:
                response = broken(fault)
        cut = fault is not None and fault.status is None
        status = 0 if cut else response.status
        self._traffic.requests.append(Request(time.monotonic(), request.method, path, status))
        if cut and request.transport is not None:
            request.transport.abort()
        return response

    async def _answered(self, request: web.Request, handler: Handler, path: str) -> web.StreamResponse:
        headers: dict[str, str] = {}
        try:
            application = self._who(request, path)
            if application is not None:
                request[ASKS] = application
            headers = self._rates.admit(application.id if application else path, request.method, path)
            response = await handler(request)
        except Refused as refused:
            response = said(refused.json(), refused.status)
            response.headers.update({**headers, **refused.headers})
            return response
        except ConnectionResetError:  # who asked is gone, and hears nothing of it
            return web.Response(status=GONE)
        except web.HTTPException as error:
            body = {"message": f"{error.status}: {error.reason}", "code": 0}
            return said(body, error.status)
        except (json.JSONDecodeError, UnicodeDecodeError):
            body = {"message": "The request body contains invalid JSON.", "code": 50109}
            return said(body, 400)
        response.headers.update(headers)
        return response

    def _who(self, request: web.Request, path: str) -> Application | None:
        token = request.headers.get("Authorization", "").removeprefix("Bot ")
        application = self._world.tokens.get(token)
        open_to_all = path == "/gateway" or path.startswith(("/interactions/", "/webhooks/"))
        if application is None and (token or not open_to_all):
            raise unauthorized()
        return application


def broken(fault: Fault) -> web.Response:
    """A planned failure."""
    if fault.status == 429:
        refused = too_many(fault.wait, everything=fault.everything)
        return said(refused.json(), refused.status, refused.headers)
    return said({"message": "planned fault", "code": 0}, fault.status or 500)


class Routes:
    """What the route groups share. `world` and the one who asks."""

    def __init__(self, world: World) -> None:
        self.world = world

    def application(self, request: web.Request) -> Application:
        """Who asks."""
        return request[ASKS]

    def own(self, request: web.Request) -> Application:
        """Who asks, where the path names an application: only about itself."""
        application = self.application(request)
        if request.match_info["application"] not in (application.id, "@me"):
            raise unknown("Application")
        return application

    def guild(self, request: web.Request, needs: Permission | None = None) -> Guild:
        """The path's guild, in which the bot must be (and hold `needs`)."""
        guild = self.world.guilds.get(request.match_info["guild"])
        bot = self.application(request).bot
        if guild is None:
            raise unknown("Guild")
        if bot.id not in guild.members:
            raise missing_access()
        if needs is not None and not guild.permissions_of(bot) & needs:
            raise missing_permissions()
        return guild

    def channel(self, request: web.Request, needs: Permission | None = None) -> Channel:
        """The path's channel, which the bot must see (and there hold `needs`)."""
        channel = self.world.channels.get(request.match_info["channel"])
        if channel is None:
            raise unknown("Channel")
        allowed = self.world.permissions_in(self.application(request).bot, channel)
        if not allowed & Permission.VIEW_CHANNEL:
            raise missing_access()
        if needs is not None and not allowed & needs:
            raise missing_permissions()
        return channel


def whole(request: web.Request, name: str) -> int:
    """A whole number of the query. Raises Refused (50035)."""
    given = request.query[name]
    if not given.isdecimal():
        raise invalid([(name, "NUMBER_TYPE_COERCE", f'Value "{given}" is not int.')])
    return int(given)


def flag(request: web.Request, name: str) -> bool:
    """A yes or no of the query; no where it is left out. Raises Refused (50035)."""
    given = request.query.get(name, NO[0])
    if given not in (*YES, *NO):
        raise invalid([(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")])
    return given in YES


async def body_of(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body and the files that came with it."""
    if request.content_type != "multipart/form-data":
        raw = await request.read()
        return (json.loads(raw) if raw else {}), []
    body: Any = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        elif part.name and part.name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            key = part.name.removeprefix("files[").removesuffix("]")
            uploads.append(Upload(key, part.filename or "file", kind, content))
    return body, uploads


def said(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON answer. The type stands bare, as Discord writes it: discord.py compares the whole header."""
    text = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(
        body=text, status=status, headers={**(headers or {}), "Content-Type": "application/json"}
    )


def nothing() -> web.Response:
    """204."""
    return web.Response(status=204)
