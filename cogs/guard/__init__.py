"""The channel without reading it: `/guard`, AutoMod rules kept as meant, and help for who met one."""

from typing import TYPE_CHECKING

from cogs.guard._commands import GuardCommands
from cogs.guard._components import LookAgain, MakeRules, NotNow

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands and the buttons; what AutoMod tells comes by the client itself."""
    client.tree.add_command(GuardCommands())
    client.add_dynamic_items(MakeRules, LookAgain, NotNow)
