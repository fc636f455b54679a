"""What a bot receives of an interaction: Discord's payload with what its ids stand for."""

from typing import TYPE_CHECKING, Any

from sandbox.entities import Application, Channel, User
from sandbox.validation import nested
from sandbox.world import World

if TYPE_CHECKING:
    from sandbox.interactions import Interaction

Body = dict[str, Any]
USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT = 6, 7, 8, 9, 11  # option types
GUILD, BOT_DM, PRIVATE = 0, 1, 2  # where something happens (Discord: interaction contexts)
BY_COMPONENT = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL, 19: ATTACHMENT}  # select and upload types


def payload(world: World, interaction: "Interaction") -> Body:
    """Discord's interaction object."""
    channel, user, guild = interaction.channel, interaction.user, interaction.channel.guild
    allowed = permissions_at(world, user, channel)
    application = interaction.application
    body: Body = {
        "id": interaction.id,
        "application_id": interaction.application.id,
        "type": interaction.kind,
        "data": interaction.data,
        "channel_id": channel.id,
        "channel": {**channel.json(), "permissions": str(allowed)},
        "token": interaction.token,
        "version": 1,
        "app_permissions": str(permissions_at(world, interaction.application.bot, channel)),
        "locale": user.locale,
        "entitlements": [],
        "authorizing_integration_owners": owners(application, user, channel),
        "context": context_of(application, channel),
        "attachment_size_limit": 10 << 20,
    }
    if guild is None:
        body["user"] = user.json()
    else:
        body["guild_id"] = guild.id
        body["guild"] = {"id": guild.id, "locale": guild.preferred_locale, "features": []}
        body["guild_locale"] = guild.preferred_locale
        body["member"] = {**guild.members[user.id].json(), "permissions": str(allowed)}
    if interaction.message is not None:
        body["message"] = interaction.message.json()
    return body


def context_of(application: Application, channel: Channel) -> int:
    """A server, the direct messages with the bot itself, or direct messages among others."""
    if channel.guild is not None:
        return GUILD
    return BOT_DM if application.bot in channel.recipients else PRIVATE


def present(application: Application, channel: Channel) -> bool:
    """Whether the bot is there itself: in the server, or as the one written to."""
    if channel.guild is not None:
        return application.id in channel.guild.members
    return application.bot in channel.recipients


def owners(application: Application, user: User, channel: Channel) -> dict[str, str]:
    """By which installs the bot may hear of it: 0 the server's ("0" in its own DMs), 1 the person's."""
    found = {}
    if present(application, channel):
        found["0"] = channel.guild.id if channel.guild else "0"
    if user.id in application.installed_by:
        found["1"] = user.id
    return found


def permissions_at(world: World, user: User, channel: Channel) -> int:
    """What someone may do where it happened; in a thread the parent's, also for a bot that is not in it."""
    return (
        channel.guild.permissions_of(user, channel) if channel.guild else world.permissions_in(user, channel)
    )


def resolved(world: World, channel: Channel, asked: list[tuple[int, Any]], files: dict[str, Body]) -> Body:
    """Discord's resolved data for (option type, id) pairs."""
    found: dict[str, Body] = {}
    for kind, id_ in asked:
        if kind in (USER, MENTIONABLE) and id_ in world.users:
            _add_user(found, world.users[id_], channel)
        elif kind in (ROLE, MENTIONABLE) and channel.guild and id_ in channel.guild.roles:
            found.setdefault("roles", {})[id_] = channel.guild.roles[id_].json()
        elif kind == CHANNEL and id_ in world.channels:
            named = world.channels[id_]
            found.setdefault("channels", {})[id_] = {**named.json(), "permissions": str((1 << 53) - 1)}
        elif kind == ATTACHMENT and id_ in files:
            found.setdefault("attachments", {})[id_] = files[id_]
    return found


def _add_user(found: dict[str, Body], user: User, channel: Channel) -> None:
    found.setdefault("users", {})[user.id] = user.json()
    member = channel.guild.members.get(user.id) if channel.guild else None
    if member is not None:
        partial = {key: value for key, value in member.json().items() if key not in ("user", "deaf", "mute")}
        found.setdefault("members", {})[user.id] = {**partial, "permissions": "0"}


def asked_in_options(options: list[Body]) -> list[tuple[int, Any]]:
    """The ids that a command's options name."""
    found = []
    for option in options:
        found += asked_in_options(option.get("options") or [])
        if "value" in option:
            found.append((option["type"], option["value"]))
    return found


def asked_in_components(components: list[Body]) -> list[tuple[int, Any]]:
    """The ids that a form's selects name."""
    return [
        (BY_COMPONENT[each["type"]], value)
        for _, each in nested(components)
        if each.get("type") in BY_COMPONENT
        for value in each.get("values") or ()
    ]
