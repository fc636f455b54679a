"""Commitments and streaks: small acts that members choose and log, for their own eyes alone."""

from typing import TYPE_CHECKING

from cogs.commitments._commands import commit
from cogs.commitments.components import (
    AnotherDay,
    ChangeIt,
    GoOn,
    LetGo,
    LogDay,
    More,
    Open,
    PauseIt,
    StopReminding,
    TakeUp,
    Unlog,
)
from cogs.commitments.keeping import DeleteRecord, GiveRecord, RemindMe, SetClock
from cogs.commitments.reviewing import MakeSmaller, StillFits, TwoWeeksOn
from cogs.commitments.streaks import ShareStreak, ShowStreak, streak
from cogs.commitments.submitting import KeepAsIs, begun, changed, clock_set, reminded, said_more
from cogs.forms import Unheard, private
from cogs.items import ROW_ID

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the forms."""
    client.tree.add_command(commit)
    client.tree.add_command(streak)
    client.add_dynamic_items(LogDay, Open, AnotherDay, Unlog, ChangeIt, More, PauseIt, GoOn, LetGo)
    client.add_dynamic_items(DeleteRecord, GiveRecord, SetClock, TakeUp, KeepAsIs, ShowStreak, ShareStreak)
    client.add_dynamic_items(RemindMe, StopReminding, TwoWeeksOn, StillFits, MakeSmaller)
    client.forms.on(rf"commit:beginning:({ROW_ID}):([01])", begun, heard=private)
    client.forms.on(rf"commit:changing:({ROW_ID})", changed, heard=private)
    client.forms.on(rf"commit:adding:({ROW_ID})", said_more, heard=private)
    client.forms.on(rf"commit:reminding:({ROW_ID})", reminded, heard=Unheard("a time"))
    client.forms.on(rf"commit:clock:({ROW_ID})", clock_set, heard=Unheard("a zone and a time"))
