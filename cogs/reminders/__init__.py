"""Reminders of the day's check-in: `/remind`, and what stands under each of them."""

from typing import TYPE_CHECKING

from cogs.check_ins.reminded import CheckInNow
from cogs.forms import Unheard
from cogs.items import ROW_ID
from cogs.reminders._commands import remind
from cogs.reminders._form import submitted
from cogs.reminders.setting import SetAgain, SetReminder, StopReminder

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, the buttons and the form."""
    client.tree.add_command(remind)
    client.add_dynamic_items(SetReminder, SetAgain, StopReminder, CheckInNow)
    client.forms.on(rf"reminder:setting:({ROW_ID})", submitted, heard=Unheard("a time and a zone"))
