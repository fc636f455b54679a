"""A guild: its members, roles and channels, and who may do what where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox import permissions
from sandbox.entities import Application, Channel, Role, User
from sandbox.locales import SERVERS, known
from sandbox.permissions import Permission
from sandbox.shapes import GUILD
from sandbox.threads import PRIVATE, PUBLIC, Thread

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    roles: set[str]
    joined_at: str
    timed_out_until: str | None = None

    def json(self) -> dict[str, Any]:
        """Discord's guild member object."""
        return {
            "user": self.user.json(),
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": sorted(self.roles, key=int),
            "joined_at": self.joined_at,
            "premium_since": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "communication_disabled_until": self.timed_out_until,
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Guild:
    """A server. Changes are kept and told to the bots and the page."""

    id: str
    name: str
    owner: User
    world: "World" = field(repr=False)
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    automod: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    preferred_locale: str = SERVERS

    @property
    def default_role(self) -> Role:
        """@everyone, whose id is the guild's."""
        return self.roles[self.id]

    def add_role(self, name: str, permissions: int = 0, *, mentionable: bool = False) -> Role:
        """A new role."""
        role = Role(self.world.ids.next(), name, permissions, len(self.roles), mentionable)
        self.roles[role.id] = role
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_ROLE_CREATE", {"guild_id": self.id, "role": role.json()})
        return role

    def add_text_channel(
        self, name: str, *, topic: str = "", private_to: Iterable[Role | User] | None = None
    ) -> Channel:
        """A new channel; `private_to` are the only ones who see it (and those who administrate)."""
        channel = Channel(self.world.ids.next(), name, topic=topic, guild=self, position=len(self.channels))
        if private_to is not None:
            channel.overwrites[self.id] = (0, 0, int(Permission.VIEW_CHANNEL))
            for each in private_to:
                kind = 0 if isinstance(each, Role) else 1
                channel.overwrites[each.id] = (kind, int(Permission.VIEW_CHANNEL), 0)
        return self._added(channel)

    def add_voice_channel(self, name: str) -> Channel:
        """A new channel to speak in; nobody speaks here."""
        position = len(self.channels)
        return self._added(Channel(self.world.ids.next(), name, guild=self, position=position, voice=True))

    def _added(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.world.channels[channel.id] = channel
        self.channel_changed(channel, "CHANNEL_CREATE")
        return channel

    def channel_changed(self, channel: Channel, event: str) -> None:
        """Keeps and tells a change of a channel."""
        self.world.save_guild(self)
        self.world.tell(self, event, channel.json())

    def channel_gone(self, channel: Channel) -> None:
        """Takes a channel away."""
        for thread in [each for each in self.threads.values() if each.parent is channel]:
            self._forget(thread)
        self.channels.pop(channel.id, None)
        self.world.channels.pop(channel.id, None)
        self.channel_changed(channel, "CHANNEL_DELETE")

    def add_thread(
        self,
        parent: Channel,
        name: str,
        *,
        owner: User,
        members: Iterable[User] = (),
        private: bool = True,
        **options: Any,
    ) -> Thread:
        """A new thread beneath a channel with its owner and `members` in it; `options` are Thread's own."""
        kind = PRIVATE if private else PUBLIC
        id_ = self.world.ids.next()
        thread = Thread(id=id_, name=name, guild=self, parent=parent, owner=owner, kind=kind, **options)
        thread.members[owner.id] = self.world.now()
        self.threads[thread.id] = self.world.channels[thread.id] = thread
        self.world.save_thread(thread)
        self.world.tell(thread, "THREAD_CREATE", {**thread.json(), "newly_created": True})
        thread.tell_members(added=[owner.id])
        for each in members:
            thread.add(each)
        return thread

    def thread_gone(self, thread: Thread) -> None:
        """Takes a thread away."""
        self._forget(thread)
        data = {"id": thread.id, "guild_id": self.id, "parent_id": thread.parent.id, "type": thread.kind}
        self.world.tell(thread, "THREAD_DELETE", data)

    def _forget(self, thread: Thread) -> None:
        self.threads.pop(thread.id, None)
        self.world.channels.pop(thread.id, None)
        self.world.store.delete("thread", thread.id)

    def add_member(self, user: User, roles: Iterable[Role] = ()) -> Member:
        """Someone comes in, or gets further roles."""
        member = self.members.setdefault(user.id, Member(user, set(), self.world.now()))
        member.roles.update(role.id for role in roles)
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_MEMBER_ADD", {"guild_id": self.id, **member.json()})
        return member

    def remove_member(self, user: User) -> None:
        """Someone leaves; a bot that leaves no longer sees the guild."""
        if self.members.pop(user.id, None) is None:
            return
        for thread in self.threads.values():
            thread.remove(user)
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_MEMBER_REMOVE", {"guild_id": self.id, "user": user.json()})
        if user.bot:
            self.world.guild_left(user, self)

    def set_roles(self, user: User, roles: Iterable[Role]) -> None:
        """These roles and no others."""
        member = self.members[user.id]
        member.roles = {role.id for role in roles}
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_MEMBER_UPDATE", {"guild_id": self.id, **member.json()})

    def time_out(self, user: User, until: str | None) -> None:
        """Someone may only look on until then; None ends it."""
        member = self.members[user.id]
        member.timed_out_until = until
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_MEMBER_UPDATE", {"guild_id": self.id, **member.json()})

    def is_timed_out(self, user: User) -> bool:
        """Whether someone may only look on now; never owners and administrators (docs: Permissions)."""
        member = self.members.get(user.id)
        if member is None or member.timed_out_until is None or member.timed_out_until <= self.world.now():
            return False
        return not self._everything(user)

    def rank(self, user: User) -> int:
        """How high their highest role stands; the owner stands above all."""
        if user is self.owner:
            return len(self.roles) + 1
        return max((self.roles[id_].position for id_ in self.members[user.id].roles), default=0)

    def grant(self, role: Role, permissions: int) -> None:
        """A role holds these permissions, too."""
        role.permissions |= permissions
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_ROLE_UPDATE", {"guild_id": self.id, "role": role.json()})

    def prefer(self, locale: str) -> None:
        """The server has another language from now on. Raises Refused where there is no such one."""
        self.preferred_locale = known(locale)
        self.world.save_guild(self)
        self.world.tell(self, "GUILD_UPDATE", self.json())

    def invite(self, application: Application, permissions: int) -> None:
        """Lets a bot in, with a role of its own that holds these permissions."""
        role = self.add_role(application.name, permissions)
        self.add_member(application.bot, [role])
        self.world.guild_joined(application, self)

    def find_role(self, name: str) -> Role | None:
        """By name."""
        return next((role for role in self.roles.values() if role.name == name), None)

    def find_channel(self, name: str) -> Channel | None:
        """By name."""
        return next((channel for channel in self.channels.values() if channel.name == name), None)

    def find_thread(self, name: str) -> Thread | None:
        """By name."""
        return next((thread for thread in self.threads.values() if thread.name == name), None)

    def permissions_of(self, user: User, channel: Channel | None = None) -> int:
        """What a user may do in the guild, or in one of its channels; 0 for who is no member.

        In a thread it is what the parent gives; World.sees says whether a private one is there for them.
        """
        member = self.members.get(user.id)
        if member is None:
            return 0
        found = self._base(user)
        left = permissions.TIMED_OUT if self.is_timed_out(user) else permissions.ALL
        if channel is None:
            return found & left
        given = {id_: (allow, deny) for id_, (_, allow, deny) in channel.home.overwrites.items()}
        theirs = [given[id_] for id_ in member.roles if id_ in given]
        own, sending = given.get(user.id), channel.sending
        return left & permissions.overwritten(found, given.get(self.id), theirs, own, sending=sending)

    def _base(self, user: User) -> int:
        roles = [self.roles[id_].permissions for id_ in self.members[user.id].roles if id_ in self.roles]
        return permissions.base(self.default_role.permissions, roles, owner=user is self.owner)

    def _everything(self, user: User) -> bool:
        return bool(self._base(user) & Permission.ADMINISTRATOR)

    def json(self) -> dict[str, Any]:
        """Discord's guild object, as GET /guilds/{id} gives it."""
        roles = [role.json() for role in self.roles.values()]
        own = {"owner_id": self.owner.id, "preferred_locale": self.preferred_locale, "roles": roles}
        return {**GUILD, "id": self.id, "name": self.name, **own}

    def mine_json(self, user: User) -> dict[str, Any]:
        """As GET /users/@me/guilds gives it to someone in it."""
        own = {"owner": user is self.owner, "permissions": str(self.permissions_of(user))}
        return {"id": self.id, "name": self.name, "icon": None, "banner": None, "features": [], **own}

    def create_json(self, bot: User) -> dict[str, Any]:
        """As GUILD_CREATE gives it to a bot without the members intent."""
        return {
            **self.json(),
            "joined_at": self.members[bot.id].joined_at,
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [self.members[bot.id].json()],
            "channels": [channel.json() for channel in self.channels.values()],
            "threads": [
                thread.json_for(bot)
                for thread in self.threads.values()
                if not thread.archived and self.world.sees(bot, thread)
            ],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": list(self.events.values()),
            "soundboard_sounds": [],
        }
