"""Facilitators keep two people apart: `/keep-apart`."""

from typing import TYPE_CHECKING

from cogs.keep_apart._commands import KeepApartCommands
from cogs.keep_apart._look import TakeOff

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands and the menu under the list."""
    client.tree.add_command(KeepApartCommands())
    client.add_dynamic_items(TakeOff)
