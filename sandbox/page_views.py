"""How people, channels, commands and forms are described to the page."""

from datetime import datetime
from typing import Any

from sandbox.entities import Channel, User
from sandbox.guilds import Guild
from sandbox.locales import NAMES
from sandbox.localizations import localized
from sandbox.outcomes import Modal
from sandbox.permissions import Permission
from sandbox.scheduled_events import current
from sandbox.threads import Thread
from sandbox.world import World

Body = dict[str, Any]


def person_view(world: World, user: User) -> Body:
    """Someone whom one can be."""
    roles = {
        guild.roles[id_].name
        for guild in world.guilds.values()
        if user.id in guild.members
        for id_ in guild.members[user.id].roles
        if id_ in guild.roles
    }
    return {
        "id": user.id,
        "name": user.name,
        "scripted": user.scripted,
        "color": user.color,
        "roles": sorted(roles),
    }


def channel_view(world: World, channel: Channel, user: User) -> Body:
    """A channel that this person sees."""
    hidden = channel.overwrites.get(channel.guild.id, (0, 0, 0))[2] if channel.guild else 0
    return {
        "id": channel.id,
        "name": channel.name,
        "topic": channel.topic,
        "type": 2 if channel.voice else 0,
        "private": bool(hidden & Permission.VIEW_CHANNEL),
        "can_send": bool(world.permissions_in(user, channel) & Permission.SEND_MESSAGES),
    }


def thread_view(world: World, thread: Thread, user: User) -> Body:
    """A thread that this person sees; the list holds those that they are in and that are not archived."""
    allowed = world.permissions_in(user, thread)
    writing = allowed & Permission.SEND_MESSAGES_IN_THREADS
    return {
        "id": thread.id,
        "name": thread.name,
        "topic": f"{'Private thread' if thread.private else 'Thread'} in #{thread.parent.name}",
        "type": thread.kind,
        "parent_id": thread.parent.id,
        "private": thread.private,
        "joined": user.id in thread.members,
        "archived": thread.archived,
        "can_send": bool(writing and (not thread.locked or allowed & Permission.MANAGE_THREADS)),
    }


def guild_view(world: World, guild: Guild, user: User) -> Body:
    """A server as this person sees it."""
    seen = [channel for channel in guild.channels.values() if world.sees(user, channel)]
    threads = [thread for thread in guild.threads.values() if world.sees(user, thread)]
    return {
        "id": guild.id,
        "name": guild.name,
        "channels": [channel_view(world, channel, user) for channel in seen],
        "threads": [thread_view(world, thread, user) for thread in threads],
        "roles": [role.json() for role in guild.roles.values()],
        "members": [{"user": m.user.json(), "roles": sorted(m.roles)} for m in guild.members.values()],
        "events": [
            _event_view(event)
            for event in current(guild, world.ids.now())
            if event["channel_id"] in (None, *(channel.id for channel in seen))
        ],
    }


def _event_view(event: Body) -> Body:
    """What is announced: its name, and when it begins."""
    start = datetime.fromisoformat(event["scheduled_start_time"])
    return {"id": event["id"], "name": event["name"], "start": int(start.timestamp())}


def command_view(world: World, command: Body, user: User) -> Body:
    """A command in this person's language; `installed`: they have its app as their own."""
    application = world.applications[command["application_id"]]
    own = user.id in application.installed_by
    about = {"id": application.id, "name": application.name}
    return {**localized(command, user.locale), "application": about, "installed": own}


def language_views() -> list[Body]:
    """The languages to choose from, each by its own name."""
    return [{"code": code, "name": name} for code, name in NAMES.items()]


def modal_view(modal: Modal) -> Body:
    """A form to be shown."""
    return {"title": modal.title, "custom_id": modal.custom_id, "components": modal.components}
