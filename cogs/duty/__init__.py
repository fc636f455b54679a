"""Duty: who is there for alerts, by each facilitator for themself."""

from typing import TYPE_CHECKING

from cogs.forms import Unheard
from cogs.items import ROW_ID

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, the components and the form."""
    from cogs.duty._commands import duty
    from cogs.duty.components import GoOff, GoOn, LeaveGap, TakeTurn, UntilWhen, submitted

    client.tree.add_command(duty)
    client.add_dynamic_items(GoOn, GoOff, UntilWhen, LeaveGap, TakeTurn)
    client.forms.on(rf"duty:until:({ROW_ID})", submitted, heard=Unheard("a time"))
