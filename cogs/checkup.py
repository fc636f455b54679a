"""Asks Discord how the bot stands there, by plain requests and without connecting; changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any

import aiohttp
import discord

from bot.clock import Clock
from bot.domain.circles import Circle
from bot.domain.findings import Finding, note, ok, to_do
from bot.domain.ids import CircleId
from cogs.client import TrellisClient, features, for_hard_moments
from cogs.further_permissions import Granted, Uses, lacking, mentionable, wakes_nobody
from cogs.permissions import NEEDED
from cogs.sync import plain, said

PATIENCE = 10.0  # seconds for an answer
SKEW = 5.0  # seconds that two clocks may differ: the Date header counts whole ones, and travels
MANY = 200  # servers a request (Discord)
PRIVILEGED = {  # flags of an application (Discord): its owner switched these on
    "Presence": (1 << 12 | 1 << 13),
    "Server Members": (1 << 14 | 1 << 15),
    "Message Content": (1 << 18 | 1 << 19),
}
MENTION = "Mention @everyone, @here and All Roles"
PORTAL = "Discord's developer portal > your application"


class Away(Exception):
    """Discord did not answer, or not as expected; what is told of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int
    body: Any
    date: datetime | None


class Discord:
    """Discord's REST, asked as the bot."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        self._session = session
        self._base = base.rstrip("/")
        self._headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (trellis, doctor)"}

    async def get(self, path: str) -> Reply:
        """Raises Away where nothing came back that could be read."""
        try:
            async with self._session.get(self._base + path, headers=self._headers) as response:
                if response.status == 429 or response.status >= 500:
                    raise Away(f"Discord answered with {response.status}; try again in a minute.")
                date = response.headers.get("Date")
                body = await response.json(content_type=None)
                return Reply(response.status, body, parsedate_to_datetime(date) if date else None)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Away(
                f"Discord cannot be reached ({type(error).__name__}): see that this machine has a way out, "
                "and DISCORD_API_URL, where it is set."
            ) from None


async def look(
    token: str,
    base: str,
    circles: Sequence[Circle] | None,
    clock: Clock,
    uses: Mapping[CircleId, Uses] = MappingProxyType({}),
) -> list[Finding]:
    """Token, intents, own app, commands, servers, permissions, clock. `circles` None: they are not known."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
        api = Discord(session, base, token)
        try:
            me = await api.get("/applications/@me")
            read = clock.now()  # beside its Date: what is asked next takes time
            if me.status == 401:
                return [to_do("Token", f"Discord refused DISCORD_TOKEN: {PORTAL} > Bot gives a new one.")]
            if me.status != 200:
                raise Away(f"Discord answered with {me.status} when asked who we are.")
            return [
                ok("Token", f"Discord knows it: the application is “{me.body['name']}”."),
                _intents(me.body),
                _own_app(me.body),
                await _commands(api, me.body["id"], circles or ()),
                *await _circles(api, me.body["id"], circles, uses),
                _clock(me.date, read),
            ]
        except Away as away:
            return [to_do("Discord", str(away))]


def _intents(application: Mapping[str, Any]) -> Finding:
    flags = int(application.get("flags") or 0)
    on = [name for name, bits in PRIVILEGED.items() if flags & bits]
    if not on:
        return ok("Intents", "No privileged intent is needed, and none is on.")
    return note(
        "Intents",
        f"{' and '.join(on)} is on and not needed: {PORTAL} > Bot switches it off, and then not even a "
        "mistake of ours could read what is not meant for it.",
    )


def _own_app(application: Mapping[str, Any]) -> Finding:
    if "1" in (application.get("integration_types_config") or {}):
        return ok("Own app", "People can add it for themselves: /help-now and /ground go along everywhere.")
    return note(
        "Own app",
        f"People can't add it for themselves: {PORTAL} > Installation > User Install lets /help-now and "
        "/ground go along to every server and message.",
    )


