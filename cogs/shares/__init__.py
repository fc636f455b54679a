"""Shares: words that members offer to the circle, and the facilitators' review of them."""

from typing import TYPE_CHECKING

from cogs.items import ROW_ID
from cogs.shares._commands import review
from cogs.shares.offering import PLACE, OfferFreely, OfferShare, TakeBack, TakeUp, offered
from cogs.shares.reviewing import Approve, Decline, Review, TurnTo, declined

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, the components and the forms."""
    client.tree.add_command(review)
    client.add_dynamic_items(OfferShare, OfferFreely, TakeUp, TakeBack, Review, Approve, Decline, TurnTo)
    client.forms.on(rf"share:offer:{PLACE}", offered)
    client.forms.on(rf"share:declining:({ROW_ID})", declined)
