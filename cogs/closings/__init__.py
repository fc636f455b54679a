"""Closing a circle: asked, told to both channels, taken back within a week; its own things handed over."""

from typing import TYPE_CHECKING

from cogs.closings.components import CloseCircle, HandOver, KeepCircle, LeaveOpen

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the buttons; the command stands with the others of `/circle`."""
    client.add_dynamic_items(CloseCircle, LeaveOpen, KeepCircle, HandOver)
