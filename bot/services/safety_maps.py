"""A member's safety map: drawn, changed, cleared and shown to them alone, in whichever circle they are.

There is one for a person. It is kept with one of their memberships and handed on when that one ends, so it
lives as long as they are anybody's member. Writing it is the yes to keeping it; no other consent is asked.
Export: the map, with the circle that holds it. Forgetting: **Clear**, and with the last membership.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.circles import Circle
from bot.domain.errors import NotAMember
from bot.domain.safety_maps import MapPart, SafetyMap, drawn, keeper
from bot.services._safety_maps import held
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class MapShown:
    """The map, and the person's circles, in which they can ask for a person."""

    circles: tuple[Circle, ...]
    map: SafetyMap | None = field(repr=False)


class SafetyMaps:
    """Everyone their own; nobody else's eyes, and nothing of ours reads it for a facilitator."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of(self, actor: Actor) -> MapShown:
        """Also for who is leaving: it is theirs until it is deleted. Raises NotAMember (of no circle: 0)."""
        async with self._storage.read() as tx:
            return await _shown(tx, actor)

    async def put(self, actor: Actor, given: Mapping[MapPart, str]) -> MapShown:
        """Keeps just these words; none at all clears it. Raises NotAMember, TooLong, PartTooLong."""
        map_ = drawn(given, self._clock.now())
        async with self._storage.begin() as tx:
            members = await tx.members.of(actor.account)
            holding, _ = await held(tx, members)
            to = keeper(members, holding)
            if to is None:
                raise NotAMember(members[-1].circle if members else 0)
            if holding is not None and (holding != to or map_.empty):
                await tx.safety_maps.remove(holding)
            if not map_.empty:
                await tx.safety_maps.put(to, map_)
            shown = await _shown(tx, actor)
            await tx.commit()
        return shown

    async def clear(self, actor: Actor) -> MapShown:
        """Deletes it; also for who is leaving. Raises NotAMember."""
        async with self._storage.begin() as tx:
            for member in await tx.members.of(actor.account):
                await tx.safety_maps.remove(member.id)
            shown = await _shown(tx, actor)
            await tx.commit()
        return shown


async def _shown(tx: Reading, actor: Actor) -> MapShown:
    members = await tx.members.of(actor.account)
    if not members:
        raise NotAMember(0)
    circles = [await tx.circles.get(member.circle) for member in members if member.active]
    return MapShown(circles=tuple(circles), map=(await held(tx, members))[1])
