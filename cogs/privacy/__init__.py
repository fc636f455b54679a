"""Privacy: what is kept about a person, shown to that person, changed and deleted by them."""

from typing import TYPE_CHECKING

from cogs.forms import Unheard
from cogs.items import ROW_ID
from cogs.privacy._clearing import ClearMessages, ClearNow
from cogs.privacy._commands import privacy
from cogs.privacy._deleting import DeleteEverything, deleted
from cogs.privacy._export import Export
from cogs.privacy._seen import WhoSaw
from cogs.privacy._wishes import SetWishes, wished

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, its button and its form."""
    client.tree.add_command(privacy)
    client.add_dynamic_items(DeleteEverything, Export, WhoSaw, ClearMessages, ClearNow, SetWishes)
    client.forms.on(r"privacy:deleting:0", deleted, heard=Unheard("one word to be sure"))
    client.forms.on(rf"privacy:wishing:({ROW_ID})", wished, heard=Unheard("hours and numbers"))
