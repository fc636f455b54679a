"""Which circle a command or a press means."""

import discord

from bot.domain.circles import Circle
from bot.domain.errors import NoCircle
from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.choices import offered


async def circle_here(interaction: Interaction, named: str | None = None) -> Circle:
    """The circle that was named, else that of this channel, else the server's only one.

    Raises NoCircle, ManyCircles. Who may do what is the services' to say.
    """
    circles = interaction.client.services.circles
    if named is None:
        return await circles.here(actor_of(interaction), str(channel_id(interaction)))
    for circle in await circles.of_server(actor_of(interaction)):
        if named == str(circle.id) or named.casefold() == circle.name.casefold():
            return circle
    raise NoCircle


@offered
async def choose_circle(interaction: Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
    """Offers the server's circles that the person facilitates, by name."""
    actor = actor_of(interaction)
    return [
        discord.app_commands.Choice(name=circle.name[:100], value=str(circle.id))
        for circle in await interaction.client.services.circles.of_server(actor)
        if circle.home.role in actor.roles and current.casefold() in circle.name.casefold()
    ]


def channel_id(interaction: Interaction) -> int | None:
    """The channel that this happens in; for a thread, the channel that it hangs under."""
    channel = interaction.channel
    return channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id


def link(circle: Circle, message: str) -> str:
    """The address of a message in the home channel."""
    return f"https://discord.com/channels/{circle.home.server}/{circle.home.channel}/{message}"


def circle_id(value: int) -> CircleId:
    """An id that stands in a custom id."""
    return CircleId(value)
