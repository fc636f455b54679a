"""The page's one WebSocket: what a person sees, what they do, and what happens meanwhile."""

import asyncio
import base64
import json
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.acts import Acts
from sandbox.entities import Channel, Message, User
from sandbox.files import Files, Upload
from sandbox.gateway import Gateway
from sandbox.interactions import Interaction
from sandbox.messages import Messages
from sandbox.page_views import guild_view, modal_view, person_view
from sandbox.permissions import Permission
from sandbox.refusals import Refused, missing_access, missing_permissions, unknown
from sandbox.snowflakes import machine_time
from sandbox.world import World

Body = dict[str, Any]
PAGE = Path(__file__).parent / "page"
SHOWN = 50  # messages at a time
BEFORE = 10  # messages that are shown ahead of one that a link leads to
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
        self._acts = acts
        self._messages = messages
        self._gateway = gateway
        self._files = files
        self._visits: set[Visit] = set()
        self._open: dict[str, Interaction] = {}  # those whose form may still come
        world.listeners.append(self._heard)
        self._operations: dict[str, Callable[[User, Body], Body]] = {
            "hello": self._hello,
            "messages": self._list,
            "send": self._send,
            "delete": self._delete,
            "dismiss": self._dismiss,
            "open_dm": self._open_dm,
            "upload": self._upload,
            "command": self._command,
            "component": self._component,
            "modal_submit": self._submit,
        }

    def table(self) -> list[web.AbstractRouteDef]:
        """The routes."""
        return [
            web.get("/", self._index),
            web.get("/sandbox/people", self._people),
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
            operation = self._operations.get(str(frame.get("op")))
            if operation is None:
                raise Refused(400, 0, "There is no such operation.")
            visit.push("REPLY", operation(visit.user, asked), id_)
        except Refused as refused:
            visit.push("ERROR", refused.json(), id_)
        except (KeyError, TypeError, ValueError):
            visit.push("ERROR", {"code": 0, "message": "That request is not complete."}, id_)

    async def _autocomplete(self, visit: Visit, id_: int | None, asked: Body) -> None:
        try:
            channel = self._channel(visit.user, asked["channel_id"])
            begun = self._acts.autocomplete(visit.user, channel, asked["command_id"], asked["options"])
            outcome = await begun.outcome.first()
            visit.push("REPLY", {"choices": outcome.choices}, id_)
        except Refused as refused:
            visit.push("ERROR", refused.json(), id_)

    def _hello(self, user: User, _asked: Body) -> Body:
        world = self._world
        guilds = [guild for guild in world.guilds.values() if user.id in guild.members]
        people = [each for each in world.users.values() if not each.bot]
        return {
            "me": user.json(),
            "people": [person_view(world, each) for each in people],
            "bots": [{**a.bot.json(), "application_id": a.id} for a in world.applications.values()],
            "guilds": [guild_view(world, guild, user) for guild in guilds],
            "dms": [
                {"id": dm.id, "recipient": next(u for u in dm.recipients if u is not user).json()}
                for dm in world.dms.values()
                if user in dm.recipients
            ],
            "commands": [self._command_view(command, user) for command in self._acts.commands_for(user)],
        }

    def _command_view(self, command: Body, user: User) -> Body:
        application = self._world.applications[command["application_id"]]
        own = user.id in application.installed_by
        return {**command, "application": {"id": application.id, "name": application.name}, "installed": own}

    def _list(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        seen = [m for m in channel.messages.values() if not m.ephemeral or m.owner is user]
        if asked.get("before"):
            seen = [message for message in seen if int(message.id) < int(asked["before"])]
        earliest = len(seen) - SHOWN
        if asked.get("since"):
            known = (place for place, message in enumerate(seen) if message.id == asked["since"])
            earliest = min(earliest, next(known, len(seen)) - BEFORE)
        return {"messages": [message.json() for message in seen[max(earliest, 0) :]]}

    def _send(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        return {"message": self._messages.send(user, channel, {"content": asked["content"]}).json()}

    def _delete(self, user: User, asked: Body) -> Body:
        message = self._message(user, asked)
        managing = self._world.permissions_in(user, message.channel) & Permission.MANAGE_MESSAGES
        if message.author is not user and not managing:
            raise missing_permissions()
        self._messages.delete(message)
        return {}

    def _dismiss(self, user: User, asked: Body) -> Body:
        for channel in self._world.channels.values():
            message = channel.messages.get(asked["message_id"])
            if message is not None and message.owner is user:
                del channel.messages[message.id]
        return {}

    def _open_dm(self, user: User, asked: Body) -> Body:
        other = self._world.users.get(asked["user_id"])
        if other is None or other is user:
            raise unknown("User")
        return {"channel_id": self._world.dm(user, other).id}

    def _upload(self, _user: User, asked: Body) -> Body:
        content = base64.b64decode(asked["data"], validate=True)
        return {"id": self._acts.upload(Upload("0", asked["name"], asked["content_type"], content))}

    def _command(self, user: User, asked: Body) -> Body:
        channel = self._channel(user, asked["channel_id"])
        options, target = asked.get("options") or [], asked.get("target_id")
        return self._begun(self._acts.command(user, channel, asked["command_id"], options, target_id=target))

    def _component(self, user: User, asked: Body) -> Body:
        message = self._message(user, asked)
        return self._begun(self._acts.component(user, message, asked["custom_id"], asked.get("values")))

    def _submit(self, user: User, asked: Body) -> Body:
        opened = self._open.get(asked["interaction_id"])
        if opened is None or opened.modal is None or opened.modal.custom_id != asked["custom_id"]:
            raise unknown("interaction")
        return self._begun(self._acts.submit(user, opened.modal, asked["components"]))

    def _begun(self, interaction: Interaction) -> Body:
        return {"interaction_id": interaction.id}

    def _channel(self, user: User, id_: str) -> Channel:
        channel = self._world.channels.get(id_)
        if channel is None or not self._world.sees(user, channel):
            raise missing_access()
        return channel

    def _message(self, user: User, asked: Body) -> Message:
        message = self._channel(user, asked["channel_id"]).messages.get(asked["message_id"])
        if message is None or (message.ephemeral and message.owner is not user):
            raise unknown("Message")
        return message

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
            self._open[interaction.id] = interaction
            frame["modal"] = modal_view(outcome.modal)
        if outcome.message is not None:
            frame["message_id"] = outcome.message.id
        if outcome.reason:
            frame["reason"] = outcome.reason
        for visit in self._visits:
            if visit.user is interaction.user:
                visit.push("INTERACTION", frame)
