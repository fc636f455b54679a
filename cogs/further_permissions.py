"""What single features need beyond what everything does, each only where a circle uses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.domain.circles import Circle

PAIRS = {
    "create_private_threads": "Create Private Threads",
    "send_messages_in_threads": "Send Messages in Threads",
}
EVENT = {"create_events": "Create Events"}
EVENT_IN_VOICE = {"view_channel": "View Channel", "connect": "Connect"} | EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What of a circle's takes permissions of its own."""

    meets: bool = False
    voice: str | None = field(default=None, repr=False)  # the voice channel that its meeting is in
    pairs: bool = False  # somebody is in a listening pair, or waits for one
    guard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What the bot may, and whether anybody may mention the role; `voice` None: that channel is not seen."""

    server: discord.Permissions
    home: discord.Permissions
    facilitators: discord.Permissions
    voice: discord.Permissions | None = None
    mentionable: bool = False


def lacking(uses: Uses, granted: Granted) -> list[str]:
    """A row for each thing in use that lacks something."""
    found = []
    if uses.meets and uses.voice is None:
        found += _row("the event of its meeting", "on the server", granted.server, EVENT)
    elif uses.meets and granted.voice is None:
        found.append("View Channel in the voice channel of its meeting, for the event; or it was deleted")
    elif uses.meets and granted.voice is not None:
        found += _row("the event of its meeting", "in its voice channel", granted.voice, EVENT_IN_VOICE)
    if uses.pairs:
        found += _row("its listening pairs", "in the circle's channel", granted.home, PAIRS)
    if uses.guard:
        found += _row("its guard", "on the server", granted.server, {"manage_guild": "Manage Server"})
    return found


def wakes_nobody(granted: Granted) -> bool:
    """Whether a mention of the facilitators' role in their channel rings for nobody."""
    return not (granted.mentionable or granted.facilitators.mention_everyone)


def mentionable(circle: Circle, guild: Mapping[str, Any]) -> bool:
    """Whether anybody may mention its facilitators' role."""
    return any(role["id"] == circle.home.role and role.get("mentionable") for role in guild["roles"])


def _row(what: str, where: str, granted: discord.Permissions, needed: Mapping[str, str]) -> list[str]:
    names = [name for attribute, name in needed.items() if not getattr(granted, attribute)]
    return [f"{', '.join(names)} {where}, for {what}"] if names else []
