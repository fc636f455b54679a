"""Scheduled events as Discord takes them: who may make one, what it must say, and how it begins and ends."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sandbox import shapes
from sandbox.entities import Channel, User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import invalid, missing_permissions

STAGE, VOICE, EXTERNAL = 1, 2, 3  # entity types
SCHEDULED, ACTIVE, COMPLETED, CANCELED = 1, 2, 3, 4  # statuses
GUILD_ONLY = 2  # the one privacy level
REQUIRED = ("name", "privacy_level", "scheduled_start_time", "entity_type")

Body = dict[str, Any]
Fault = tuple[str, str, str]


def may_make(guild: Guild, bot: User, body: Body) -> None:
    """Raises Refused (50013). Since 23 February 2026 Manage Events alone makes none (docs: change log)."""
    channel = guild.channels.get(str(body.get("channel_id")))
    needed = Permission.CREATE_EVENTS
    if channel is not None:
        needed |= Permission.VIEW_CHANNEL | Permission.CONNECT
    if guild.permissions_of(bot, channel) & needed != needed:
        raise missing_permissions()


def may_change(guild: Guild, bot: User, event: Body) -> None:
    """One's own with Create Events, anybody's with Manage Events. Raises Refused (50013)."""
    held = guild.permissions_of(bot)
    own = event["creator_id"] == bot.id and held & Permission.CREATE_EVENTS
    if not own and not held & Permission.MANAGE_EVENTS:
        raise missing_permissions()


def made(body: Body, guild: Guild, now: datetime) -> Body:
    """A new event, without its ids. Raises Refused (50035)."""
    missing = [name for name in REQUIRED if not body.get(name)]
    if missing:
        raise invalid([(name, "BASE_TYPE_REQUIRED", "This field is required") for name in missing])
    return _checked({**shapes.EVENT, **body}, guild, now)


def changed(event: Body, body: Body, guild: Guild, now: datetime) -> Body:
    """The event with the changes. Raises Refused (50035)."""
    moved = body.get("scheduled_start_time", event["scheduled_start_time"]) != event["scheduled_start_time"]
    return _checked({**event, **body}, guild, now if moved else None)


def current(guild: Guild, now: datetime) -> list[Body]:
    """Those to come and those that are on; external ones begin and end by themselves."""
    for event in guild.events.values():
        if event["entity_type"] == EXTERNAL and event["status"] in (SCHEDULED, ACTIVE):
            over = now >= _time(event["scheduled_end_time"])
            begun = now >= _time(event["scheduled_start_time"])
            event["status"] = COMPLETED if over else ACTIVE if begun else SCHEDULED
    return [event for event in guild.events.values() if event["status"] in (SCHEDULED, ACTIVE)]


def _checked(event: Body, guild: Guild, now: datetime | None) -> Body:
    faults = [*_texts(event), *_times(event, now), *_place(event, guild.channels)]
    if event["privacy_level"] != GUILD_ONLY:
        faults.append(("privacy_level", "BASE_TYPE_CHOICES", "Value must be one of {2}."))
    if faults:
        raise invalid(faults)
    channel = event["channel_id"]
    return {**event, "channel_id": str(channel) if channel is not None else None}


def _texts(event: Body) -> Iterator[Fault]:
    if not 1 <= len(str(event["name"])) <= 100:
        yield "name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
    if len(event.get("description") or "") > 1000:
        yield "description", "BASE_TYPE_MAX_LENGTH", "Must be 1000 or fewer in length."


def _times(event: Body, now: datetime | None) -> Iterator[Fault]:
    times = {}
    for name in ("scheduled_start_time", "scheduled_end_time"):
        try:
            times[name] = _time(event[name]) if event[name] is not None else None
        except (TypeError, ValueError):
            yield name, "DATE_TIME_TYPE_PARSE", "Could not parse the time."
            return
    start, end = times["scheduled_start_time"], times["scheduled_end_time"]
    if start is not None and now is not None and start <= now:
        yield (
            "scheduled_start_time",
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
            "Cannot schedule event in the past.",
        )
    if start is not None and end is not None and end <= start:
        yield "scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Cannot end before it begins."
    if end is None and event["entity_type"] == EXTERNAL:
        yield "scheduled_end_time", "BASE_TYPE_REQUIRED", "This field is required"


def _place(event: Body, channels: dict[str, Channel]) -> Iterator[Fault]:
    kind = event["entity_type"]
    if kind == EXTERNAL:
        location = (event.get("entity_metadata") or {}).get("location")
        if not location:
            yield "entity_metadata.location", "BASE_TYPE_REQUIRED", "This field is required"
        elif not 1 <= len(location) <= 100:
            yield "entity_metadata.location", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
        if event.get("channel_id") is not None:
            yield "channel_id", "BASE_TYPE_CHOICES", "An external event has no channel."
    elif kind == VOICE:
        if event.get("channel_id") is None:
            yield "channel_id", "BASE_TYPE_REQUIRED", "This field is required"
        elif str(event["channel_id"]) not in channels or not channels[str(event["channel_id"])].voice:
            yield "channel_id", "CHANNEL_TYPE_INVALID", "Invalid channel type."
    elif kind != STAGE:
        yield "entity_type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}."


def _time(text: str) -> datetime:
    given = datetime.fromisoformat(text)
    return given if given.tzinfo else given.replace(tzinfo=UTC)
