"""Members: coming, saying yes, going."""

from typing import TYPE_CHECKING

from bot.domain.errors import ConsentNeeded, NotAMember
from cogs.errors import Told
from cogs.forms import Unheard
from cogs.items import ROW_ID
from cogs.members._commands import join, leave
from cogs.members.consenting import ChangeConsents, SayYes, asked_for, changed
from cogs.members.joining import Join, join_panel, joined
from cogs.members.leaving import DeleteNow, DeleteNowSurely, Leave
from cogs.sentences import sentence

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components, the forms, and what non-members are offered."""
    client.tree.add_command(join)
    client.tree.add_command(leave)
    client.add_dynamic_items(Join, Leave, DeleteNow, DeleteNowSurely, ChangeConsents, SayYes)
    client.forms.on(rf"circle:joining:({ROW_ID})", joined, heard=Unheard("boxes alone"))
    client.forms.on(rf"privacy:changing:({ROW_ID})", changed, heard=Unheard("boxes alone"))
    client.errors.on(NotAMember, _join_offered)
    client.errors.on(ConsentNeeded, asked_for)


def _join_offered(error: NotAMember) -> Told:
    return Told(str(sentence(error)), view=join_panel(error.circle))
