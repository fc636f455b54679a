"""Crisis lines, one press away, anywhere: whoever asks, whether they have joined or not."""

from typing import TYPE_CHECKING

from cogs.help_now.said import HelpLines

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the components."""
    client.add_dynamic_items(HelpLines)
