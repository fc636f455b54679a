"""A circle's next meeting as the server's scheduled event: made once, kept as it is meant, found again."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import discord
from discord import EntityType, EventStatus

from bot.domain.circles import Circle
from bot.domain.errors import Unreachable
from bot.domain.meetings import Meeting
from bot.services.messenger import Call
from cogs.permissions import granted_to
from cogs.speech import Phrase, say

if TYPE_CHECKING:
    from cogs.client import TrellisClient

PLACE = Phrase("The usual place")  # Discord wants one
REGULAR = Phrase(  # its end is the mark below, in every language
    "Our regular time. Trellis keeps this up to date. Circle no. {circle}"
)
UNKNOWN_EVENT = 10070  # Discord: it was deleted
Missing = list[tuple[str | None, str]]  # (channel id, permission as Discord's client names it)
_MARK = re.compile(r"\b([0-9]+)$")  # by which an event is known whose id was lost in a crash


async def hold(client: "TrellisClient", circle: Circle, call: Call) -> str:
    """The id of the one event that announces this meeting; others of the circle's to come are taken back."""
    guild = await _guild(client, circle)
    found: discord.ScheduledEvent | None = None
    for event in await _ours(client, guild, circle, {call.known}):
        if found is None and event.start_time == call.start:
            found = event
        elif event.start_time > client.clock.now() or _ended(client, event):
            await _delete(event)
    given = _given(circle, call)
    if found is None:
        made = await guild.create_scheduled_event(privacy_level=discord.PrivacyLevel.guild_only, **given)
        return str(made.id)
    if found.status is EventStatus.scheduled and _differs(found, given):  # one begun early is people's own
        await found.edit(**given)
    return str(found.id)


async def cancel(client: "TrellisClient", circle: Circle, known: str | None) -> None:
    """Takes back what is announced and has not begun."""
    for event in await _ours(client, await _guild(client, circle), circle, {known}):
        if event.status is EventStatus.scheduled:
            await _delete(event)


def missing(client: "TrellisClient", circle: Circle, meeting: Meeting) -> Missing:
    """What an event of this meeting needs and we lack; the channel is None for the whole server."""
    guild = client.get_guild(int(circle.home.server))
    if guild is None:
        return []
    if meeting.channel is None:
        return [] if guild.me.guild_permissions.create_events else [(None, say("Create Events"))]
    channel = guild.get_channel(int(meeting.channel))
    if channel is None:
        return [(meeting.channel, say("View Channel"))]
    granted = granted_to(channel, guild.me)
    needed = {
        "view_channel": say("View Channel"),
        "connect": say("Connect"),
        "create_events": say("Create Events"),
    }
    return [(meeting.channel, name) for attribute, name in needed.items() if not getattr(granted, attribute)]


async def _guild(client: "TrellisClient", circle: Circle) -> discord.Guild:
    """The server; asked for where it belongs to another process's shards, or is not known yet."""
    if client.user is None or client.is_closed():
        raise Unreachable
    server = int(circle.home.server)
    return client.get_guild(server) or await client.fetch_guild(server, with_counts=False)


async def _ours(
    client: "TrellisClient", guild: discord.Guild, circle: Circle, known: Collection[str | None]
) -> list[discord.ScheduledEvent]:
    """The circle's events that are to come or on, by their id, or by the mark in what we made ourselves."""
    ours = []
    for event in await guild.fetch_scheduled_events(with_counts=False):
        mark = _MARK.search(event.description or "")
        by_mark = mark is not None and int(mark[1]) == circle.id
        by_us = client.user is not None and event.creator_id == client.user.id
        open_ = event.status in (EventStatus.scheduled, EventStatus.active)
        if open_ and by_us and (by_mark or str(event.id) in known):
            ours.append(event)
    return sorted(ours, key=lambda event: event.id)


def _given(circle: Circle, call: Call) -> dict[str, Any]:
    """What discord.py's `create_scheduled_event` and `edit` take."""
    about = f"{call.where}\n" if call.where and call.channel else ""
    given: dict[str, Any] = {
        "name": circle.name,
        "description": about + REGULAR(circle=circle.id),
        "start_time": call.start,
        "end_time": call.end,
    }
    if call.channel is not None:
        channel = discord.Object(int(call.channel), type=discord.VoiceChannel)
        return given | {"entity_type": EntityType.voice, "channel": channel}
    return given | {"entity_type": EntityType.external, "location": call.where or PLACE()}


def _differs(event: discord.ScheduledEvent, given: dict[str, Any]) -> bool:
    channel = given.get("channel")
    return any(getattr(event, name) != value for name, value in given.items() if name != "channel") or (
        event.channel_id != (channel.id if channel is not None else None)
    )


def _ended(client: "TrellisClient", event: discord.ScheduledEvent) -> bool:
    """Whether it is past its end and was never begun, as with a voice channel that nobody opened."""
    end = event.end_time or event.start_time
    return event.status is EventStatus.scheduled and end <= client.clock.now()


async def _delete(event: discord.ScheduledEvent) -> None:
    try:
        await event.delete()
    except discord.NotFound as error:
        if error.code != UNKNOWN_EVENT:
            raise
