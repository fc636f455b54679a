"""Members set for themselves how discreet it is, when it is quiet, and how long what is theirs stays.

Export: they stand in the member's export. Forgetting: they go with the member's key.
"""

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle, QuietHours
from bot.domain.ids import CircleId
from bot.domain.preferences import Preferences as Wishes
from bot.domain.preferences import checked
from bot.domain.schedules import parse_time
from bot.services.access import membership
from bot.services.retention import Retention
from storage import Storage


@dataclass(frozen=True, slots=True)
class PreferencesShown:
    """One member's wishes in one circle."""

    circle: Circle
    wishes: Wishes


class Preferences:
    """Everyone sets their own; nobody else sees them."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._retention = Retention(storage, clock)

    async def of(self, actor: Actor, circle_id: CircleId) -> PreferencesShown:
        """The actor's wishes, or the standard. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            return PreferencesShown(await tx.circles.get(circle_id), await tx.preferences.of(member.id))

    async def put(self, actor: Actor, circle_id: CircleId, wishes: Wishes) -> PreferencesShown:
        """Sets them; what is over by them is deleted at once. Raises NotAMember, BadRetention, NoCircle."""
        wishes = checked(wishes)
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            await tx.preferences.put(member.id, replace(wishes, language=actor.language))
            await tx.commit()
        await self._retention.keep(member.id)
        return await self.of(actor, circle_id)


def quiet_hours(start: str, end: str) -> QuietHours | None:
    """From two times as typed, HH:MM; None where both are left empty. Raises BadTime."""
    if not start.strip() and not end.strip():
        return None
    return QuietHours(parse_time(start), parse_time(end))
