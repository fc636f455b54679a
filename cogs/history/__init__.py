"""History: a member's own weather over some weeks, for their eyes alone."""

from typing import TYPE_CHECKING

from cogs.history._commands import history
from cogs.history._components import LookBack, MyWeather

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command and its buttons."""
    client.tree.add_command(history)
    client.add_dynamic_items(LookBack, MyWeather)
