"""How people, channels and forms are described to the page."""

from typing import Any

from sandbox.entities import Channel, User
from sandbox.outcomes import Modal
from sandbox.permissions import Permission
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
        "type": 0,
        "private": bool(hidden & Permission.VIEW_CHANNEL),
        "can_send": bool(world.permissions_in(user, channel) & Permission.SEND_MESSAGES),
    }


def modal_view(modal: Modal) -> Body:
    """A form to be shown."""
    return {"title": modal.title, "custom_id": modal.custom_id, "components": modal.components}
