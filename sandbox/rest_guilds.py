"""Routes of the bot itself, of guilds, their AutoMod rules and scheduled events."""

from typing import Any

from aiohttp import web

from sandbox import automod, scheduled_events, timeouts
from sandbox.gateway import Gateway
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import invalid, unknown
from sandbox.rest import Routes, body_of, nothing, said
from sandbox.world import World

MANAGE = Permission.MANAGE_GUILD
MYSELF = {"verified": True, "mfa_enabled": False, "email": None}


class GuildRoutes(Routes):
    """/gateway, /users, /applications/@me, /guilds."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        super().__init__(world)
        self._gateway = gateway

    def table(self) -> list[web.RouteDef]:
        """The routes."""
        guild = "/guilds/{guild}"
        rules, events = guild + "/auto-moderation/rules", guild + "/scheduled-events"
        return [
            web.get("/gateway", self.gateway),
            web.get("/gateway/bot", self.gateway_bot),
            web.get("/users/@me", self.me),
            web.get("/users/@me/guilds", self.mine),
            web.get("/users/{user}", self.user),
            web.get("/applications/@me", self.myself),
            web.get("/oauth2/applications/@me", self.myself),
            web.get(guild, self.show),
            web.get(guild + "/channels", self.channels),
            web.post(guild + "/channels", self.add_channel),
            web.get(guild + "/roles", self.roles),
            web.get(guild + "/members/{user}", self.member),
            web.patch(guild + "/members/{user}", self.change_member),
            web.get(rules, self.rules),
            web.post(rules, self.add_rule),
            web.get(rules + "/{rule}", self.rule),
            web.patch(rules + "/{rule}", self.change_rule),
            web.delete(rules + "/{rule}", self.remove_rule),
            web.get(events, self.events),
            web.post(events, self.add_event),
            web.patch(events + "/{event}", self.change_event),
            web.delete(events + "/{event}", self.remove_event),
        ]

    async def gateway(self, _request: web.Request) -> web.Response:
        """GET where to connect."""
        return said({"url": self._gateway.url})

    async def gateway_bot(self, _request: web.Request) -> web.Response:
        """GET where, with how many shards, and how often."""
        start = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return said({"url": self._gateway.url, "shards": 1, "session_start_limit": start})

    async def me(self, request: web.Request) -> web.Response:
        """GET oneself."""
        bot = self.application(request).bot
        return said({**bot.json(), **MYSELF, "locale": bot.locale})

    async def mine(self, request: web.Request) -> web.Response:
        """GET the guilds that one is in, `limit` of them after the id `after`, by their ids."""
        bot, query = self.application(request).bot, request.query
        ids = sorted((g.id for g in self.world.guilds.values() if bot.id in g.members), key=int)
        after, limit = int(query.get("after", 0)), min(int(query.get("limit", 200)), 200)
        found = [self.world.guilds[id_] for id_ in ids if int(id_) > after][:limit]
        return said([guild.mine_json(bot) for guild in found])

    async def user(self, request: web.Request) -> web.Response:
        """GET a user."""
        user = self.world.users.get(request.match_info["user"])
        if user is None:
            raise unknown("User")
        return said(user.json())

    async def myself(self, request: web.Request) -> web.Response:
        """GET one's application."""
        return said(self.application(request).json())

    async def show(self, request: web.Request) -> web.Response:
        """GET a guild."""
        return said(self.guild(request).json())

    async def channels(self, request: web.Request) -> web.Response:
        """GET its channels."""
        return said([channel.json() for channel in self.guild(request).channels.values()])

    async def add_channel(self, request: web.Request) -> web.Response:
        """POST a text channel."""
        guild = self.guild(request, Permission.MANAGE_CHANNELS)
        body, _ = await body_of(request)
        if not 1 <= len(body.get("name") or "") <= 100:
            raise invalid([("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")])
        return said(guild.add_text_channel(body["name"], topic=body.get("topic") or "").json(), 201)

    async def roles(self, request: web.Request) -> web.Response:
        """GET its roles."""
        return said([role.json() for role in self.guild(request).roles.values()])

    async def member(self, request: web.Request) -> web.Response:
        """GET a member."""
        found = self.guild(request).members.get(request.match_info["user"])
        if found is None:
            raise unknown("Member")
        return said(found.json())

    async def change_member(self, request: web.Request) -> web.Response:
        """PATCH a member's timeout, the one thing of theirs that is changed here."""
        guild = self.guild(request)
        found = guild.members.get(request.match_info["user"])
        if found is None:
            raise unknown("Member")
        body, _ = await body_of(request)
        if "communication_disabled_until" in body:
            until = timeouts.checked(body["communication_disabled_until"], self.world.ids.now())
            timeouts.may_set(guild, self.application(request).bot, found.user)
            guild.time_out(found.user, until)
        return said(found.json())

    async def rules(self, request: web.Request) -> web.Response:
        """GET the AutoMod rules."""
        return said(list(self.guild(request, MANAGE).automod.values()))

    async def rule(self, request: web.Request) -> web.Response:
        """GET one."""
        return said(self._one(self.guild(request, MANAGE).automod, request.match_info["rule"], RULE))

    async def add_rule(self, request: web.Request) -> web.Response:
        """POST a rule."""
        guild = self.guild(request, MANAGE)
        body, _ = await body_of(request)
        rule = automod.checked(body, guild, self.application(request).bot)
        rule |= {"id": self.world.ids.next(), "creator_id": self.application(request).id}
        guild.automod[rule["id"]] = rule
        return self._kept(request, rule, "AUTO_MODERATION_RULE_CREATE")

    async def change_rule(self, request: web.Request) -> web.Response:
        """PATCH a rule."""
        guild = self.guild(request, MANAGE)
        body, _ = await body_of(request)
        rule = self._one(guild.automod, request.match_info["rule"], RULE)
        guild.automod[rule["id"]] = changed = automod.checked(
            {**rule, **body}, guild, self.application(request).bot
        )
        return self._kept(request, changed, "AUTO_MODERATION_RULE_UPDATE")

    async def remove_rule(self, request: web.Request) -> web.Response:
        """DELETE a rule."""
        guild = self.guild(request, MANAGE)
        rule = self._one(guild.automod, request.match_info["rule"], RULE)
        del guild.automod[rule["id"]]
        self._kept(request, rule, "AUTO_MODERATION_RULE_DELETE")
        return nothing()

    async def events(self, request: web.Request) -> web.Response:
        """GET the scheduled events."""
        return said(scheduled_events.current(self.guild(request), self.world.ids.now()))

    async def add_event(self, request: web.Request) -> web.Response:
        """POST a scheduled event."""
        guild, bot = self.guild(request), self.application(request).bot
        body, _ = await body_of(request)
        scheduled_events.may_make(guild, bot, body)
        event = scheduled_events.made(body, guild, self.world.ids.now())
        event |= {"id": self.world.ids.next(), "guild_id": guild.id, "creator_id": bot.id}
        guild.events[event["id"]] = event
        return self._kept(request, event, "GUILD_SCHEDULED_EVENT_CREATE")

    async def change_event(self, request: web.Request) -> web.Response:
        """PATCH a scheduled event."""
        guild, event = self._event(request)
        body, _ = await body_of(request)
        event.update(scheduled_events.changed(event, body, guild, self.world.ids.now()))
        return self._kept(request, event, "GUILD_SCHEDULED_EVENT_UPDATE")

    async def remove_event(self, request: web.Request) -> web.Response:
        """DELETE a scheduled event."""
        guild, event = self._event(request)
        del guild.events[event["id"]]
        self._kept(request, event, "GUILD_SCHEDULED_EVENT_DELETE")
        return nothing()

    def _event(self, request: web.Request) -> tuple[Guild, dict[str, Any]]:
        """One that the bot may change."""
        guild = self.guild(request)
        event = self._one(guild.events, request.match_info["event"], EVENT)
        scheduled_events.may_change(guild, self.application(request).bot, event)
        return guild, event

    def _kept(self, request: web.Request, body: dict[str, Any], event: str) -> web.Response:
        guild = self.guild(request)
        self.world.save_guild(guild)
        self.world.tell(guild, event, body)
        return said(body)

    @staticmethod
    def _one(kept: dict[str, dict[str, Any]], id_: str, what: str) -> dict[str, Any]:
        if id_ not in kept:
            raise unknown(what)
        return kept[id_]


RULE, EVENT = "Auto Moderation Rule", "Guild Scheduled Event"
