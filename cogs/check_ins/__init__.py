"""Check-ins: one tap, the form, `/checkin`, and what steadies."""

from typing import TYPE_CHECKING

from cogs.check_ins._answering import day_answered, goes_out, post_answered
from cogs.check_ins._commands import checkin
from cogs.check_ins._components import AddMore, AnswerPrivately, Pass, WeatherSelect
from cogs.check_ins._draft import TakeUp, TakeUpForDay
from cogs.check_ins._taking_back import TakeDayBack, TakeItBack
from cogs.check_ins.another import NextQuestion
from cogs.check_ins.earlier import Earlier, EarlierSelect
from cogs.check_ins.support import Steady, WantPerson, WantPersonHere
from cogs.items import ROW_ID

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, the components and the forms."""
    client.tree.add_command(checkin)
    client.add_dynamic_items(
        WeatherSelect, AnswerPrivately, AddMore, Pass, TakeUp, TakeUpForDay, NextQuestion
    )
    client.add_dynamic_items(
        TakeItBack,
        TakeDayBack,
        Earlier,
        EarlierSelect,
        Steady,
        WantPerson,
        WantPersonHere,
    )
    client.forms.on(rf"check-in:form:({ROW_ID})", post_answered, heard=goes_out)
    client.forms.on(rf"check-in:day:({ROW_ID})", day_answered, heard=goes_out)
