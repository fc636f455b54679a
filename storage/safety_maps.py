"""Safety maps, each sealed with its member's key; a person has one, whichever membership holds it."""

from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, select

from bot.domain.ids import MemberId
from bot.domain.safety_maps import MapPart, SafetyMap
from storage.member_tables import safety_maps
from storage.session import Session


class SafetyMaps:
    """One row a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> SafetyMap | None:
        """What is kept with this membership."""
        row = await self._session.row(select(safety_maps).where(safety_maps.c.member_id == member))
        if row is None:
            return None
        key = await self._session.member_key(member)
        held = self._session.vault.open(row.sealed, _place(member), key)
        parts = {MapPart(part): said for part, said in held["parts"].items()}
        return SafetyMap(parts=MappingProxyType(parts), changed_at=datetime.fromisoformat(held["changed_at"]))

    async def put(self, member: MemberId, map_: SafetyMap) -> None:
        """Writes it over the one that stands. Raises VaultError."""
        key = await self._session.member_key(member)
        held = {"parts": dict(map_.parts), "changed_at": map_.changed_at.isoformat()}
        sealed = self._session.vault.seal(held, _place(member), key)
        insert = self._session.insert(safety_maps).values(member_id=member, sealed=sealed)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=("member_id",), set_={"sealed": sealed})
        )
        self._session.scrubs = True  # what was taken out leaves no bytes behind

    async def remove(self, member: MemberId) -> None:
        """Fine where there is none."""
        await self._session.execute(delete(safety_maps).where(safety_maps.c.member_id == member))
        self._session.scrubs = True


def _place(member: int) -> str:
    return f"safety_maps/sealed/{member}"
