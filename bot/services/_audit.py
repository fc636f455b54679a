"""Notes what a facilitator does, in the transaction in which it is done."""

from datetime import datetime

from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.ids import CircleId
from storage.transaction import Transaction


async def noted(
    tx: Transaction, actor: Actor, circle: CircleId, deed: Deed, now: datetime, about: str = ""
) -> None:
    """Who did what; `about` names a schedule or a week, and never a member or anything they said."""
    await tx.audit.note(circle, actor.account, deed, about, now)
