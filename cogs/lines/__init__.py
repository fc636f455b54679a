"""Facilitators look after the circle's crisis lines: see them, add local ones, say that one was checked."""

from typing import TYPE_CHECKING

from cogs.forms import Unheard
from cogs.lines._adding import added
from cogs.lines._commands import LineCommands
from cogs.lines._components import AddLine, CheckLine, ListLines, RemoveLine, SeeLine, UncheckLine

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the form."""
    client.tree.add_command(LineCommands())
    client.add_dynamic_items(AddLine, CheckLine, ListLines, RemoveLine, SeeLine, UncheckLine)
    client.forms.on(r"lines:adding:([0-9]{1,18})", added, heard=Unheard("a line, not a person"))
