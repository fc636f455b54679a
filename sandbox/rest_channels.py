"""Routes of channels, messages and direct messages."""

import itertools

from aiohttp import web

from sandbox.entities import Channel, Message
from sandbox.messages import Messages, found_in
from sandbox.permissions import Permission
from sandbox.refusals import dms_closed, invalid, missing_permissions, thread_archived, unknown
from sandbox.rest import Routes, body_of, nothing, said, whole
from sandbox.thread_rules import Threads, check_pace
from sandbox.threads import Thread
from sandbox.world import World


class ChannelRoutes(Routes):
    """/channels and /users/@me/channels."""

    def __init__(self, world: World, messages: Messages, threads: Threads) -> None:
        super().__init__(world)
        self._messages = messages
        self._threads = threads

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        one = "/channels/{channel}"
        message = one + "/messages/{message}"
        return [
            web.get(one, self.show),
            web.patch(one, self.change),
            web.delete(one, self.remove),
            web.get(one + "/messages", self.list),
            web.post(one + "/messages", self.send),
            web.get(one + "/messages/pins", self.pins),  # before the next, which would take it for an id
            web.get(message, self.message),
            web.patch(message, self.edit),
            web.delete(message, self.delete),
            web.post(one + "/typing", self.typing),
            web.put(one + "/messages/pins/{message}", self.pin),
            web.delete(one + "/messages/pins/{message}", self.unpin),
            web.post("/users/@me/channels", self.open_dm),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """GET a channel."""
        channel = self.channel(request)
        if isinstance(channel, Thread):
            return said(channel.json_for(self.application(request).bot))
        return said(channel.json())

    async def change(self, request: web.Request) -> web.Response:
        """PATCH name, topic and slow mode, or what a thread has."""
        thread, (body, _) = self.channel(request), await body_of(request)
        if isinstance(thread, Thread):
            bot = self.application(request).bot
            self._threads.change(bot, thread, body)
            return said(thread.json_for(bot))
        channel = self.channel(request, Permission.MANAGE_CHANNELS)
        check_pace(body)
        channel.name, channel.topic = body.get("name", channel.name), body.get("topic") or channel.topic
        channel.rate_limit_per_user = body.get("rate_limit_per_user", channel.rate_limit_per_user) or 0
        if channel.guild is not None:
            channel.guild.channel_changed(channel, "CHANNEL_UPDATE")
        return said(channel.json())

    async def remove(self, request: web.Request) -> web.Response:
        """DELETE a channel or a thread."""
        thread = self.channel(request)
        if isinstance(thread, Thread):
            self._threads.delete(self.application(request).bot, thread)
            return said(thread.json())
        channel = self.channel(request, Permission.MANAGE_CHANNELS)
        channel.delete()
        return said(channel.json())

    async def send(self, request: web.Request) -> web.Response:
        """POST a message."""
        channel = self.channel(request)
        body, uploads = await body_of(request)
        message = self._messages.send(self.application(request).bot, channel, body, uploads)
        return said(message.json())

    async def list(self, request: web.Request) -> web.Response:
        """GET messages, newest first; before, after, around, limit (1 to 100)."""
        channel = self.channel(request)
        bot = self.application(request).bot
        if not self.world.permissions_in(bot, channel) & Permission.READ_MESSAGE_HISTORY:
            return said([])
        names = ("before", "after", "around")
        asked = {name: whole(request, name) for name in names if name in request.query}
        limit = whole(request, "limit") if "limit" in request.query else 50
        if not 1 <= limit <= 100:
            raise invalid([("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")])
        return said([message.json() for message in _window(channel, asked, limit)])

    async def message(self, request: web.Request) -> web.Response:
        """GET one message."""
        channel = self.channel(request, Permission.READ_MESSAGE_HISTORY)
        return said(found_in(channel, request.match_info["message"]).json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH one's own message."""
        channel = self.channel(request)
        message = found_in(channel, request.match_info["message"])
        if isinstance(channel, Thread) and channel.archived:
            raise thread_archived()
        body, uploads = await body_of(request)
        return said(self._messages.edit(message, body, uploads, by=self.application(request).bot).json())

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE one's own message, or another's with Manage Messages."""
        channel = self.channel(request)
        message = found_in(channel, request.match_info["message"])
        bot = self.application(request).bot
        managing = self.world.permissions_in(bot, channel) & Permission.MANAGE_MESSAGES
        if message.author is not bot and not managing:
            raise missing_permissions()
        self._messages.delete(message)
        return nothing()

    async def typing(self, request: web.Request) -> web.Response:
        """POST: seen by nobody here."""
        self.channel(request, self.channel(request).sending)
        return nothing()

    async def pins(self, request: web.Request) -> web.Response:
        """GET what is pinned."""
        pinned = [m for m in reversed(self.world.messages(self.channel(request))) if m.pinned]
        items = [{"pinned_at": message.timestamp, "message": message.json()} for message in pinned]
        return said({"items": items, "has_more": False})

    async def pin(self, request: web.Request) -> web.Response:
        """PUT a pin."""
        return self._pin(request, pinned=True)

    async def unpin(self, request: web.Request) -> web.Response:
        """DELETE a pin."""
        return self._pin(request, pinned=False)

    def _pin(self, request: web.Request, *, pinned: bool) -> web.Response:
        channel = self.channel(request)
        allowed = self.world.permissions_in(self.application(request).bot, channel)
        if channel.guild is not None and not allowed & Permission.PIN_MESSAGES:
            raise missing_permissions()
        self._messages.pin(found_in(channel, request.match_info["message"]), pinned=pinned)
        return nothing()

    async def open_dm(self, request: web.Request) -> web.Response:
        """POST: the channel with a person, made where there is none."""
        body, _ = await body_of(request)
        user = self.world.users.get(str(body.get("recipient_id")))
        if user is None:
            raise unknown("User")
        if user.bot:
            raise dms_closed()
        return said(self.world.dm(self.application(request).bot, user).json())


def _window(channel: Channel, asked: dict[str, int], limit: int) -> list[Message]:
    """The part of a channel that a query asks for, newest first; only that part is walked through."""
    latest = (each for each in reversed(channel.messages.values()) if not each.ephemeral)
    if "after" in asked:
        newer = itertools.takewhile(lambda each: int(each.id) > asked["after"], latest)
        return list(newer)[-limit:]
    if "around" in asked:
        newer = itertools.takewhile(lambda each: int(each.id) > asked["around"], latest)
        above = list(newer)[-(limit // 2) :] if limit > 1 else []
        return above + _window(channel, {"before": asked["around"] + 1}, limit - limit // 2)
    if "before" in asked:
        latest = (each for each in latest if int(each.id) < asked["before"])
    return list(itertools.islice(latest, limit))
