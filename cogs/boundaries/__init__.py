"""Boundary practice: the circle's challenge, and each member's own way up the ladder."""

from typing import TYPE_CHECKING

from cogs.boundaries._commands import boundary
from cogs.boundaries.climbing import ChooseChallenge, DeleteAttempt, OpenAttempt, SeeRung, TurnMine
from cogs.boundaries.ending import AllRight, End, Learned, noted
from cogs.boundaries.posted import AnotherOne, NotForMe, TryIt
from cogs.boundaries.trying import FeelSafe, NotToday, Other, ShowSafer, TakeUp, Unsure
from cogs.boundaries.words import CHALLENGE, BuildWords, KeepWords, submitted
from cogs.forms import private
from cogs.items import ROW_ID

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the forms."""
    client.tree.add_command(boundary)
    client.add_dynamic_items(TryIt, AnotherOne, NotForMe)
    client.add_dynamic_items(TakeUp, FeelSafe, Unsure, ShowSafer, NotToday, Other)
    client.add_dynamic_items(End, Learned, AllRight, BuildWords, KeepWords)
    client.add_dynamic_items(SeeRung, ChooseChallenge, OpenAttempt, TurnMine, DeleteAttempt)
    client.forms.on(rf"boundary:noting:({ROW_ID})", noted, heard=private)
    client.forms.on(rf"boundary:building:({ROW_ID}):({ROW_ID}):({CHALLENGE})", submitted, heard=private)
