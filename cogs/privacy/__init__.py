"""Privacy: what is kept about a person, shown to that person, changed and deleted by them."""

from typing import TYPE_CHECKING

from cogs.privacy._commands import privacy
from cogs.privacy._deleting import DeleteEverything, deleted

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, its button and its form."""
    client.tree.add_command(privacy)
    client.add_dynamic_items(DeleteEverything)
    client.forms.on(r"privacy:deleting:0", deleted)
