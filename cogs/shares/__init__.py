"""Shares: words that members offer to the circle, and the facilitators' review of them."""

from typing import TYPE_CHECKING

from cogs.forms import Unheard, to_the_circle
from cogs.items import ROW_ID
from cogs.shares._commands import review, shares
from cogs.shares.deciding import asked, declined, unsealed
from cogs.shares.offering import PLACE, OfferFreely, OfferShare, TakeUp, TakeUpRevised, offered, revised
from cogs.shares.own import ChooseWish, Edit, Keep, ShowOwn, TakeBack, TurnOwn
from cogs.shares.reviewing import Approve, ApproveSurely, Ask, Decline, Review, TurnTo, Unseal

if TYPE_CHECKING:
    from cogs.client import TrellisClient


REASON = "a facilitator's reason, for an author"


async def setup(client: "TrellisClient") -> None:
    """Adds the commands, the components and the forms."""
    client.tree.add_command(review)
    client.tree.add_command(shares)
    client.add_dynamic_items(OfferShare, OfferFreely, TakeUp, TakeUpRevised)
    client.add_dynamic_items(TurnOwn, ShowOwn, Edit, Keep, TakeBack, ChooseWish)
    client.add_dynamic_items(Review, Approve, ApproveSurely, Ask, Decline, Unseal, TurnTo)
    client.forms.on(rf"share:offer:{PLACE}", offered, heard=to_the_circle)
    client.forms.on(rf"share:revising:({ROW_ID})", revised, heard=to_the_circle)
    client.forms.on(rf"share:declining:({ROW_ID})", declined, heard=Unheard(REASON))
    client.forms.on(rf"share:asking:({ROW_ID})", asked, heard=Unheard(REASON))
    client.forms.on(rf"share:unsealing:({ROW_ID})", unsealed, heard=Unheard(REASON))
