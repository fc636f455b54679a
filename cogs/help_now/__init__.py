"""Crisis lines, one press away, anywhere: whoever asks, whether they have joined or not."""

from typing import TYPE_CHECKING

from cogs.help_now._commands import help_now
from cogs.help_now._countries import AnotherCountry, ChooseCountry
from cogs.help_now.said import HelpLines

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command and the components."""
    client.tree.add_command(help_now)
    client.add_dynamic_items(HelpLines, AnotherCountry, ChooseCountry)
