"""Recurring posts: what a facilitator does with them."""

from typing import TYPE_CHECKING

from cogs.schedules._commands import ScheduleCommands
from cogs.schedules._components import SeePost, Unskip

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds `/schedule` and what can be pressed around it."""
    client.tree.add_command(ScheduleCommands())
    client.add_dynamic_items(Unskip, SeePost)
