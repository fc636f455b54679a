"""A member's own quiet: `/mute-me`, what it does said first, and a way back at any time."""

from typing import TYPE_CHECKING

from cogs.mutes._commands import mute_me
from cogs.mutes._components import BeginMute, EndMute, LetBe

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command and its buttons."""
    client.tree.add_command(mute_me)
    client.add_dynamic_items(BeginMute, EndMute, LetBe)
