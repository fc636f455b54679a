"""Walking alongside: two members by mutual consent, kept and rest days alone, and a ready word."""

from typing import TYPE_CHECKING

from cogs.partners._commands import partner
from cogs.partners._components import ChooseShown, EndIt, NamePerson, SendWord, ShowPartner

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command and its components."""
    client.tree.add_command(partner)
    client.add_dynamic_items(NamePerson, ChooseShown, SendWord, EndIt, ShowPartner)
