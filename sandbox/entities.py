"""Users, applications, roles, channels and messages, each in Discord's own JSON shape."""

import colorsys
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.locales import PEOPLES, known
from sandbox.permissions import Permission
from sandbox.shapes import APPLICATION, VOICE_CHANNEL
from sandbox.snowflakes import iso, made_at

if TYPE_CHECKING:
    from sandbox.guilds import Guild

TEXT, DM, VOICE = 0, 1, 2  # channel types
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SILENT = 1 << 12
COMPONENTS_V2 = 1 << 15
FLAGS = {1 << 8: 1 << 13, 1 << 1: 1 << 15, 1 << 15: 1 << 19}  # privileged intents as an application's flags


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot. `scripted`: a program acts for this person; `locale`: their Discord's language."""

    id: str
    name: str
    bot: bool = False
    scripted: bool = False
    locale: str = PEOPLES

    def __post_init__(self) -> None:
        known(self.locale)

    def json(self) -> dict[str, Any]:
        """Discord's user object."""
        return {
            "id": self.id,
            "username": self.name.lower().replace(" ", "_"),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }

    @property
    def color(self) -> str:
        """A calm colour of their own, for the page."""
        hue = int(hashlib.sha256(self.id.encode()).hexdigest()[:4], 16) / 0xFFFF
        red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, 0.38, 0.35))
        return f"#{red:02x}{green:02x}{blue:02x}"


@dataclass(slots=True, eq=False)
class Application:
    """A bot with its token; the application's id is its user's."""

    id: str
    name: str
    token: str = field(repr=False)
    bot: User
    privileged: int = 0  # those of the privileged intents that its owner has switched on, as intent bits
    installed_by: set[str] = field(default_factory=set)  # people who have it as their own app, by id

    def json(self) -> dict[str, Any]:
        """Discord's application object."""
        flags = sum(flag for intent, flag in FLAGS.items() if self.privileged & intent)
        return {
            **APPLICATION,
            "id": self.id,
            "name": self.name,
            "owner": User("1", "Operator").json(),
            "bot": self.bot.json(),
            "flags": flags,
            "flags_new": str(flags),
        }


@dataclass(slots=True, eq=False)
class Role:
    """A role of a guild."""

    id: str
    name: str
    permissions: int
    position: int
    mentionable: bool = False  # by anybody

    def json(self) -> dict[str, Any]:
        """Discord's role object."""
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "unicode_emoji": None,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": self.position,
            "permissions": str(self.permissions),
            "managed": False,
            "mentionable": self.mentionable,
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Channel:
    """A text or voice channel of a guild, or a direct-message channel between a person and a bot."""

    id: str
    name: str = ""
    topic: str = ""
    guild: "Guild | None" = None
    overwrites: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # id: type, allow, deny
    recipients: tuple[User, ...] = ()
    position: int = 0
    messages: dict[str, "Message"] = field(default_factory=dict, repr=False)  # in the order of their ids
    voice: bool = False
    last_message_id: str | None = None  # of those that all see; stays where that one is deleted (Discord)
    rate_limit_per_user: int = 0  # seconds between two messages of one person

    @property
    def home(self) -> "Channel":
        """The channel whose overwrites count here: this one; a thread's is its parent."""
        return self

    @property
    def sending(self) -> Permission:
        """What one needs to write here."""
        return Permission.SEND_MESSAGES

    def keep(self, message: "Message") -> None:
        """Puts a message at the end."""
        self.messages[message.id] = message
        if not message.ephemeral and int(message.id) > int(self.last_message_id or 0):
            self.last_message_id = message.id

    def json(self) -> dict[str, Any]:
        """Discord's channel object; a DM's recipient is the one who is not the bot."""
        shared = {"id": self.id, "last_message_id": self.last_message_id, "flags": 0}
        if self.guild is None:
            people = [user.json() for user in self.recipients if not user.bot]
            return {**shared, "type": DM, "recipients": people}
        return {
            **shared,
            "type": VOICE if self.voice else TEXT,
            "guild_id": self.guild.id,
            "name": self.name,
            "topic": self.topic or None,
            "position": self.position,
            "parent_id": None,
            "nsfw": False,
            "rate_limit_per_user": self.rate_limit_per_user,
            "permission_overwrites": [
                {"id": id_, "type": kind, "allow": str(allow), "deny": str(deny)}
                for id_, (kind, allow, deny) in self.overwrites.items()
            ],
            **(VOICE_CHANNEL if self.voice else {}),
        }

    def overwrite(self, target: "Role | User", *, allow: int = 0, deny: int = 0) -> None:
        """Sets what a role or a person may do here in particular."""
        kind = 0 if isinstance(target, Role) else 1
        self.overwrites[target.id] = (kind, allow, deny)
        self._changed("CHANNEL_UPDATE")

    def delete(self) -> None:
        """The channel and all that stands in it go."""
        if self.guild is not None:
            self.guild.channel_gone(self)

    def _changed(self, event: str) -> None:
        if self.guild is not None:
            self.guild.channel_changed(self, event)


@dataclass(slots=True, eq=False)
class Message:
    """A message, sent when its id was made. `owner`: the only person who sees it, where it is ephemeral."""

    id: str
    channel: Channel
    author: User
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    timestamp: str = ""
    edited_timestamp: str | None = None
    nonce: str | int | None = None
    mentions: list[dict[str, Any]] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    kind: int = 0
    pinned: bool = False
    application_id: str | None = None
    interaction_metadata: dict[str, Any] | None = None
    reference: dict[str, Any] | None = None
    owner: User | None = None

    def __post_init__(self) -> None:
        self.timestamp = self.timestamp or iso(made_at(self.id))

    @property
    def ephemeral(self) -> bool:
        """Seen by one person alone."""
        return bool(self.flags & EPHEMERAL)

    @property
    def silent(self) -> bool:
        """Rings nobody's phone."""
        return bool(self.flags & SILENT)

    def json(self) -> dict[str, Any]:
        """Discord's message object."""
        body: dict[str, Any] = {
            "id": self.id,
            "channel_id": self.channel.id,
            "author": self.author.json(),
            "content": self.content,
            "timestamp": self.timestamp,
            "edited_timestamp": self.edited_timestamp,
            "tts": False,
            "mention_everyone": self.mention_everyone,
            "mentions": self.mentions,
            "mention_roles": self.mention_roles,
            "attachments": self.attachments,
            "embeds": self.embeds,
            "components": self.components,
            "pinned": self.pinned,
            "type": self.kind,
            "flags": self.flags,
        }
        optional = {
            "nonce": self.nonce,
            "application_id": self.application_id,
            "webhook_id": self.application_id if self.interaction_metadata else None,
            "interaction_metadata": self.interaction_metadata,
            "message_reference": self.reference,
        }
        return body | {name: value for name, value in optional.items() if value is not None}
