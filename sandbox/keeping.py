"""How the world is written into the store and read back, entity by entity."""

from typing import TYPE_CHECKING, Any

from sandbox.entities import Application, Channel, Message, Role, User
from sandbox.guilds import Guild, Member
from sandbox.locales import PEOPLES, SERVERS
from sandbox.permissions import IN_THREADS
from sandbox.threads import Thread

if TYPE_CHECKING:
    from sandbox.world import World

THREAD = (  # what is kept of a thread as it stands
    *("id", "name", "kind", "members", "archived", "locked", "invitable"),
    *("auto_archive_duration", "rate_limit_per_user", "archive_timestamp", "sent"),
)


def save_user(world: "World", user: User) -> None:
    """A person."""
    body = {"id": user.id, "name": user.name, "scripted": user.scripted, "locale": user.locale}
    world.store.put("user", user.id, body)


def save_application(world: "World", application: Application) -> None:
    """A bot with its token."""
    body = {
        "id": application.id,
        "name": application.name,
        "token": application.token,
        "privileged": application.privileged,
        "installed_by": sorted(application.installed_by),
    }
    world.store.put("application", application.id, body)


def save_dm(world: "World", channel: Channel) -> None:
    """A direct-message channel."""
    body = {"id": channel.id, "recipients": [user.id for user in channel.recipients]}
    world.store.put("dm", channel.id, body)


def save_command(world: "World", command: dict[str, Any]) -> None:
    """A registered command."""
    world.store.put("command", command["id"], command)


def save_guild(world: "World", guild: Guild) -> None:
    """A guild with its roles, channels and members."""
    if not world.store.keeps:
        return
    body = {
        "id": guild.id,
        "name": guild.name,
        "preferred_locale": guild.preferred_locale,
        "owner": guild.owner.id,
        "roles": [[r.id, r.name, r.permissions, r.position, r.mentionable] for r in guild.roles.values()],
        "channels": [
            [c.id, c.name, c.topic, c.overwrites, c.position, c.voice, c.rate_limit_per_user]
            for c in guild.channels.values()
        ],
        "members": [
            [m.user.id, sorted(m.roles), m.joined_at, m.timed_out_until] for m in guild.members.values()
        ],
        "automod": guild.automod,
        "events": guild.events,
        "threads": True,  # its roles know of threads
    }
    world.store.put("guild", guild.id, body)


def save_thread(world: "World", thread: Thread) -> None:
    """A thread with who is in it."""
    if not world.store.keeps:
        return
    body = {name: getattr(thread, name) for name in THREAD}
    body |= {"guild": thread.guild.id, "parent": thread.parent.id, "owner": thread.owner.id}
    world.store.put("thread", thread.id, body)


def save_message(world: "World", message: Message) -> None:
    """A message that all may see; ephemeral ones live as long as the server, as in Discord's client."""
    if message.ephemeral or not world.store.keeps:
        return
    body = message.json()
    body["author"] = message.author.id
    world.store.put("message", message.id, body)


def load(world: "World") -> None:
    """Reads an earlier run back."""
    for body in world.store.all("user"):
        locale = body.get("locale", PEOPLES)  # an older world has none
        world.users[body["id"]] = User(body["id"], body["name"], scripted=body["scripted"], locale=locale)
    for body in world.store.all("application"):
        bot = User(body["id"], body["name"], bot=True)
        own = set(body.get("installed_by", ()))  # an older world has none
        world.know(Application(body["id"], body["name"], body["token"], bot, body["privileged"], own))
    for body in world.store.all("guild"):
        world.guilds[body["id"]] = _guild(world, body)
    for body in world.store.all("thread"):
        _thread(world, body)
    for body in world.store.all("dm"):
        one, other = (world.users[id_] for id_ in body["recipients"])
        channel = Channel(body["id"], recipients=(one, other))
        world.dms[frozenset(body["recipients"])] = world.channels[channel.id] = channel
    for body in world.store.all("command"):
        world.commands[body["id"]] = body
    for body in world.store.all("message"):
        _message(world, body)
    for kept in (world.users, world.guilds, world.channels, world.commands):
        for id_ in kept:
            world.ids.seen(id_)


def _guild(world: "World", body: dict[str, Any]) -> Guild:
    guild = Guild(body["id"], body["name"], world.users[body["owner"]], world)
    guild.preferred_locale = body.get("preferred_locale", SERVERS)  # an older world has none
    guild.roles = {row[0]: Role(*row) for row in body["roles"]}  # an older world's: none is mentionable
    if "threads" not in body:  # an older world: everyone writes in threads, as in a new one
        guild.default_role.permissions |= IN_THREADS
    for id_, name, topic, overwrites, position, *later in body["channels"]:  # an older world has less
        given = {target: (kind, allow, deny) for target, (kind, allow, deny) in overwrites.items()}
        voice, pace = [*later, False, 0][:2] if len(later) < 2 else later
        channel = Channel(
            id_, name, topic, guild, given, position=position, voice=voice, rate_limit_per_user=pace
        )
        guild.channels[id_] = world.channels[id_] = channel
    for id_, roles, joined_at, *timed_out in body["members"]:
        guild.members[id_] = Member(world.users[id_], set(roles), joined_at, *timed_out)
    guild.automod, guild.events = body["automod"], body["events"]
    return guild


def _thread(world: "World", body: dict[str, Any]) -> None:
    guild, parent = world.guilds[body["guild"]], world.channels[body["parent"]]
    same = {name: body[name] for name in THREAD}
    thread = Thread(guild=guild, parent=parent, owner=world.users[body["owner"]], **same)
    guild.threads[thread.id] = world.channels[thread.id] = thread


def _message(world: "World", body: dict[str, Any]) -> None:
    channel = world.channels.get(body["channel_id"])
    if channel is None:
        return
    same = ("id", "content", "embeds", "components", "attachments", "flags", "timestamp", "edited_timestamp")
    mentions = ("mentions", "mention_roles", "mention_everyone", "pinned")
    message = Message(
        channel=channel,
        author=world.users[body["author"]],
        kind=body["type"],
        nonce=body.get("nonce"),
        application_id=body.get("application_id"),
        interaction_metadata=body.get("interaction_metadata"),
        reference=body.get("message_reference"),
        **{name: body[name] for name in (*same, *mentions)},
    )
    channel.keep(message)
    world.ids.seen(message.id)
