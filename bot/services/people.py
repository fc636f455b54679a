"""A member asks for a person, and the facilitators are told who: at the member's own press alone.

Export and forgetting: it becomes an alert, which is exported and goes with its member.
"""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.alerts import NewAlert, Source
from bot.domain.circles import Circle
from bot.domain.errors import NoCircle
from bot.domain.ids import CircleId, OccurrenceId
from bot.services._again import again
from bot.services._alerting import Raised, raised
from bot.services.access import membership
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class PersonWanted:
    """It stands written, and will be passed on; `already` where it stood so before."""

    circle: Circle
    raised: Raised

    @property
    def already(self) -> bool:
        """It was asked for before, and that still stands."""
        return self.raised.again


class People:
    """Passes a member's wish for a person on to the facilitators."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def want_person(
        self,
        actor: Actor,
        *,
        occurrence_id: OccurrenceId | None = None,
        circle_id: CircleId | None = None,
    ) -> PersonWanted:
        """Writes the wish, from any post or from the circle. Raises NotAMember, NoSuchOccurrence.

        Whether it has arrived is asked of `Alerts.told`.
        """

        async def write() -> PersonWanted:
            async with self._storage.begin() as tx:
                circle = await _circle(tx, occurrence_id, circle_id)
                member = await membership(tx, actor, circle.id)
                new = NewAlert(source=Source.PRESSED, member=member.id)
                done = await raised(tx, circle, new, self._clock.now())
                await tx.commit()
            return PersonWanted(circle, done)

        return await again(write)


async def _circle(tx: Reading, occurrence_id: OccurrenceId | None, circle_id: CircleId | None) -> Circle:
    if occurrence_id is not None:
        circle_id = (await tx.occurrences.get(occurrence_id)).circle
    if circle_id is None:
        raise NoCircle
    return await tx.circles.get(circle_id)
