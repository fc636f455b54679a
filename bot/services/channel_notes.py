"""Facilitators post calm notes in the circle's channel: care, room to look after each other, a topic.

Export and forgetting: nothing here is about a member; what was posted stands on the platform.
"""

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.services._audit import noted
from bot.services.access import facilitated
from storage import Storage


class ChannelNotes:
    """For a circle's facilitators."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def allowed(self, actor: Actor, circle_id: CircleId) -> Circle:
        """The circle, for who may post one. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            return await facilitated(tx, actor, circle_id)

    async def posted(self, actor: Actor, circle_id: CircleId, which: str) -> None:
        """Writes down that one was posted: which kind, and no word of it. Raises NoCircle, NotFacilitator."""
        async with self._storage.begin() as tx:
            await facilitated(tx, actor, circle_id)
            await noted(tx, actor, circle_id, Deed.CARD_POSTED, self._clock.now(), which)
            await tx.commit()
