"""Guards in the database: of which circles, and which rules were made; sealed with the house's key."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.guard import Guard, Policy
from bot.domain.ids import CircleId
from storage.channel_tables import guards
from storage.session import Session


class Guards:
    """One a circle at most."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def of(self, circles: Collection[CircleId]) -> list[Guard]:
        """Those of these circles, oldest circle first."""
        found = select(guards).where(guards.c.circle_id.in_(circles)).order_by(guards.c.circle_id)
        return [self._guard(row) for row in await self._session.rows(found)]

    async def get(self, circle: CircleId) -> Guard | None:
        """None: there is none."""
        return next(iter(await self.of([circle])), None)

    async def put(self, guard: Guard, next_at: datetime) -> None:
        """Writes it over the one that stands."""
        held = {
            "policy": guard.policy,
            "copies": guard.copies,
            "rules": dict(guard.rules),
            "ending": guard.ending,
            "anew": guard.anew,
            "told": guard.told,
        }
        row = {"next_at": next_at, "sealed": self._vault.seal(held, _place(guard.circle))}
        insert = self._session.insert(guards).values(circle_id=guard.circle, **row)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("circle_id",), set_=row))

    async def remove(self, circle: CircleId) -> None:
        """Fine where there is none."""
        await self._session.execute(delete(guards).where(guards.c.circle_id == circle))

    async def due(self, now: datetime, then: datetime) -> list[Guard]:
        """Those to be looked at by `now`, each leased until `then`; on PostgreSQL by one process alone."""
        found = select(guards).where(guards.c.next_at <= now).order_by(guards.c.circle_id)
        rows = await self._session.rows(found.with_for_update(skip_locked=True))
        ids = [row.circle_id for row in rows]
        await self._session.execute(update(guards).where(guards.c.circle_id.in_(ids)).values(next_at=then))
        return [self._guard(row) for row in rows]

    async def look_at(self, circles: Collection[CircleId], at: datetime) -> None:
        """These are looked at by then."""
        mine = guards.c.circle_id.in_(circles), guards.c.next_at > at
        await self._session.execute(update(guards).where(*mine).values(next_at=at))

    async def next_at(self) -> datetime | None:
        """When the next is to be looked at."""
        at: datetime | None = await self._session.value(select(func.min(guards.c.next_at)))
        return at

    def _guard(self, row: Row[Any]) -> Guard:
        held = self._vault.open(row.sealed, _place(row.circle_id))
        return Guard(
            circle=CircleId(row.circle_id),
            policy=Policy(held["policy"]),
            copies=held["copies"],
            rules=held["rules"],
            ending=held["ending"],
            anew=held.get("anew", False),
            told=held["told"],
        )


def _place(circle: int) -> str:
    return f"guards/sealed/{circle}"
