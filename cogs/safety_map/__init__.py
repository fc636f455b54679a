"""A member's safety map: what they notice, what helps, their boundaries, their people; theirs alone."""

from typing import TYPE_CHECKING

from cogs.forms import private
from cogs.safety_map._commands import my_map
from cogs.safety_map._form import changed
from cogs.safety_map.components import BackToMap, ChangeMap, ClearMap, ClearMapSurely, HideMap, ShowMap
from cogs.safety_map.written import written

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, its components and form, and the word that shows it in a direct message."""
    client.tree.add_command(my_map)
    client.add_dynamic_items(ShowMap, BackToMap, ChangeMap, ClearMap, ClearMapSurely, HideMap)
    client.forms.on(r"map:changing:0", changed, heard=private)
    client.direct_messages.on(written)
