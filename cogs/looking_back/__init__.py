"""Looking back: a year of one's own as a short story, words worth keeping, a goal, plans for hard days."""

from typing import TYPE_CHECKING

from cogs.forms import private
from cogs.items import ROW_ID
from cogs.looking_back._commands import looking_back
from cogs.looking_back._components import Aim, GiveStory, KeepWords, PlanHardDay, ShowStory, TakeOut
from cogs.looking_back._form import aimed, planned

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, its components and forms."""
    client.tree.add_command(looking_back)
    client.add_dynamic_items(Aim, PlanHardDay, KeepWords, TakeOut, GiveStory, ShowStory)
    client.forms.on(rf"story:aiming:({ROW_ID})", aimed, heard=private)
    client.forms.on(rf"story:planning:({ROW_ID})", planned, heard=private)
