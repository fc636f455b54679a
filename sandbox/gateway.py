"""Gateway v10: identify, heartbeats, resume, shards, intents, and the events that each bot may hear."""

import asyncio
import json
import secrets
import time
import zlib
from collections import deque
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.entities import Application, Message
from sandbox.events import concerns, may_hear, needed_intents
from sandbox.limits import Limits
from sandbox.threads import Thread
from sandbox.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT  # the others: members, presences
HEARTBEAT_MS = 41_250
KEPT_EVENTS = 2_000  # for a resume
RESUMABLE = 120.0  # seconds a cut session can be taken up again


class Session:
    """One shard of one bot, over as many connections as it takes."""

    def __init__(self, application: Application, intents: int, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.application = application
        self.intents = intents
        self.shard = shard
        self.socket: Connection | None = None
        self.cut_at: float | None = None
        self._sequence = 0
        self._sent: deque[tuple[int, str]] = deque(maxlen=KEPT_EVENTS)

    def hears_guild(self, guild_id: str) -> bool:
        """Whether a guild's events come over this shard (docs: Sharding)."""
        return (int(guild_id) >> 22) % self.shard[1] == self.shard[0]

    def dispatch(self, event: str, data: Any) -> None:
        """Sends an event, now or at the next resume."""
        self._sequence += 1
        text = json.dumps({"op": DISPATCH, "t": event, "s": self._sequence, "d": data}, separators=(",", ":"))
        self._sent.append((self._sequence, text))
        if self.socket is not None:
            self.socket.send(text)

    def replay(self, after: int) -> bool:
        """Sends again what came after; False where that is too long ago."""
        if self._sent and self._sent[0][0] > after + 1:
            return False
        for number, text in self._sent:
            if number > after and self.socket is not None:
                self.socket.send(text)
        self.dispatch("RESUMED", {})
        return True


class Connection:
    """One WebSocket of a bot."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self.ended_here = False  # by the server: the bot only echoes the close, so its code says nothing
        self._zlib = zlib.compressobj() if compressed else None
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        """Queues a frame."""
        self._queue.put_nowait(text)

    async def close(self, code: int, reason: str = "") -> None:
        """Ends the connection from this side."""
        self.ended_here = True
        await self.socket.close(code=code, message=reason.encode())

    async def end(self) -> None:
        """Sends what is queued, and no more."""
        self._queue.put_nowait(None)
        await self._task

    async def _write(self) -> None:
        while (text := await self._queue.get()) is not None:
            try:
                if self._zlib is None:
                    await self.socket.send_str(text)
                else:
                    data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(data)
            except (ConnectionError, RuntimeError):
                return  # the bot is gone; its session keeps what it missed


class Gateway:
    """All sessions. Listens to the world and passes on what each bot may hear."""

    def __init__(self, world: World, limits: Limits) -> None:
        self.url = ""
        self.too_early = 0  # shards that identified while another one's turn was not over
        self._world = world
        self._limits = limits
        self._identified_at: dict[str, float] = {}  # by application
        self._sessions: dict[str, Session] = {}
        world.listeners.append(self._heard)

    def online(self, application: Application) -> bool:
        """Whether any shard of the bot is connected."""
        return any(s.socket is not None and s.application is application for s in self._sessions.values())

    def send_interaction(self, application: Application, guild_id: str | None, data: Any) -> bool:
        """Passes an interaction to the shard that it belongs to; False where the bot is not connected."""
        for session in reversed(self._sessions.values()):
            mine = session.application is application and session.socket is not None
            if mine and (session.hears_guild(guild_id) if guild_id else session.shard[0] == 0):
                session.dispatch("INTERACTION_CREATE", data)
                return True
        return False

    async def close_all(self, code: int) -> None:
        """Closes every connection with this code; sessions stay resumable."""
        for session in list(self._sessions.values()):
            if session.socket is not None:
                await session.socket.close(code)

    def ask_to_reconnect(self) -> None:
        """Tells every bot to come back over a new connection (op 7), as Discord does now and then."""
        for session in self._sessions.values():
            if session.socket is not None:
                _send(session.socket, RECONNECT, None)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=1 << 16, heartbeat=None)
        await socket.prepare(request)
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        _send(connection, HELLO, {"heartbeat_interval": HEARTBEAT_MS, "_trace": []})
        session: Session | None = None
        try:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    continue
                try:
                    session = await self._received(connection, session, json.loads(frame.data))
                except (ValueError, KeyError, TypeError, AttributeError):
                    await connection.close(4002, "Error while decoding payload.")
        finally:
            self._lost(connection, session, socket.close_code)
            await connection.end()
        return socket

    async def _received(
        self, connection: Connection, session: Session | None, frame: dict[str, Any]
    ) -> Session | None:
        match frame.get("op"):
            case 1:
                _send(connection, ACK, None)
            case 2 if session is None:
                return await self._identified(connection, frame["d"])
            case 6 if session is None:
                return self._resumed(connection, frame["d"])
        return session

    async def _identified(self, connection: Connection, given: dict[str, Any]) -> Session | None:
        application = self._world.tokens.get(str(given.get("token", "")).removeprefix("Bot "))
        if application is None:
            await connection.close(4004, "Authentication failed.")
            return None
        intents = int(given.get("intents", 0))
        if intents & PRIVILEGED & ~application.privileged:
            await connection.close(4014, "Disallowed intent(s).")
            return None
        if self._is_early(application):
            _send(connection, INVALID, False)
            return None
        shard = tuple(given.get("shard") or (0, 1))
        session = Session(application, intents, (shard[0], shard[1]))
        session.socket = connection
        self._forget_old()
        self._sessions[session.id] = session
        self._ready(session)
        self._world.tell(None, "BOT", {"online": True})
        return session

    def _is_early(self, application: Application) -> bool:
        """Docs: Gateway, Rate Limiting; `max_concurrency` is 1 here, as for all but the largest bots."""
        now = time.monotonic()
        before = self._identified_at.get(application.id)
        early = before is not None and now - before < self._limits.identify
        self.too_early += early
        if not early:
            self._identified_at[application.id] = now
        return early

    def _ready(self, session: Session) -> None:
        bot = session.application.bot
        guilds = [
            guild
            for guild in self._world.guilds.values()
            if bot.id in guild.members and session.hears_guild(guild.id)
        ]
        data = {
            "v": 10,
            "user": {**bot.json(), "verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": session.application.id, "flags": 0},
            "private_channels": [],
        }
        session.dispatch("READY", data)
        if session.intents & 1:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.create_json(bot))

    def _resumed(self, connection: Connection, given: dict[str, Any]) -> Session | None:
        session = self._sessions.get(str(given.get("session_id")))
        expired = (
            session is not None
            and session.cut_at is not None
            and time.monotonic() - session.cut_at > RESUMABLE
        )
        if session is None or expired:
            _send(connection, INVALID, False)
            return None
        session.socket, session.cut_at = connection, None
        if not session.replay(int(given.get("seq") or 0)):
            del self._sessions[session.id]
            _send(connection, INVALID, False)
            return None
        self._world.tell(None, "BOT", {"online": True})
        return session

    def _lost(self, connection: Connection, session: Session | None, code: int | None) -> None:
        if session is None or session.socket is not connection:
            return
        session.socket, session.cut_at = None, time.monotonic()
        ends = code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY)  # docs: Gateway, Disconnecting
        if ends and not connection.ended_here:
            self._sessions.pop(session.id, None)
        if not self.online(session.application):
            self._world.tell(None, "BOT", {"online": False})

    def _forget_old(self) -> None:
        now = time.monotonic()
        for id_, session in list(self._sessions.items()):
            if session.cut_at is not None and now - session.cut_at > RESUMABLE:
                del self._sessions[id_]

    def _heard(self, event: str, about: Any, data: dict[str, Any]) -> None:
        intents = needed_intents(event, about)
        if intents is None:
            return
        guild_id, only = concerns(about, data)
        for session in self._sessions.values():
            if only is not None and session.application.id != only:
                continue
            if intents and not session.intents & intents:
                continue
            if guild_id and not (session.hears_guild(guild_id) and self._inside(session, guild_id, event)):
                continue
            if guild_id is None and not self._in_dm(session, about):
                continue
            if not may_hear(self._world, session.application, session.intents, event, about, data):
                continue
            session.dispatch(event, _for(session, about, data))

    def _inside(self, session: Session, guild_id: str, event: str) -> bool:
        guild = self._world.guilds.get(guild_id)
        return event == "GUILD_DELETE" or (guild is not None and session.application.id in guild.members)

    @staticmethod
    def _in_dm(session: Session, about: Any) -> bool:
        channel = about.channel if isinstance(about, Message) else about
        return session.shard[0] == 0 and session.application.bot in getattr(channel, "recipients", ())


def _for(session: Session, about: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Without what this bot may not read: others' words in a guild need the message-content intent."""
    shown = {name: value for name, value in data.items() if name != "only"}
    if isinstance(about, Thread) and "newly_created" in shown:
        return {**shown, **about.json_for(session.application.bot)}
    if not isinstance(about, Message) and "matched_content" in shown:
        readable = session.intents & MESSAGE_CONTENT
        return shown if readable else {**shown, "content": "", "matched_content": None}
    if not isinstance(about, Message) or "content" not in shown:
        return shown
    if about.channel.guild is not None:
        shown["guild_id"] = about.channel.guild.id
        member = about.channel.guild.members.get(about.author.id)
        if member is not None:
            shown["member"] = {key: value for key, value in member.json().items() if key != "user"}
    bot = session.application.bot
    mentioned = any(user["id"] == bot.id for user in about.mentions)
    if session.intents & MESSAGE_CONTENT or about.author is bot or about.channel.guild is None or mentioned:
        return shown
    return {**shown, "content": "", "embeds": [], "attachments": [], "components": []}


def _send(connection: Connection, op: int, data: Any) -> None:
    connection.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))
