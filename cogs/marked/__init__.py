"""Marked: what members marked for their facilitators, one answer at a time, each look written down first."""

from typing import TYPE_CHECKING

from cogs.marked._commands import marked
from cogs.marked._components import ReadMarked

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command and its button."""
    client.tree.add_command(marked)
    client.add_dynamic_items(ReadMarked)
