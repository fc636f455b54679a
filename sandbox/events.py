"""Which gateway events exist, which intents they need, and whom they concern."""

from typing import Any

from sandbox.entities import Application, Channel, Message
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.threads import Thread
from sandbox.world import World

GUILDS, MEMBERS, MESSAGES, DM_MESSAGES = 1 << 0, 1 << 1, 1 << 9, 1 << 12
SCHEDULED_EVENTS, AUTOMOD_CONFIG, AUTOMOD_EXECUTION = 1 << 16, 1 << 20, 1 << 21

_INTENTS = {  # docs: Gateway, List of Intents
    "GUILD_CREATE": GUILDS,
    "GUILD_UPDATE": GUILDS,
    "GUILD_DELETE": GUILDS,
    "GUILD_ROLE_CREATE": GUILDS,
    "GUILD_ROLE_UPDATE": GUILDS,
    "GUILD_ROLE_DELETE": GUILDS,
    "CHANNEL_CREATE": GUILDS,
    "CHANNEL_UPDATE": GUILDS,
    "CHANNEL_DELETE": GUILDS,
    "THREAD_CREATE": GUILDS,
    "THREAD_UPDATE": GUILDS,
    "THREAD_DELETE": GUILDS,
    "THREAD_MEMBERS_UPDATE": GUILDS | MEMBERS,
    "GUILD_MEMBER_ADD": MEMBERS,
    "GUILD_MEMBER_UPDATE": MEMBERS,
    "GUILD_MEMBER_REMOVE": MEMBERS,
    "GUILD_SCHEDULED_EVENT_CREATE": SCHEDULED_EVENTS,
    "GUILD_SCHEDULED_EVENT_UPDATE": SCHEDULED_EVENTS,
    "GUILD_SCHEDULED_EVENT_DELETE": SCHEDULED_EVENTS,
    "AUTO_MODERATION_RULE_CREATE": AUTOMOD_CONFIG,
    "AUTO_MODERATION_RULE_UPDATE": AUTOMOD_CONFIG,
    "AUTO_MODERATION_RULE_DELETE": AUTOMOD_CONFIG,
    "AUTO_MODERATION_ACTION_EXECUTION": AUTOMOD_EXECUTION,
}


def needed_intents(event: str, about: Any) -> int | None:
    """The intents of which a bot needs one; None for what no bot hears."""
    if event.startswith("MESSAGE_"):
        if not isinstance(about, Message) or about.ephemeral:
            return None
        return MESSAGES if about.channel.guild is not None else DM_MESSAGES
    if event == "CHANNEL_CREATE" and isinstance(about, Channel) and about.guild is None:
        return None  # no longer sent for direct messages (API v8)
    return _INTENTS.get(event)


def concerns(about: Any, data: dict[str, Any]) -> tuple[str | None, str | None]:
    """The guild's id (None: a direct message) and the only application that is to hear it (None: all)."""
    if isinstance(about, Message):
        about = about.channel
    if isinstance(about, Channel):
        about = about.guild
    return (about.id if isinstance(about, Guild) else None), data.get("only")


def may_hear(
    world: World, application: Application, intents: int, event: str, about: Any, data: dict[str, Any]
) -> bool:
    """Messages and threads need a place that one sees; AutoMod's events the right to manage the server."""
    if isinstance(about, Message):
        return world.sees(application.bot, about.channel)
    if isinstance(about, Thread):
        if event == "THREAD_MEMBERS_UPDATE" and not intents & MEMBERS:
            return _comes_or_goes(application.bot.id, data)
        return world.sees(application.bot, about) or _comes_or_goes(application.bot.id, data)
    if event.startswith("AUTO_MODERATION_"):
        return bool(about.permissions_of(application.bot) & Permission.MANAGE_GUILD)
    return True


def _comes_or_goes(id_: str, data: dict[str, Any]) -> bool:
    """Whether THREAD_MEMBERS_UPDATE tells of oneself, which needs no intent (docs: Thread Members Update)."""
    came = [each["user_id"] for each in data.get("added_members", ())]
    return id_ in (*came, *data.get("removed_member_ids", ()))
