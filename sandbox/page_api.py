"""The page's one WebSocket: what a person sees, what they do, and what happens meanwhile."""

import asyncio
import json
import mimetypes
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.acts import Acts
from sandbox.entities import Message, User
from sandbox.files import Files
from sandbox.gateway import Gateway
from sandbox.interactions import Interaction
from sandbox.messages import Messages
from sandbox.page_operations import PageOperations
from sandbox.page_views import modal_view, person_view
from sandbox.refusals import Refused
from sandbox.snowflakes import machine_time
from sandbox.tour import Stop
from sandbox.world import World

Body = dict[str, Any]
PAGE = Path(__file__).parent / "page"
STATES = {"deferred": "thinking", "updated": "answered"}  # what the page distinguishes
LARGEST = 16 << 20  # bytes of a frame


class Visit:
    """One open page."""

    def __init__(self, socket: web.WebSocketResponse, user: User) -> None:
        self.user = user
        self.ahead = 0  # seconds that the world's clock was ahead when the page was told last
        self._socket = socket
        self._frames: asyncio.Queue[str] = asyncio.Queue()
        self.task = asyncio.create_task(self._write())

    def push(self, event: str, data: Any, id_: int | None = None) -> None:
        """Queues a frame."""
        frame = {"t": event, "d": data} | ({} if id_ is None else {"id": id_})
        self._frames.put_nowait(json.dumps(frame))

    async def _write(self) -> None:
        while True:
            frame = await self._frames.get()
            try:
                await self._socket.send_str(frame)
            except (ConnectionError, RuntimeError):
                return


class PageApi:
    """Serves the page and its socket."""

    def __init__(self, world: World, acts: Acts, messages: Messages, gateway: Gateway, files: Files) -> None:
        self._world = world
        self._gateway = gateway
        self._files = files
        self._operations = PageOperations(world, acts, messages)
        self._visits: set[Visit] = set()
        self.tour: tuple[Stop, ...] = ()
        world.listeners.append(self._heard)

    def table(self) -> list[web.AbstractRouteDef]:
        """The routes."""
        return [
            web.get("/", self._index),
            web.get("/sandbox/people", self._people),
            web.get("/sandbox/tour", self._tour),
            web.get("/sandbox/socket", self._serve),
            web.get("/sandbox/files/{id}/{name}", self._file),
            web.static("/", PAGE),
        ]

    async def close(self) -> None:
        """Closes the open pages' lines."""
        for visit in list(self._visits):
            await visit._socket.close(code=1001)

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _people(self, _request: web.Request) -> web.Response:
        people = [user for user in self._world.users.values() if not user.bot]
        return web.json_response([person_view(self._world, user) for user in people])

    async def _tour(self, _request: web.Request) -> web.Response:
        return web.json_response([stop.view() for stop in self.tour])

    async def _file(self, request: web.Request) -> web.Response:
        found = self._files.read(request.match_info["id"], request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        kind, content = found
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        kind = kind or mimetypes.guess_type(request.match_info["name"])[0] or "application/octet-stream"
        return web.Response(body=content, content_type=kind, headers=headers)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        user = self._world.users.get(request.query.get("as", ""))
        if user is None or user.bot:
            raise web.HTTPNotFound
        socket = web.WebSocketResponse(max_msg_size=LARGEST, heartbeat=30)
        await socket.prepare(request)
        visit = Visit(socket, user)
        self._visits.add(visit)
        online = all(self._gateway.online(app) for app in self._world.applications.values())
        self._tell_time(visit)
        visit.push("BOT", {"online": online})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._answer(visit, json.loads(frame.data))
        finally:
            self._visits.discard(visit)
            visit.task.cancel()
            await asyncio.gather(visit.task, return_exceptions=True)
        return socket

    async def _answer(self, visit: Visit, frame: Body) -> None:
        id_, asked = frame.get("id"), frame.get("d") or {}
        try:
            if frame.get("op") == "autocomplete":
                task = asyncio.create_task(self._autocomplete(visit, id_, asked))
                task.add_done_callback(lambda done: done.exception())
                return
            visit.push("REPLY", self._operations.run(str(frame.get("op")), visit.user, asked), id_)
        except Refused as refused:
            visit.push("ERROR", refused.json(), id_)
        except (KeyError, TypeError, ValueError):
            visit.push("ERROR", {"code": 0, "message": "That request is not complete."}, id_)

    async def _autocomplete(self, visit: Visit, id_: int | None, asked: Body) -> None:
        try:
            visit.push("REPLY", await self._operations.autocomplete(visit.user, asked), id_)
        except Refused as refused:
            visit.push("ERROR", refused.json(), id_)

    def _heard(self, event: str, about: Any, data: Body) -> None:
        if isinstance(about, Interaction):
            self._interaction(about)
            return
        for visit in list(self._visits):
            self._tell_time(visit)
            if isinstance(about, Message):
                owner = about.owner
                if owner is visit.user or (owner is None and self._world.sees(visit.user, about.channel)):
                    visit.push(event, data)
            elif event == "BOT":
                visit.push(event, data)
            elif not event.startswith("AUTO_MODERATION"):
                visit.push("WORLD", {})

    def _tell_time(self, visit: Visit) -> None:
        """Where the world's clock is not the machine's, the page goes by the world's."""
        ahead = round((self._world.ids.now() - machine_time()).total_seconds())
        if abs(ahead - visit.ahead) > 1:
            visit.ahead = ahead
            visit.push("TIME", {"now": self._world.now()})

    def _interaction(self, interaction: Interaction) -> None:
        outcome = interaction.outcome
        state = STATES.get(outcome.state, outcome.state)
        frame: Body = {"interaction_id": interaction.id, "state": state}
        if outcome.modal is not None and state == "modal":
            self._operations.opened[interaction.id] = interaction
            frame["modal"] = modal_view(outcome.modal)
        if outcome.message is not None:
            frame["message_id"] = outcome.message.id
        if outcome.reason:
            frame["reason"] = outcome.reason
        for visit in self._visits:
            if visit.user is interaction.user:
                visit.push("INTERACTION", frame)
