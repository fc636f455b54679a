"""Paces that end by themselves, in the database; nothing in them is about a person."""

from datetime import datetime

from sqlalchemy import Row, delete, func, select

from bot.domain.ids import CircleId
from bot.domain.paces import Slowed
from storage.channel_tables import slow_modes
from storage.session import Session


class SlowModes:
    """One a circle at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, circle: CircleId) -> Slowed | None:
        """The one that is on."""
        row = await self._session.row(select(slow_modes).where(slow_modes.c.circle_id == circle))
        return None if row is None else _slowed(row)

    async def put(self, slowed: Slowed) -> None:
        """Writes it over the one that stands."""
        row = {
            "seconds": slowed.seconds,
            "before": slowed.before,
            "ends_at": slowed.ends_at,
            "noted": slowed.noted,
        }
        insert = self._session.insert(slow_modes).values(circle_id=slowed.circle, **row)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("circle_id",), set_=row))

    async def remove(self, circle: CircleId) -> bool:
        """False where there is none, as another has removed it."""
        done = await self._session.execute(delete(slow_modes).where(slow_modes.c.circle_id == circle))
        return bool(done.rowcount)

    async def due(self, now: datetime) -> list[Slowed]:
        """Those whose time is over, the longest first."""
        found = select(slow_modes).where(slow_modes.c.ends_at <= now).order_by(slow_modes.c.ends_at)
        return [_slowed(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When the next one ends."""
        at: datetime | None = await self._session.value(select(func.min(slow_modes.c.ends_at)))
        return at


def _slowed(row: Row[tuple[object, ...]]) -> Slowed:
    return Slowed(
        circle=CircleId(row.circle_id),
        seconds=row.seconds,
        before=row.before,
        ends_at=row.ends_at,
        noted=row.noted,
    )
