"""Who shares this database, and what each of them holds: claims are theirs until they are seen no more."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, delete, func, or_, select, text, true, update

from bot.domain.ids import ProcessId
from bot.domain.processes import GONE_AFTER, Process
from storage.process_tables import processes
from storage.session import Session

LOCK = 0x7472656C6C70  # "trellp": the advisory lock of whoever reckons with the others


def free(session: Session, held_by: Column[int], now: datetime) -> ColumnElement[bool]:
    """That a row is in no other living process's hand. SQLite has one process: there all are free."""
    if session.process is None:
        return true()
    living = select(processes.c.id).where(processes.c.seen_at > now - GONE_AFTER)
    return or_(held_by.is_(None), held_by == session.process, held_by.not_in(living))


class Processes:
    """Those that live; a dead one is buried by the next who looks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def alone(self) -> None:
        """Until this transaction ends no other process reckons: what is read here is all that is promised."""
        await self._session.execute(text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=LOCK))

    async def bury(self, before: datetime) -> int:
        """Deletes those that were not seen since then; how many."""
        return (await self._session.execute(delete(processes).where(processes.c.seen_at <= before))).rowcount

    async def displace(self, seat: str) -> None:
        """Deletes whoever had this seat: its successor is here."""
        mine = processes.c.seat == seat, processes.c.id != self._session.process
        await self._session.execute(delete(processes).where(*mine))

    async def others(self) -> list[Process]:
        """All but this one, the eldest first."""
        found = select(processes).where(processes.c.id != self._session.process)
        rows = await self._session.rows(found.order_by(processes.c.since, processes.c.id))
        return [_process(row) for row in rows]

    async def put(self, process: Process) -> bool:
        """Writes that it lives; True where it was there already."""
        row = {"seat": process.seat, "seen_at": process.seen_at, "pace": process.pace}
        mine = update(processes).where(processes.c.id == process.id)
        if (await self._session.execute(mine.values(row))).rowcount:
            return True
        new = self._session.insert(processes).values(id=process.id, since=process.since, **row)
        await self._session.execute(new)
        return False

    async def identified_at(self) -> datetime | None:
        """When any of them last introduced a shard."""
        at: datetime | None = await self._session.value(select(func.max(processes.c.identified_at)))
        return at

    async def identify(self, at: datetime) -> None:
        """That this one does so now."""
        mine = update(processes).where(processes.c.id == self._session.process)
        await self._session.execute(mine.values(identified_at=at))

    async def remove(self) -> None:
        """This one ends: what it holds is free."""
        await self._session.execute(delete(processes).where(processes.c.id == self._session.process))


def _process(row: Row[Any]) -> Process:
    return Process(id=ProcessId(row.id), seat=row.seat, since=row.since, seen_at=row.seen_at, pace=row.pace)