async def _commands(api: Discord, application: str, circles: Sequence[Circle]) -> Finding:
    twice = await _twice(api, application, circles)
    if twice:
        return to_do(
            "Commands",
            "On these servers there is a second set, registered for that server alone, so that commands show "
            'twice. Trellis makes none: docs/operators.md, "Commands don\'t show, or show twice", clears it.',
            *twice,
        )
    reply = await api.get(f"/applications/{application}/commands?with_localizations=true")
    if reply.status != 200:
        return to_do("Commands", f"Discord answered with {reply.status} when asked for them.")
    listed, wanted = plain(reply.body), plain(await wanted_commands())
    if listed == wanted:
        return ok("Commands", f"Discord lists all {len(wanted)} as this version has them.")
    differ = sorted(name for (_, name) in {*listed, *wanted} if _of(listed, name) != _of(wanted, name))
    said = (
        f"{len(differ)} of {len({*listed, *wanted})} differ from this version's; the next start brings them."
    )
    return note("Commands", said, ", ".join(differ))


async def _twice(api: Discord, application: str, circles: Sequence[Circle]) -> list[str]:
    """Commands that are registered for one server, a row for each server, by one of its circles."""
    rows = []
    for server, name in {circle.home.server: circle.name for circle in circles}.items():
        reply = await api.get(f"/applications/{application}/guilds/{server}/commands")
        names = [str(each["name"]) for each in reply.body] if reply.status == 200 else []
        if names:
            rows.append(f"that of {name}: {', '.join(sorted(names))}")
    return rows


def _of(commands: Mapping[tuple[int, str], Any], name: str) -> list[Any]:
    return [said for (_, called), said in sorted(commands.items()) if called == name]


async def wanted_commands() -> list[Any]:
    """This version's commands, as they are told to Discord."""
    client = TrellisClient()
    for setup in (*features(), *for_hard_moments()):
        await setup(client)
    return said(client)


async def _circles(
    api: Discord, bot: str, circles: Sequence[Circle] | None, uses: Mapping[CircleId, Uses]
) -> list[Finding]:
    servers = await _servers(api)
    where = f"The bot is on {len(servers)} server{'' if len(servers) == 1 else 's'}"
    if circles is None:
        return [
            ok("Servers", f"{where}."),
            note("Permissions", "Not looked at: which channels matter stands in the database."),
        ]
    if not circles:
        return [
            ok("Servers", f"{where}, and there is no circle yet: /circle setup makes one."),
            ok("Permissions", "/circle setup looks at them first."),
        ]
    away = [circle.name for circle in circles if circle.home.server not in servers]
    found = [ok("Servers", f"{where}, that of every circle among them.")]
    if away:
        found = [to_do("Servers", "On the server of these circles it is not; invite it again.", *away)]
    missing = [
        f"{circle.name}: {row}"
        for circle in circles
        if circle.home.server in servers
        for row in await _missing(api, bot, circle)
    ]
    if missing:
        said = "Give these in the channel's settings, under Permissions."
        return [*found, to_do("Permissions", said, *missing)]
    names = ", ".join(name() for _, name in NEEDED)
    found.append(ok("Permissions", f"{names}: all there, in both channels of each circle."))
    here = [circle for circle in circles if circle.home.server in servers]
    return [*found, await _features(api, bot, here, uses)] if here else found


async def _features(
    api: Discord, bot: str, circles: Sequence[Circle], uses: Mapping[CircleId, Uses]
) -> Finding:
    """What single features lack, where the four that everything needs are all there."""
    lacks, quiet = [], []
    for circle in circles:
        used = uses.get(circle.id, Uses())
        granted = await _what_is_granted(api, bot, circle, used.voice)
        if granted is None:
            continue
        lacks += [f"{circle.name}: {row}" for row in lacking(used, granted)]
        if wakes_nobody(granted):
            quiet.append(
                f"{circle.name}: an alert wakes nobody while nobody is on duty: let anyone mention the "
                f"facilitators' role, or give {MENTION} in the facilitators' channel"
            )
    if lacks:
        return to_do("Features", "What circles use lacks a permission of its own.", *lacks, *quiet)
    if quiet:
        return note("Features", "What circles use has its permissions, but for this.", *quiet)
    return ok(
        "Features", "Meetings, pairs, guards and alerts have their permissions, where circles use them."
    )


