"""AutoMod: keyword rules that hold a message back or tell of it, with the events that bots hear."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sandbox.entities import Channel, Message, User
from sandbox.guilds import Guild
from sandbox.permissions import Permission
from sandbox.refusals import blocked_by_automod, invalid
from sandbox.validation import Fault, length
from sandbox.world import World

AUTOMOD_NOTE = 24  # message type
BLOCK, ALERT, TIMEOUT = 1, 2, 3  # action types
KEYWORD = 1  # trigger type
MOST_KEYWORD_RULES = 6  # per guild (docs: Auto Moderation, Trigger Limits)
MOST_ACTIONS = 5
LONGEST_EXPLANATION = 150  # characters of `custom_message`
LISTS = {
    "keyword_filter": (1000, 60),
    "regex_patterns": (10, 260),
    "allow_list": (100, 60),
}  # how many, how long
INTO_CHANNEL = (
    Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
)  # what an alert's channel needs of its maker


class Placing(Protocol):
    """How a message comes to stand in a channel, past all checks."""

    def __call__(self, author: User, channel: Channel, body: dict[str, Any], *, message: Message) -> Message:
        """The message, placed."""
        ...


def checked(body: dict[str, Any], guild: Guild, by: User) -> dict[str, Any]:
    """A rule as it is kept; `by` is the bot that makes or changes it. Raises Refused (50035)."""
    faults: list[Fault] = []
    name = body.get("name") or ""
    if not 1 <= len(name) <= 100:
        faults.append(("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    if not body.get("actions"):
        faults.append(("actions", "BASE_TYPE_REQUIRED", "This field is required"))
    if body.get("trigger_type") not in (1, 3, 4, 5, 6):
        faults.append(("trigger_type", "BASE_TYPE_CHOICES", "Value must be one of {1, 3, 4, 5, 6}."))
    faults += [*_trigger_faults(body.get("trigger_metadata") or {}), *_exempt_faults(body)]
    faults += _action_faults(body.get("actions") or (), guild, by)
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


def _trigger_faults(given: dict[str, Any]) -> Iterator[Fault]:
    for name, (most, longest) in LISTS.items():
        words = given.get(name) or ()
        if len(words) > most:
            yield f"trigger_metadata.{name}", "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
        for number, word in enumerate(words):
            yield from length(f"trigger_metadata.{name}.{number}", word, 1, longest)
    for number, pattern in enumerate(given.get("regex_patterns") or ()):
        if not _compiles(pattern):
            path = f"trigger_metadata.regex_patterns.{number}"
            yield path, "AUTO_MODERATION_INVALID_REGEX", "The pattern is no regular expression."


def _compiles(pattern: str) -> bool:
    """Rust's expressions have no look-around and no back-references; for the rest Python's will do."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return not re.search(r"\(\?<?[=!]|\\[1-9]|\(\?P=", pattern)


def _exempt_faults(body: dict[str, Any]) -> Iterator[Fault]:
    for name, most in (("exempt_roles", 20), ("exempt_channels", 50)):
        ids = body.get(name) or ()
        if len(ids) > most:
            yield name, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
        if len(ids) != len(set(ids)):
            yield name, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value."


def _action_faults(actions: Sequence[dict[str, Any]], guild: Guild, by: User) -> Iterator[Fault]:
    if len(actions) > MOST_ACTIONS:
        yield "actions", "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_ACTIONS} or fewer in length."
    for number, action in enumerate(actions):
        given, path = action.get("metadata") or {}, f"actions.{number}.metadata"
        if action["type"] == BLOCK and given.get("custom_message") is not None:
            yield from length(f"{path}.custom_message", given["custom_message"], 0, LONGEST_EXPLANATION)
        if action["type"] == ALERT:
            channel = guild.channels.get(str(given.get("channel_id")))
            allowed = guild.permissions_of(by, channel) if channel is not None else 0
            if allowed & INTO_CHANNEL != INTO_CHANNEL:
                code = "INVALID_AUTO_MODERATION_CHANNEL_FLAG_ACTION_ACCESS"
                yield f"{path}.channel_id", code, "The channel is not there, or out of reach."


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
        raise blocked_by_automod(_shown(rules))


def _shown(rules: Sequence[Met]) -> str:
    """What the author reads: the words of the first rule that has any."""
    given = (action.get("metadata") or {} for each in rules for action in each.rule["actions"])
    return next((str(each["custom_message"]) for each in given if each.get("custom_message")), "")


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
