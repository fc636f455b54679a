"""Recurring posts: what a facilitator does with them."""

from typing import TYPE_CHECKING

from cogs.schedules._commands import ScheduleCommands

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds `/schedule`."""
    client.tree.add_command(ScheduleCommands())
