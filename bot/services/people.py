"""A member asks for a person, and the facilitators are told who: at the member's own press alone.

Export: nothing of its own. Forgetting: the note is sealed with the member's key and goes with the member.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle
from bot.domain.ids import CircleId, MemberId, OccurrenceId
from bot.domain.outbox import Recipient
from bot.services.access import membership
from storage import Storage
from storage.transaction import Reading

AGAIN = timedelta(minutes=1)  # pressed again within this, the note that was written stands


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """The note is written and will be passed on; `already` where it was written a moment ago."""

    circle: Circle
    already: bool


class People:
    """Passes a member's wish for a person on to the facilitators."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._asked: dict[MemberId, datetime] = {}  # a convenience alone: a restart may pass a wish on twice

    async def want_person(
        self,
        actor: Actor,
        *,
        occurrence_id: OccurrenceId | None = None,
        circle_id: CircleId | None = None,
    ) -> PersonWanted:
        """Writes the note, from any post or from the circle. Raises NotAMember, NoSuchOccurrence."""
        now = self._clock.now()
        self._asked = {who: at for who, at in self._asked.items() if now - at < AGAIN}
        async with self._storage.begin() as tx:
            circle = await _circle(tx, occurrence_id, circle_id)
            member = await membership(tx, actor, circle.id)
            if member.id in self._asked:
                return PersonWanted(circle, already=True)
            await tx.outbox.add(circle.id, Recipient.FACILITATORS, "person-wanted", {}, now, member=member.id)
            await tx.commit()
        self._asked[member.id] = now
        return PersonWanted(circle, already=False)


async def _circle(tx: Reading, occurrence_id: OccurrenceId | None, circle_id: CircleId | None) -> Circle:
    if occurrence_id is not None:
        circle_id = (await tx.occurrences.get(occurrence_id)).circle
    if circle_id is None:
        raise NoCircle
    return await tx.circles.get(circle_id)
