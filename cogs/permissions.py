"""What the bot needs in a circle's channels, counted as Discord counts and named as its client does."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import discord

from bot.domain.circles import Home
from bot.domain.errors import MissingPermissions
from cogs.speech import Phrase

if TYPE_CHECKING:
    from cogs.client import TrellisClient

CANNOT_PING = Phrase(
    "In <#{channel}> I can't wake <@&{role}> when somebody may need a person: let anyone mention "
    "that role, or give me **Mention @everyone, @here and All Roles** there. Who is on duty is "
    "woken by name either way."
)
NEEDED = (  # (discord.py's name, the name in Discord's client), in the client's order
    ("view_channel", Phrase("View Channel")),
    ("send_messages", Phrase("Send Messages")),
    ("embed_links", Phrase("Embed Links")),
    ("read_message_history", Phrase("Read Message History")),
)


def check(client: "TrellisClient", home: Home) -> None:
    """Raises MissingPermissions with all that is missing, in both of a circle's channels."""
    missing = missing_in(client, home)
    if missing:
        raise MissingPermissions(missing)


def missing_in(client: "TrellisClient", home: Home) -> list[tuple[str, str]]:
    """(channel id, permission as Discord's client names it) for each one missing. Empty: all is well."""
    guild = client.get_guild(int(home.server))
    return [
        (channel_id, name)
        for channel_id in (home.channel, home.facilitators)
        for name in _missing(guild, int(channel_id))
    ]


def cannot_ping(client: "TrellisClient", home: Home) -> bool:
    """Whether a mention of the facilitators' role in their channel would wake nobody, as far as is known.

    Discord lets a bot mention a role that anybody may mention, or any with Mention Everyone.
    """
    guild = client.get_guild(int(home.server))
    role = guild.get_role(int(home.role)) if guild is not None else None
    channel = guild.get_channel(int(home.facilitators)) if guild is not None else None
    if guild is None or role is None or channel is None:
        return False  # what else is missing is said elsewhere
    return not (role.mentionable or granted_to(channel, guild.me).mention_everyone)


def _missing(guild: discord.Guild | None, channel_id: int) -> Iterable[str]:
    channel = guild.get_channel(channel_id) if guild is not None else None
    if guild is None or channel is None:
        return [name() for _, name in NEEDED]
    granted = granted_to(channel, guild.me)
    return [name() for attribute, name in NEEDED if not getattr(granted, attribute)]


def granted_to(channel: discord.abc.GuildChannel, member: discord.Member) -> discord.Permissions:
    """A member's permissions in a channel: base, then overwrites of @everyone, roles, member (Discord).

    Unlike discord.py's `permissions_for` it takes nothing away for what another lack implies (without Send
    Messages there is no embedding either), so that the list names what is to be switched on and no more.
    """
    guild = channel.guild
    base = discord.Permissions(guild.default_role.permissions.value)
    for role in member.roles:
        base.value |= role.permissions.value
    if base.administrator or guild.owner_id == member.id:
        return discord.Permissions.all()
    base.value = _overwritten(base.value, [channel.overwrites_for(guild.default_role)])
    base.value = _overwritten(base.value, [channel.overwrites_for(role) for role in member.roles[1:]])
    base.value = _overwritten(base.value, [channel.overwrites_for(member)])
    return base


def _overwritten(value: int, overwrites: Iterable[discord.PermissionOverwrite]) -> int:
    allowed = denied = 0
    for overwrite in overwrites:
        allow, deny = overwrite.pair()
        allowed |= allow.value
        denied |= deny.value
    return (value & ~denied) | allowed
