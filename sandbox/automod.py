"""AutoMod: keyword rules that hold a message back or tell of it, with the events that bots hear."""

import fnmatch
import re
from typing import Any

from sandbox.entities import Channel, User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import blocked_by_automod, invalid
from sandbox.world import World

BLOCK, ALERT, TIMEOUT = 1, 2, 3  # action types
KEYWORD = 1  # trigger type
MOST_KEYWORD_RULES = 6  # per guild (docs: Auto Moderation, Trigger Limits)


def checked(body: dict[str, Any], guild: Guild) -> dict[str, Any]:
    """A rule as it is kept. Raises Refused (50035)."""
    faults = []
    name = body.get("name") or ""
    if not 1 <= len(name) <= 100:
        faults.append(("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    if not body.get("actions"):
        faults.append(("actions", "BASE_TYPE_REQUIRED", "This field is required"))
    if body.get("trigger_type") not in (1, 3, 4, 5, 6):
        faults.append(("trigger_type", "BASE_TYPE_CHOICES", "Value must be one of {1, 3, 4, 5, 6}."))
    for number, word in enumerate((body.get("trigger_metadata") or {}).get("keyword_filter") or ()):
        if not 1 <= len(word) <= 60:
            path = f"trigger_metadata.keyword_filter.{number}"
            faults.append((path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 60 in length."))
    standing = sum(rule["trigger_type"] == KEYWORD for rule in guild.automod.values())
    if body.get("trigger_type") == KEYWORD and standing >= MOST_KEYWORD_RULES and "id" not in body:
        faults.append(("trigger_type", "AUTO_MODERATION_MAX_RULES", "Maximum number of rules reached"))
    if faults:
        raise invalid(faults)
    defaults = {
        "enabled": False,
        "event_type": 1,
        "exempt_roles": [],
        "exempt_channels": [],
        "trigger_metadata": {},
    }
    return {**defaults, **body, "guild_id": guild.id}


def check(world: World, author: User, channel: Channel, content: str) -> None:
    """Lets a person's message meet the rules. Raises Refused (200000) where one blocks it."""
    guild = channel.guild
    if guild is None or guild.permissions_of(author) & Permission.MANAGE_GUILD:
        return
    blocked = False
    for rule in guild.automod.values():
        word = _matched(rule, content) if _applies(rule, guild, author, channel) else None
        if word is None:
            continue
        for action in rule["actions"]:
            _tell(world, rule, action, author, channel, content, word)
            blocked = blocked or action["type"] == BLOCK
    if blocked:
        raise blocked_by_automod()


def _applies(rule: dict[str, Any], guild: Guild, author: User, channel: Channel) -> bool:
    return (
        rule["enabled"]
        and rule["trigger_type"] == KEYWORD
        and channel.id not in rule["exempt_channels"]
        and not guild.members[author.id].roles & set(rule["exempt_roles"])
    )


def _matched(rule: dict[str, Any], content: str) -> str | None:
    """The keyword that matches, as whole words and with `*` as Discord takes it."""
    given = rule["trigger_metadata"]
    if any(word.lower() in content.lower() for word in given.get("allow_list") or ()):
        return None
    for word in given.get("keyword_filter") or ():
        bare = fnmatch.translate(word.strip("*").lower()).removesuffix(r"\z").removesuffix(r"\Z")
        start, end = ("" if word.startswith("*") else r"\b"), ("" if word.endswith("*") else r"\b")
        if re.search(start + bare + end, content.lower()):
            return str(word)
    for pattern in given.get("regex_patterns") or ():
        if re.search(pattern, content, re.IGNORECASE):
            return str(pattern)
    return None


def _tell(
    world: World,
    rule: dict[str, Any],
    action: dict[str, Any],
    author: User,
    channel: Channel,
    content: str,
    word: str,
) -> None:
    data = {
        "guild_id": rule["guild_id"],
        "action": action,
        "rule_id": rule["id"],
        "rule_trigger_type": rule["trigger_type"],
        "user_id": author.id,
        "channel_id": channel.id,
        "content": content,
        "matched_keyword": word,
        "matched_content": word.strip("*"),
    }
    world.tell(channel.guild, "AUTO_MODERATION_ACTION_EXECUTION", data)
