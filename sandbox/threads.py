"""Threads beneath a text channel: who is in one, and Discord's own JSON shape of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.entities import Channel, User
from sandbox.permissions import Permission
from sandbox.snowflakes import iso, made_at

if TYPE_CHECKING:
    from sandbox.guilds import Guild

PUBLIC, PRIVATE = 11, 12  # channel types
DURATIONS = (60, 1440, 4320, 10080)  # minutes of silence after which Discord archives
MOST_COUNTED = 50  # members; Discord counts no further (docs: Threads, Thread Fields)


@dataclass(slots=True, eq=False, kw_only=True)
class Thread(Channel):
    """A thread. What one may do in it follows from its parent; a private one is there for who is in it.

    Left out of what Discord does: mentioning someone does not add them, no silence archives it, and no note
    of the server's stands in it when someone is added or its name changes.
    """

    guild: "Guild"
    parent: Channel
    owner: User
    kind: int = PRIVATE
    members: dict[str, str] = field(default_factory=dict)  # user's id: when they came in
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_duration: int = 4320  # minutes
    archive_timestamp: str = ""
    sent: int = 0  # messages, those that were deleted among them

    def __post_init__(self) -> None:
        self.archive_timestamp = self.archive_timestamp or iso(made_at(self.id))

    @property
    def private(self) -> bool:
        """Seen only by who is in it, and by those who manage threads."""
        return self.kind == PRIVATE

    @property
    def home(self) -> Channel:
        """The parent."""
        return self.parent

    @property
    def sending(self) -> Permission:
        """What one needs to write here."""
        return Permission.SEND_MESSAGES_IN_THREADS

    def open_to(self, user: User) -> bool:
        """Whether someone who sees the parent sees the thread too."""
        managing = self.guild.permissions_of(user, self) & Permission.MANAGE_THREADS
        return not self.private or user.id in self.members or bool(managing)

    def json(self) -> dict[str, Any]:
        """Discord's channel object of a thread."""
        return {
            "id": self.id,
            "type": self.kind,
            "guild_id": self.guild.id,
            "parent_id": self.parent.id,
            "owner_id": self.owner.id,
            "name": self.name,
            "last_message_id": self.last_message_id,
            "rate_limit_per_user": self.rate_limit_per_user,
            "flags": 0,
            "message_count": sum(not message.ephemeral for message in self.messages.values()),
            "member_count": min(len(self.members), MOST_COUNTED),
            "total_message_sent": self.sent,
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": self.archive_timestamp,
                "auto_archive_duration": self.auto_archive_duration,
                "locked": self.locked,
                "create_timestamp": iso(made_at(self.id)),
                **({"invitable": self.invitable} if self.private else {}),
            },
        }

    def json_for(self, user: User) -> dict[str, Any]:
        """The same with `member`, where the one who is told is in the thread."""
        return {**self.json(), **({"member": self.member_json(user.id)} if user.id in self.members else {})}

    def member_json(self, user_id: str, *, whole: bool = False) -> dict[str, Any]:
        """Discord's thread member object; `whole`: with the guild's own object of the member."""
        body = {"id": self.id, "user_id": user_id, "join_timestamp": self.members[user_id], "flags": 0}
        return {**body, "member": self.guild.members[user_id].json()} if whole else body

    def add(self, user: User) -> None:
        """Someone comes in; who is in already stays."""
        if user.id in self.members:
            return
        self.members[user.id] = self.guild.world.now()
        self._keep()
        if user.bot:
            self.guild.world.tell(self, "THREAD_CREATE", {"only": user.id, **self.json_for(user)})
        self.tell_members(added=[user.id])

    def remove(self, user: User) -> None:
        """Someone goes out."""
        if self.members.pop(user.id, None) is None:
            return
        self._keep()
        self.tell_members(removed=[user.id])

    def change(self, **what: Any) -> None:
        """These fields become that."""
        if what.get("archived", self.archived) != self.archived or "auto_archive_duration" in what:
            self.archive_timestamp = self.guild.world.now()
        for name, value in what.items():
            setattr(self, name, value)
        self._keep()
        self.guild.world.tell(self, "THREAD_UPDATE", self.json())

    def received(self) -> None:
        """A message stands here now: it wakes an archived thread, unless that is locked."""
        self.sent += 1
        if self.archived and not self.locked:
            self.change(archived=False)
        else:
            self._keep()

    def delete(self) -> None:
        """The thread and all that stands in it go."""
        self.guild.thread_gone(self)

    def tell_members(self, *, added: Sequence[str] = (), removed: Sequence[str] = ()) -> None:
        """Tells who came and who went."""
        data = {
            "id": self.id,
            "guild_id": self.guild.id,
            "member_count": min(len(self.members), MOST_COUNTED),
            "added_members": [{**self.member_json(id_, whole=True), "presence": None} for id_ in added],
            "removed_member_ids": list(removed),
        }
        self.guild.world.tell(self, "THREAD_MEMBERS_UPDATE", data)

    def _keep(self) -> None:
        self.guild.world.save_thread(self)
