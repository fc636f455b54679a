"""The circle's channel for its facilitators: its pace, calm notes, topic lines, a cover suggested."""

from typing import TYPE_CHECKING

from cogs.channel._commands import ChannelCommands, suggest_cover
from cogs.channel._covers import LeaveIt, NotNow, ReadCover, SendCover
from cogs.channel._notes import HowToTell

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the message menu's one, and the buttons."""
    client.tree.add_command(ChannelCommands())
    client.tree.add_command(suggest_cover)
    client.add_dynamic_items(SendCover, NotNow, ReadCover, LeaveIt, HowToTell)
