"""The circle's regular meeting: its buttons. `/circle meeting` stands with the circle's commands."""

from typing import TYPE_CHECKING

from cogs.meetings._components import (
    AddToCalendar,
    EndMeetings,
    EndSurely,
    LeaveOut,
    RemindMe,
    Restore,
    StopReminding,
    TellCircle,
)

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds its buttons."""
    client.add_dynamic_items(
        TellCircle, LeaveOut, Restore, EndMeetings, EndSurely, RemindMe, StopReminding, AddToCalendar
    )
