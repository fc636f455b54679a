"""Everything that exists in the sandbox, kept as it changes, and told to whoever listens."""

import base64
import secrets
from collections.abc import Callable
from typing import Any

from sandbox import keeping
from sandbox.entities import Application, Channel, Message, Role, User
from sandbox.guilds import Guild, Member
from sandbox.locales import PEOPLES, known
from sandbox.permissions import EVERYONE, IN_DM, Permission
from sandbox.snowflakes import Now, Snowflakes, iso, machine_time
from sandbox.store import Store
from sandbox.threads import Thread

__all__ = ["Application", "Channel", "Guild", "Member", "Message", "Role", "Thread", "User", "World"]

Listener = Callable[[str, Any, dict[str, Any]], None]  # event, what it concerns, data


class World:
    """Users, applications, guilds, channels, messages and commands."""

    def __init__(self, store: Store, now: Now = machine_time) -> None:
        self.ids = Snowflakes(now)
        self.store = store
        self.users: dict[str, User] = {}
        self.applications: dict[str, Application] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.dms: dict[frozenset[str], Channel] = {}
        self.commands: dict[str, dict[str, Any]] = {}
        self.tokens: dict[str, Application] = {}
        self.listeners: list[Listener] = []
        keeping.load(self)

    def now(self) -> str:
        """The world's present, as Discord writes it."""
        return iso(self.ids.now())

    def add_user(self, name: str, *, scripted: bool = False, locale: str = PEOPLES) -> User:
        """A new person, whose Discord has this language. Raises Refused where there is no such one."""
        user = User(self.ids.next(), name, scripted=scripted, locale=locale)
        self.users[user.id] = user
        keeping.save_user(self, user)
        self.tell(None, "WORLD", {})
        return user

    def speak(self, user: User, locale: str) -> None:
        """Someone's Discord has another language from now on. Raises Refused where there is no such one."""
        user.locale = known(locale)
        keeping.save_user(self, user)
        self.tell(None, "WORLD", {})

    def add_application(self, name: str, *, privileged: int = 0) -> Application:
        """A new bot, with a token that is its own for good."""
        bot = User(self.ids.next(), name, bot=True)
        head = base64.urlsafe_b64encode(bot.id.encode()).decode().rstrip("=")
        token = f"{head}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(27)}"
        application = Application(bot.id, name, token, bot, privileged)
        self.know(application)
        keeping.save_application(self, application)
        return application

    def install(self, application: Application, user: User) -> None:
        """Someone takes an app as their own: what it offers for that goes with them everywhere."""
        application.installed_by.add(user.id)
        keeping.save_application(self, application)
        self.tell(None, "WORLD", {})

    def know(self, application: Application) -> None:
        """Takes an application up."""
        self.users[application.id] = application.bot
        self.applications[application.id] = application
        self.tokens[application.token] = application

    def add_guild(self, name: str, owner: User) -> Guild:
        """A new server with its owner in it."""
        guild = Guild(self.ids.next(), name, owner, self)
        guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE, 0)
        self.guilds[guild.id] = guild
        guild.add_member(owner)
        return guild

    def find_guild(self, name: str) -> Guild | None:
        """By name."""
        return next((guild for guild in self.guilds.values() if guild.name == name), None)

    def find_user(self, name: str) -> User | None:
        """A person, by name."""
        return next((user for user in self.users.values() if user.name == name and not user.bot), None)

    def find_application(self, name: str) -> Application | None:
        """By name."""
        return next((app for app in self.applications.values() if app.name == name), None)

    def dm(self, one: User, other: User) -> Channel:
        """The direct-message channel of two, made where there is none yet."""
        key = frozenset((one.id, other.id))
        channel = self.dms.get(key)
        if channel is None:
            channel = Channel(self.ids.next(), recipients=(one, other))
            self.dms[key] = self.channels[channel.id] = channel
            keeping.save_dm(self, channel)
            self.tell(channel, "CHANNEL_CREATE", channel.json())
        return channel

    def permissions_in(self, user: User, channel: Channel) -> int:
        """What a user may do in a channel."""
        if channel.guild is None:
            return IN_DM if user in channel.recipients else 0
        if isinstance(channel, Thread) and not channel.open_to(user):
            return 0
        return channel.guild.permissions_of(user, channel)

    def sees(self, user: User, channel: Channel) -> bool:
        """Whether a user sees a channel."""
        return bool(self.permissions_in(user, channel) & Permission.VIEW_CHANNEL)

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel, oldest first; ephemeral ones are not among them."""
        return [message for message in channel.messages.values() if not message.ephemeral]

    def tell(self, about: object, event: str, data: dict[str, Any]) -> None:
        """Tells everyone who listens."""
        for listener in self.listeners:
            listener(event, about, data)

    def guild_joined(self, application: Application, guild: Guild) -> None:
        """A bot was invited."""
        self.tell(guild, "GUILD_CREATE", {"only": application.id, **guild.create_json(application.bot)})

    def guild_left(self, bot: User, guild: Guild) -> None:
        """A bot was removed."""
        self.tell(guild, "GUILD_DELETE", {"only": bot.id, "id": guild.id})

    def save_guild(self, guild: Guild) -> None:
        """Keeps a guild as it stands."""
        keeping.save_guild(self, guild)

    def save_thread(self, thread: Thread) -> None:
        """Keeps a thread as it stands."""
        keeping.save_thread(self, thread)
