"""Circles: setting one up, seeing how it stands, changing it, letting it rest."""

from typing import TYPE_CHECKING

from cogs.circles._commands import CircleCommands
from cogs.circles._components import PostNow, PostWelcome, SeeStatus

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds `/circle` and its buttons."""
    client.tree.add_command(CircleCommands())
    client.add_dynamic_items(PostNow, SeeStatus, PostWelcome)
