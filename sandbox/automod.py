"""AutoMod: keyword rules that hold a message back or tell of it, with the events that bots hear."""

import re
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.entities import Channel, Message, User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import blocked_by_automod, invalid
from sandbox.world import World

AUTOMOD_NOTE = 24  # message type
BLOCK, ALERT, TIMEOUT = 1, 2, 3  # action types
KEYWORD = 1  # trigger type
MOST_KEYWORD_RULES = 6  # per guild (docs: Auto Moderation, Trigger Limits)


class Placing(Protocol):
    """How a message comes to stand in a channel, past all checks."""

    def __call__(self, author: User, channel: Channel, body: dict[str, Any], *, message: Message) -> Message:
        """The message, placed."""
        ...


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


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that a message met, the keyword by which it did, and the words that this matched."""

    rule: dict[str, Any]
    word: str
    matched: str

    @property
    def blocks(self) -> bool:
        """Whether the message is held back."""
        return any(action["type"] == BLOCK for action in self.rule["actions"])


def met(author: User, channel: Channel, content: str) -> list[Met]:
    """The rules that a person's message meets; those who manage the server meet none."""
    guild = channel.guild
    if guild is None or guild.permissions_of(author) & Permission.MANAGE_GUILD:
        return []
    applying = (rule for rule in guild.automod.values() if _applies(rule, guild, author, channel))
    found = ((rule, _matched(rule, content)) for rule in applying)
    return [Met(rule, *words) for rule, words in found if words is not None]


def act(world: World, rules: list[Met], message: Message, place: Placing) -> None:
    """Tells of every action; where one blocks, the message was never placed. Raises Refused (200000)."""
    blocked = any(each.blocks for each in rules)
    for each in rules:
        for action in each.rule["actions"]:
            alert = _alert(world, each, action, message, place) if action["type"] == ALERT else None
            _tell(world, each, action, message, alert, blocked=blocked)
    if blocked:
        raise blocked_by_automod()


def _alert(
    world: World, found: Met, action: dict[str, Any], message: Message, place: Placing
) -> Message | None:
    """Discord's own note in the channel that the rule names."""
    channel = world.channels.get(str((action.get("metadata") or {}).get("channel_id")))
    if channel is None:
        return None
    note = Message(world.ids.next(), channel, message.author)
    note.kind = AUTOMOD_NOTE
    fields = {"rule_name": found.rule["name"], "channel_id": message.channel.id, "keyword": found.word}
    embed = {
        "type": "auto_moderation_message",
        "description": message.content,
        "fields": [{"name": name, "value": value, "inline": False} for name, value in fields.items()],
    }
    return place(message.author, channel, {"embeds": [embed]}, message=note)


def _applies(rule: dict[str, Any], guild: Guild, author: User, channel: Channel) -> bool:
    return (
        rule["enabled"]
        and rule["trigger_type"] == KEYWORD
        and not {channel.id, channel.home.id} & set(rule["exempt_channels"])
        and not guild.members[author.id].roles & set(rule["exempt_roles"])
    )


def _matched(rule: dict[str, Any], content: str) -> tuple[str, str] | None:
    """The keyword or pattern that matches, and the words that it matches."""
    given = rule["trigger_metadata"]
    if any(_pattern(word).search(content) for word in given.get("allow_list") or ()):
        return None
    for word in given.get("keyword_filter") or ():
        if found := _pattern(word).search(content):
            return str(word), found[0]
    for pattern in given.get("regex_patterns") or ():
        if found := re.search(pattern, content, re.IGNORECASE):
            return str(pattern), found[0]
    return None


def _pattern(word: str) -> re.Pattern[str]:
    """A keyword as Discord takes it: whole words, any case; `*` at an end lets the word go on there."""
    start = r"\w*" if word.startswith("*") else r"(?<!\w)"
    end = r"\w*" if word.endswith("*") else r"(?!\w)"
    return re.compile(start + re.escape(word.strip("*")) + end, re.IGNORECASE)


def _tell(
    world: World,
    found: Met,
    action: dict[str, Any],
    message: Message,
    alert: Message | None,
    *,
    blocked: bool,
) -> None:
    data = {
        "guild_id": found.rule["guild_id"],
        "action": action,
        "rule_id": found.rule["id"],
        "rule_trigger_type": found.rule["trigger_type"],
        "user_id": message.author.id,
        "channel_id": message.channel.id,
        "content": message.content,
        "matched_keyword": found.word,
        "matched_content": found.matched,
    }
    if not blocked:
        data["message_id"] = message.id
    if alert is not None:
        data["alert_system_message_id"] = alert.id
    world.tell(message.channel.guild, "AUTO_MODERATION_ACTION_EXECUTION", data)
