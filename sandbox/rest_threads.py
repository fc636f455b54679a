"""Routes of threads and of who is in them."""

from aiohttp import web

from sandbox.entities import User
from sandbox.refusals import invalid, missing_access, unknown, wrong_kind_of_channel
from sandbox.rest import Routes, body_of, nothing, said, whole
from sandbox.thread_rules import Threads
from sandbox.threads import Thread
from sandbox.world import World

SERVER_MEMBERS = 1 << 1  # the privileged intent
MOST = 100  # members at a time


class ThreadRoutes(Routes):
    """/channels/{id}/threads, /channels/{id}/thread-members, /guilds/{id}/threads."""

    def __init__(self, world: World, threads: Threads) -> None:
        super().__init__(world)
        self._threads = threads

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        members = "/channels/{channel}/thread-members"
        return [
            web.post("/channels/{channel}/threads", self.open),
            web.get("/guilds/{guild}/threads/active", self.active),
            web.get(members, self.members),
            web.get(members + "/{user}", self.member),
            web.put(members + "/{user}", self.add),  # @me: joins
            web.delete(members + "/{user}", self.remove),  # @me: leaves
        ]

    async def open(self, request: web.Request) -> web.Response:
        """POST a thread that begins without a message."""
        channel, bot = self.channel(request), self.application(request).bot
        body, _ = await body_of(request)
        return said(self._threads.open(bot, channel, body).json_for(bot), 201)

    async def active(self, request: web.Request) -> web.Response:
        """GET the threads that are not archived and that the bot sees."""
        guild, bot = self.guild(request), self.application(request).bot
        threads = self._threads.active(bot, guild)
        members = [thread.member_json(bot.id) for thread in threads if bot.id in thread.members]
        return said({"threads": [each.json() for each in threads], "members": members, "has_more": False})

    async def members(self, request: web.Request) -> web.Response:
        """GET who is in it: for bots with the server members intent alone (docs: List Thread Members)."""
        thread = self._thread(request)
        if not self.application(request).privileged & SERVER_MEMBERS:
            raise missing_access()
        limit = whole(request, "limit") if "limit" in request.query else MOST
        if not 1 <= limit <= MOST:
            raise invalid([("limit", "NUMBER_TYPE_MAX", f"int value should be between 1 and {MOST}.")])
        after = whole(request, "after") if "after" in request.query else 0
        ids = [id_ for id_ in sorted(thread.members, key=int) if int(id_) > after][:limit]
        return said([thread.member_json(id_, whole=_with_member(request)) for id_ in ids])

    async def member(self, request: web.Request) -> web.Response:
        """GET one who is in it."""
        thread, user = self._thread(request), self._named(request)
        if user.id not in thread.members:
            raise unknown("Member")
        return said(thread.member_json(user.id, whole=_with_member(request)))

    async def add(self, request: web.Request) -> web.Response:
        """PUT someone, or oneself."""
        self._threads.add(self.application(request).bot, self._thread(request), self._named(request))
        return nothing()

    async def remove(self, request: web.Request) -> web.Response:
        """DELETE someone, or oneself."""
        self._threads.remove(self.application(request).bot, self._thread(request), self._named(request))
        return nothing()

    def _thread(self, request: web.Request) -> Thread:
        channel = self.channel(request)
        if not isinstance(channel, Thread):
            raise wrong_kind_of_channel()
        return channel

    def _named(self, request: web.Request) -> User:
        id_ = request.match_info["user"]
        user = self.application(request).bot if id_ == "@me" else self.world.users.get(id_)
        if user is None:
            raise unknown("User")
        return user


def _with_member(request: web.Request) -> bool:
    return request.query.get("with_member", "").lower() in ("true", "1")
