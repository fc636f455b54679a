"""Reminders in the database: when the next is due stands open, all else is sealed with the member's key."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, delete, select

from bot.domain.ids import MemberId
from bot.domain.reminders import Reminder, Strength
from storage.member_tables import reminders
from storage.session import Session

_OFF = select(reminders).where(reminders.c.member_id == bindparam("member"), reminders.c.next_at.is_(None))


class Reminders:
    """One a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> Reminder | None:
        """The member's reminder; None where they asked for none."""
        row = await self._session.row(select(reminders).where(reminders.c.member_id == member))
        return None if row is None else await self._reminder(row)

    async def switched_off(self, member: MemberId) -> Reminder | None:
        """The member's reminder where it was switched off; None where it comes, or there is none."""
        row = await self._session.row(_OFF, member=member)
        return None if row is None else await self._reminder(row)

    async def put(self, reminder: Reminder) -> None:
        """Writes it over the one that stands. Raises VaultError for a deleted member."""
        key = await self._session.member_key(reminder.member)
        held = {
            "at": reminder.at.isoformat("minutes"),
            "zone": reminder.zone.key,
            "strength": reminder.strength,
            "again": reminder.again,
            "last": reminder.last and reminder.last.isoformat(),
            "told": reminder.told,
        }
        row = {
            "sealed": self._session.vault.seal(held, _place(reminder.member), key),
            "next_at": reminder.next_at,
        }
        insert = self._session.insert(reminders).values(member_id=reminder.member, **row)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("member_id",), set_=row))

    async def remove(self, member: MemberId) -> bool:
        """Its old bytes follow the commit. False where there was none."""
        done = await self._session.execute(delete(reminders).where(reminders.c.member_id == member))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)
        return bool(done.rowcount)

    async def due(self, now: datetime, limit: int) -> list[Reminder]:
        """Those to be looked at by `now`, the longest due first; on PostgreSQL locked to this transaction."""
        found = select(reminders).where(reminders.c.next_at.is_not(None), reminders.c.next_at <= now)
        found = found.order_by(reminders.c.next_at, reminders.c.member_id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [await self._reminder(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When the next one is to be looked at."""
        at: datetime | None = await self._session.value(
            select(reminders.c.next_at)
            .where(reminders.c.next_at.is_not(None))
            .order_by(reminders.c.next_at)
            .limit(1)
        )
        return at

    async def _reminder(self, row: Row[Any]) -> Reminder:
        member = MemberId(row.member_id)
        key = await self._session.member_key(member)
        held = self._session.vault.open(row.sealed, _place(member), key)
        return Reminder(
            member=member,
            at=time.fromisoformat(held["at"]),
            zone=ZoneInfo(held["zone"]),
            strength=Strength(held["strength"]),
            next_at=row.next_at,
            again=held["again"],
            last=date.fromisoformat(held["last"]) if held["last"] else None,
            told=held["told"],
        )


def _place(member: int) -> str:
    return f"reminders/sealed/{member}"
