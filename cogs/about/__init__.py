"""What Trellis is and is not, and how it kept its word."""

from typing import TYPE_CHECKING

from cogs.about._commands import about

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds `/about`."""
    client.tree.add_command(about)
