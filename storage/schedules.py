"""Schedules in the database: due work is found by an index on the next instant, however many there are."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.errors import NoSuchSchedule, ScheduleExists
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.pauses import Pause
from bot.domain.schedules import Due, Kind, Schedule
from storage.session import Session
from storage.tables import schedules, skips


class Schedules:
    """The standing schedules; removed ones keep their row for their occurrences' sake, and are not found."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self,
        circle: CircleId,
        kind: Kind,
        time: time,
        days: Collection[int],
        at: datetime,
        next: Due | None,  # noqa: A002 - the domain's word
    ) -> Schedule:
        """Raises ScheduleExists where the circle has the same kind, time and days."""
        row = {"circle_id": circle, "kind": kind, "added_at": at, **_when(time, days), **_next(next)}
        added = self._session.insert(schedules).values(row).on_conflict_do_nothing().returning(schedules)
        made = await self._session.row(added)
        if made is None:
            raise ScheduleExists
        return _schedule(made)

    async def get(self, id_: ScheduleId) -> Schedule:
        """Raises NoSuchSchedule, also for a removed one."""
        found = await self._session.row(_standing().where(schedules.c.id == id_))
        if found is None:
            raise NoSuchSchedule
        return _schedule(found)

    async def of_circle(self, circle: CircleId) -> list[Schedule]:
        """The circle's standing schedules, oldest first."""
        rows = await self._session.rows(
            _standing().where(schedules.c.circle_id == circle).order_by(schedules.c.id)
        )
        return [_schedule(row) for row in rows]

    async def edit(
        self,
        id_: ScheduleId,
        time: time,
        days: Collection[int],
        next: Due | None,  # noqa: A002
    ) -> Schedule:
        """Sets time and days. Raises NoSuchSchedule; ScheduleExists where another has the same."""
        own = schedules.c
        mine = await self.get(id_)
        twins = _standing().where(
            own.circle_id == mine.circle, own.kind == mine.kind, own.id != id_, *_is(_when(time, days))
        )
        if await self._session.row(twins) is not None:
            raise ScheduleExists
        await self._change(id_, {**_when(time, days), **_next(next)})
        return await self.get(id_)

    async def pause(self, id_: ScheduleId, pause: Pause | None) -> None:
        """Sets its own rest, or ends it. Raises NoSuchSchedule."""
        since, until = (pause.since, pause.until) if pause else (None, None)
        await self._change(id_, {"paused_at": since, "paused_until": until})

    async def remove(self, id_: ScheduleId, at: datetime) -> None:
        """Posts nothing any more; what it posted stays. Raises NoSuchSchedule."""
        await self._change(id_, {"removed_at": at, **_next(None)})

    async def due(self, now: datetime, limit: int) -> list[Schedule]:
        """Those due by `now`, the longest due first; locked to this transaction on PostgreSQL."""
        found = select(schedules).where(schedules.c.next_at <= now)
        found = found.order_by(schedules.c.next_at, schedules.c.id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(
                skip_locked=True
            )  # SQLite has one writer and leaves these words out
        return [_schedule(row) for row in await self._session.rows(found)]

    async def advance(self, id_: ScheduleId, next: Due | None) -> None:  # noqa: A002
        """Sets the next due post. Raises NoSuchSchedule."""
        await self._change(id_, _next(next))

    async def next_at(self) -> datetime | None:
        """The earliest instant at which anything is due."""
        at: datetime | None = await self._session.value(
            select(schedules.c.next_at)
            .where(schedules.c.next_at.is_not(None))
            .order_by(schedules.c.next_at, schedules.c.id)
            .limit(1)
        )
        return at

    async def skip(self, id_: ScheduleId, day: date) -> None:
        """Marks a local date as not to be posted on; twice is once."""
        row = {"schedule_id": id_, "date": day}
        await self._session.execute(self._session.insert(skips).values(row).on_conflict_do_nothing())

    async def unskip(self, id_: ScheduleId, day: date) -> None:
        """Takes a skip back, where there is one."""
        await self._session.execute(delete(skips).where(skips.c.schedule_id == id_, skips.c.date == day))

    async def skips(self, id_: ScheduleId) -> frozenset[date]:
        """The local dates to be left out."""
        rows = await self._session.rows(select(skips.c.date).where(skips.c.schedule_id == id_))
        return frozenset(row.date for row in rows)

    async def count(self) -> int:
        """How many stand, in all circles."""
        standing = select(func.count()).select_from(schedules).where(schedules.c.removed_at.is_(None))
        return int(await self._session.value(standing))

    async def _change(self, id_: ScheduleId, values: dict[str, Any]) -> None:
        standing = update(schedules).where(schedules.c.id == id_, schedules.c.removed_at.is_(None))
        if not (await self._session.execute(standing.values(values))).rowcount:
            raise NoSuchSchedule


def _standing() -> Any:
    return select(schedules).where(schedules.c.removed_at.is_(None))


def _when(at: time, days: Collection[int]) -> dict[str, str]:
    return {"time": f"{at:%H:%M}", "days": "".join(str(day) for day in sorted(days))}


def _is(values: dict[str, str]) -> list[Any]:
    return [schedules.c[name] == value for name, value in values.items()]


def _next(due: Due | None) -> dict[str, Any]:
    return {"next_date": due.date if due else None, "next_at": due.at if due else None}


def _schedule(row: Row[Any]) -> Schedule:
    return Schedule(
        id=ScheduleId(row.id),
        circle=CircleId(row.circle_id),
        kind=Kind(row.kind),
        time=time.fromisoformat(row.time),
        days=frozenset(int(day) for day in row.days),
        added_at=row.added_at,
        next=Due(row.next_date, row.next_at) if row.next_at is not None else None,
        pause=Pause(row.paused_at, row.paused_until) if row.paused_at is not None else None,
    )