async def _what_is_granted(api: Discord, bot: str, circle: Circle, voice: str | None) -> Granted | None:
    """None where it cannot be seen."""
    home = circle.home
    guild, member = (
        await api.get(f"/guilds/{home.server}"),
        await api.get(f"/guilds/{home.server}/members/{bot}"),
    )
    channel = await api.get(f"/channels/{home.channel}")
    backroom = await api.get(f"/channels/{home.facilitators}")
    if {guild.status, member.status, channel.status, backroom.status} != {200}:
        return None
    called = await api.get(f"/channels/{voice}") if voice is not None else None

    def counted(in_channel: Mapping[str, Any]) -> discord.Permissions:
        return discord.Permissions(_granted(guild.body, member.body, in_channel, bot))

    return Granted(
        server=counted({}),
        home=counted(channel.body),
        facilitators=counted(backroom.body),
        voice=counted(called.body) if called is not None and called.status == 200 else None,
        mentionable=mentionable(circle, guild.body),
    )


async def _servers(api: Discord) -> set[str]:
    found: set[str] = set()
    after = "0"
    while True:
        reply = await api.get(f"/users/@me/guilds?limit={MANY}&after={after}")
        page = reply.body if reply.status == 200 and isinstance(reply.body, list) else []
        found |= {str(each["id"]) for each in page}
        if len(page) < MANY:
            return found
        after = str(page[-1]["id"])


async def _missing(api: Discord, bot: str, circle: Circle) -> list[str]:
    """What is missing in a circle's two channels, a row for each."""
    server = circle.home.server
    guild, member = await api.get(f"/guilds/{server}"), await api.get(f"/guilds/{server}/members/{bot}")
    rows = []
    for id_ in (circle.home.channel, circle.home.facilitators):
        channel = await api.get(f"/channels/{id_}")
        if {channel.status, guild.status, member.status} != {200}:
            rows.append("a channel that I can't see; it was deleted, or View Channel is missing")
            continue
        granted = discord.Permissions(_granted(guild.body, member.body, channel.body, bot))
        lacking = [name() for attribute, name in NEEDED if not getattr(granted, attribute)]
        if lacking:
            rows.append(f"#{channel.body['name']} lacks {', '.join(lacking)}")
    return rows


def _granted(
    guild: Mapping[str, Any], member: Mapping[str, Any], channel: Mapping[str, Any], bot: str
) -> int:
    """As `cogs.permissions.granted_to` counts, from what REST tells."""
    roles = {role["id"]: int(role["permissions"]) for role in guild["roles"]}
    held = [id_ for id_ in member["roles"] if id_ in roles]
    value = roles.get(guild["id"], 0)
    for id_ in held:
        value |= roles[id_]
    if value & discord.Permissions(administrator=True).value or guild["owner_id"] == bot:
        return discord.Permissions.all().value
    given = {each["id"]: each for each in channel.get("permission_overwrites") or ()}
    for those in ([guild["id"]], held, [bot]):
        deny = allow = 0
        for each in (given[id_] for id_ in those if id_ in given):
            deny |= int(each["deny"])
            allow |= int(each["allow"])
        value = (value & ~deny) | allow
    return value


def _clock(theirs: datetime | None, ours: datetime) -> Finding:
    if theirs is None:
        return note("Clock", "Discord did not say what time it is.")
    ahead = (ours - theirs).total_seconds()
    if abs(ahead) <= SKEW:
        return ok("Clock", "This machine's and Discord's agree within seconds.")
    way = "ahead of" if ahead > 0 else "behind"
    return to_do(
        "Clock",
        f"This machine's is {abs(ahead):.0f} seconds {way} Discord's: set it by the network "
        "(`timedatectl set-ntp true`), as posts come by it.",
    )
