"""The guard's rules on Discord: AutoMod rules made, kept and taken away; no word of a message is read here.

AutoMod tells which phrase of ours was met. For a rule that holds nothing back Discord wants a channel for a
note of its own, which does hold the words: that note is deleted as soon as it is told of, and swept up again.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import discord

from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, Unreachable
from bot.domain.guard import MARK, Found, Ground, Rule
from cogs.permissions import granted_to
from cogs.speech import Phrase, speaking

if TYPE_CHECKING:
    from cogs.client import TrellisClient

KEYWORD, MESSAGE_SEND, BLOCK, NOTE = 1, 1, 1, 2  # trigger, event and action types (docs: Auto Moderation)
NOTE_MESSAGE = 24  # message type
UNKNOWN_RULE, UNKNOWN_MESSAGE = 10066, 10008  # error codes
WRITTEN_IN = (0, 2, 5, 13, 15, 16)  # types of channels in which people write; threads go with theirs
SWEPT = 50  # messages looked through
REASON = Phrase("Trellis keeps the guard that a facilitator switched on")  # stands in the audit log
IN_COPIES = {
    "view_channel": Phrase("View Channel"),
    "send_messages": Phrase("Send Messages"),  # Discord asks it of who makes such a rule
    "read_message_history": Phrase("Read Message History"),
    "manage_messages": Phrase("Manage Messages"),
}


async def ground(client: "TrellisClient", circle: Circle, copies: str | None) -> Ground:
    """How things stand on the server."""
    guild = await _guild(client, circle)
    me = guild.me or await guild.fetch_member(_own_id(client))
    channels: Iterable[Any] = await client.http.get_all_guild_channels(guild.id)
    places = frozenset(str(each["id"]) for each in channels if each["type"] in WRITTEN_IN)
    lacking, seen_by = await _seen(guild, me, copies)
    if not me.guild_permissions.manage_guild:
        return Ground(manages=False, channels=places, lacking=lacking, seen_by=seen_by)
    rules: Iterable[Any] = await client.http.get_auto_moderation_rules(guild.id)
    alike = [each for each in rules if each["trigger_type"] == KEYWORD]
    ours = [each for each in alike if _is_ours(client, each)]
    return Ground(
        manages=True,
        ours=tuple(_found(each) for each in ours),
        others=len(alike) - len(ours),
        channels=places,
        lacking=lacking,
        seen_by=seen_by,
    )


async def put(client: "TrellisClient", circle: Circle, rule: Rule, known: str | None) -> str:
    """Makes it, or changes the one that stands."""
    server, body = int(circle.home.server), _body(rule)
    if known is not None:
        await client.http.edit_auto_moderation_rule(server, int(known), reason=REASON(), enabled=True, **body)
        return known
    made: Any = await client.http.create_auto_moderation_rule(
        server, reason=REASON(), event_type=MESSAGE_SEND, trigger_type=KEYWORD, enabled=True, **body
    )
    return str(made["id"])


async def drop(client: "TrellisClient", circle: Circle, known: str) -> None:
    """Takes it away."""
    with speaking(circle.settings.language):
        reason = REASON()
    try:
        await client.http.delete_auto_moderation_rule(int(circle.home.server), int(known), reason=reason)
    except discord.NotFound as error:
        if error.code != UNKNOWN_RULE:
            raise


async def drop_copies(client: "TrellisClient", channel: str, note: str | None) -> None:
    """One note, or all of AutoMod's that still stand there."""
    place = client.get_partial_messageable(int(channel))
    if note is not None:
        await _delete(place.get_partial_message(int(note)))
        return
    async for message in place.history(limit=SWEPT):
        if message.type.value == NOTE_MESSAGE:
            await _delete(message)


async def _delete(message: "discord.Message | discord.PartialMessage") -> None:
    try:
        await message.delete()
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise


async def _seen(guild: discord.Guild, me: discord.Member, copies: str | None) -> tuple[tuple[str, ...], int]:
    """What we lack in the channel of the copies, and how many others see it, administrators apart."""
    if copies is None:
        return (), 0
    found = guild.get_channel(int(copies)) or next(
        (each for each in await guild.fetch_channels() if each.id == int(copies)), None
    )
    if found is None:
        raise ChannelGone
    granted = granted_to(found, me)
    lacking = tuple(name.english for attribute, name in IN_COPIES.items() if not getattr(granted, attribute))
    mine = {
        me.id,
        *(role.id for role in me.roles if role.is_bot_managed()),
    }  # another's may be held by others
    others = [
        target
        for target, overwrite in found.overwrites.items()
        if overwrite.view_channel and target.id not in mine
    ]
    open_to_all = found.overwrites_for(guild.default_role).view_channel is not False
    return lacking, len(others) + (1 if open_to_all else 0)


def _body(rule: Rule) -> dict[str, Any]:
    action: dict[str, Any] = {"type": BLOCK, "metadata": {"custom_message": rule.shown}}
    if rule.copies is not None:
        action = {"type": NOTE, "metadata": {"channel_id": rule.copies}}
    return {
        "name": rule.name,
        "actions": [action],
        "trigger_metadata": {
            "keyword_filter": list(rule.keywords),
            "regex_patterns": list(rule.patterns),
            "allow_list": list(rule.allowed),
        },
        "exempt_channels": sorted(rule.exempt, key=int),
    }


def _found(given: dict[str, Any]) -> Found:
    trigger = given.get("trigger_metadata") or {}
    actions = {each["type"]: each.get("metadata") or {} for each in given["actions"]}
    note = actions.get(NOTE, {}).get("channel_id") if NOTE in actions else None
    rule = Rule(
        label=str(given["name"]).removeprefix(MARK),
        keywords=tuple(trigger.get("keyword_filter") or ()),
        patterns=tuple(trigger.get("regex_patterns") or ()),
        allowed=tuple(trigger.get("allow_list") or ()),
        exempt=frozenset(map(str, given.get("exempt_channels") or ())),
        shown=str(actions.get(BLOCK, {}).get("custom_message") or ""),
        copies=None if note is None else str(note),
    )
    return Found(id=str(given["id"]), rule=rule, enabled=bool(given["enabled"]))


def _is_ours(client: "TrellisClient", given: dict[str, Any]) -> bool:
    """By who made it, and by its name: ids may have been lost in a crash."""
    return int(given["creator_id"]) == _own_id(client) and str(given["name"]).startswith(MARK)


def _own_id(client: "TrellisClient") -> int:
    if client.user is None or client.is_closed():
        raise Unreachable
    return client.user.id


async def _guild(client: "TrellisClient", circle: Circle) -> discord.Guild:
    """The server; asked for where it belongs to another process's shards."""
    _own_id(client)
    server = int(circle.home.server)
    return client.get_guild(server) or await client.fetch_guild(server, with_counts=False)
