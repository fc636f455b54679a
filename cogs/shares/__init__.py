"""Shares: words that members offer to the circle, and the facilitators' review of them."""

from typing import TYPE_CHECKING

from cogs.items import ROW_ID
from cogs.shares._commands import review, shares
from cogs.shares.deciding import asked, declined, unsealed
from cogs.shares.offering import PLACE, OfferFreely, OfferShare, TakeUp, TakeUpRevised, offered, revised
from cogs.shares.own import ChooseWish, Edit, Keep, ShowOwn, TakeBack, TurnOwn
from cogs.shares.reviewing import Approve, Ask, Decline, Review, TurnTo, Unseal

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the forms."""
    client.tree.add_command(review)
    client.tree.add_command(shares)
    client.add_dynamic_items(OfferShare, OfferFreely, TakeUp, TakeUpRevised)
    client.add_dynamic_items(TurnOwn, ShowOwn, Edit, Keep, TakeBack, ChooseWish)
    client.add_dynamic_items(Review, Approve, Ask, Decline, Unseal, TurnTo)
    client.forms.on(rf"share:offer:{PLACE}", offered)
    client.forms.on(rf"share:revising:({ROW_ID})", revised)
    client.forms.on(rf"share:declining:({ROW_ID})", declined)
    client.forms.on(rf"share:asking:({ROW_ID})", asked)
    client.forms.on(rf"share:unsealing:({ROW_ID})", unsealed)
