"""Regular meetings in the database: found by an index when something is to be done about one of them."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.ids import CircleId, MemberId, ProcessId
from bot.domain.meetings import Meeting, Standing
from storage.plan_tables import meeting_reminders, meetings
from storage.processes import free
from storage.session import Session
from storage.tables import members


class Meetings:
    """One for each circle that has one, and the members who asked for reminders."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def get(self, circle: CircleId) -> Standing | None:
        """The circle's, an ended one too; on PostgreSQL locked to this transaction."""
        found = await self._where(meetings.c.circle_id == circle)
        return found[0] if found else None

    async def put(self, standing: Standing) -> None:
        """Writes all of it."""
        meeting = standing.meeting
        held = {
            "where": meeting.where,
            "channel": meeting.channel,
            "uid": meeting.uid,
            "event": standing.event,
        }
        row = {
            "weekday": meeting.day,
            "time": f"{meeting.time:%H:%M}",
            "minutes": meeting.minutes,
            "every": meeting.every,
            "first": meeting.first,
            "skips": " ".join(day.isoformat() for day in sorted(meeting.skips)),
            "sealed": self._vault.seal(held, _place(meeting.circle)),
            "removed": meeting.removed,
            "revision": meeting.revision,
            "changed_at": meeting.changed_at,
            "event_for": standing.event_for,
            "next_at": standing.next_at,
            "tries": standing.tries,
            "remind_at": standing.remind_at,
            "reminded_for": standing.reminded_for,
        }
        added = self._session.insert(meetings).values(circle_id=meeting.circle, **row)
        await self._session.execute(added.on_conflict_do_update(index_elements=["circle_id"], set_=row))

    async def next_due(self) -> datetime | None:
        """The earliest instant at which anything is to be done."""
        earliest = [
            select(func.min(column)).scalar_subquery()
            for column in (meetings.c.next_at, meetings.c.remind_at)
        ]
        row = await self._session.row(select(*earliest))
        return min((at for at in row or () if at is not None), default=None)

    async def to_keep(self, now: datetime, limit: int) -> list[Standing]:
        """Those whose event is to be looked after by `now`, in no other living process's hand.

        The longest due first.
        """
        loose = free(self._session, meetings.c.held_by, now)
        return await self._where((meetings.c.next_at <= now) & loose, order=meetings.c.next_at, limit=limit)

    async def take(self, circle: CircleId) -> None:
        """Its event into this process's hand."""
        await self._hold(circle, self._session.process)

    async def let_go(self, circle: CircleId) -> None:
        """Whoever comes first may look after its event next."""
        await self._hold(circle, None)

    async def to_remind(self, now: datetime, limit: int) -> list[Standing]:
        """Those whose reminders are to be written by `now`, the longest due first."""
        return await self._where(meetings.c.remind_at <= now, order=meetings.c.remind_at, limit=limit)

    async def wish(self, member: MemberId) -> None:
        """Notes that a member wants reminders; twice is once."""
        row = {"member_id": member}
        await self._session.execute(
            self._session.insert(meeting_reminders).values(row).on_conflict_do_nothing()
        )

    async def unwish(self, member: MemberId) -> None:
        """Takes the wish back, where there is one."""
        await self._session.execute(delete(meeting_reminders).where(meeting_reminders.c.member_id == member))

    async def wishes(self, member: MemberId) -> bool:
        """Whether a member wants reminders."""
        own = select(meeting_reminders).where(meeting_reminders.c.member_id == member)
        return await self._session.row(own) is not None

    async def wishing(self, circle: CircleId) -> list[MemberId]:
        """The circle's members who want them, those who are leaving too."""
        joined = select(members.c.id).join_from(meeting_reminders, members)
        rows = await self._session.rows(joined.where(members.c.circle_id == circle).order_by(members.c.id))
        return [MemberId(row.id) for row in rows]

    async def forget_wishes(self, circle: CircleId) -> None:
        """Takes back all of a circle's."""
        theirs = select(members.c.id).where(members.c.circle_id == circle)
        await self._session.execute(
            delete(meeting_reminders).where(meeting_reminders.c.member_id.in_(theirs))
        )

    async def _hold(self, circle: CircleId, by: ProcessId | None) -> None:
        mine = update(meetings).where(meetings.c.circle_id == circle)
        await self._session.execute(mine.values(held_by=by))

    async def _where(
        self, condition: Any, order: Any = meetings.c.circle_id, limit: int = 1
    ) -> list[Standing]:
        found = select(meetings).where(condition).order_by(order, meetings.c.circle_id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(
                skip_locked=limit > 1
            )  # a batch leaves others theirs; one is waited for
        return [self._standing(row) for row in await self._session.rows(found)]

    def _standing(self, row: Row[Any]) -> Standing:
        held = self._vault.open(row.sealed, _place(row.circle_id))
        meeting = Meeting(
            circle=CircleId(row.circle_id),
            day=row.weekday,
            time=time.fromisoformat(row.time),
            minutes=row.minutes,
            every=row.every,
            first=row.first,
            where=held["where"],
            channel=held["channel"],
            skips=frozenset(date.fromisoformat(day) for day in row.skips.split()),
            removed=row.removed,
            uid=held["uid"],
            revision=row.revision,
            changed_at=row.changed_at,
        )
        return Standing(
            meeting=meeting,
            event=held["event"],
            event_for=row.event_for,
            next_at=row.next_at,
            tries=row.tries,
            remind_at=row.remind_at,
            reminded_for=row.reminded_for,
        )


def _place(circle: int) -> str:
    return f"meetings/sealed/{circle}"
