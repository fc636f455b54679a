"""Who is on duty in the database: sealed with the house's key, found by keyed hashes, forgotten by them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.duty import Duty as Turn
from bot.domain.duty import Watch
from bot.domain.ids import CircleId, DutyId, OutboxId
from storage.alert_tables import duties, watches
from storage.session import Session


class Duty:
    """One turn a facilitator and circle, and one watch a circle that uses duty."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def of_circle(self, circle: CircleId) -> list[Turn]:
        """All that are kept, whoever is on duty and whoever was."""
        rows = await self._session.rows(
            select(duties).where(duties.c.circle_id == circle).order_by(duties.c.id)
        )
        return [self._turn(row) for row in rows]

    async def find(self, circle: CircleId, account: Account) -> Turn | None:
        """The facilitator's own."""
        mine = duties.c.circle_id == circle, duties.c.lookup == self._here(circle, account)
        row = await self._session.row(select(duties).where(*mine))
        return None if row is None else self._turn(row)

    async def get(self, id_: DutyId) -> Turn | None:
        """None where it is kept no longer."""
        row = await self._session.row(select(duties).where(duties.c.id == id_))
        return None if row is None else self._turn(row)

    async def own(self, circle: CircleId, account: Account) -> Turn:
        """The facilitator's own, made where there was none."""
        row = {
            "circle_id": circle,
            "lookup": self._here(circle, account),
            "anywhere": self._anywhere(account),
            "sealed": self._vault.seal([account.platform, account.id], _place(circle)),
        }
        await self._session.execute(self._session.insert(duties).values(row).on_conflict_do_nothing())
        found = await self.find(circle, account)
        assert found is not None  # noqa: S101 - it was there, or was made
        return found

    async def watched(self, circle: CircleId) -> None:
        """The circle uses duty from now on."""
        row = self._session.insert(watches).values(circle_id=circle)
        await self._session.execute(row.on_conflict_do_nothing())

    async def put(self, turn: Turn) -> None:
        """Writes when it runs."""
        values = {"since": turn.since, "until": turn.until, "last_at": turn.last_at}
        await self._session.execute(update(duties).where(duties.c.id == turn.id).values(values))

    async def everywhere(self, account: Account) -> list[Turn]:
        """This person's, in every circle."""
        mine = duties.c.anywhere == self._anywhere(account)
        rows = await self._session.rows(select(duties).where(mine).order_by(duties.c.id))
        return [self._turn(row) for row in rows]

    async def running(self, now: datetime) -> list[Turn]:
        """All turns that run at this instant, in every circle."""
        there = duties.c.since <= now, duties.c.until.is_(None) | (duties.c.until > now)
        return [
            self._turn(row)
            for row in await self._session.rows(select(duties).where(*there).order_by(duties.c.id))
        ]

    async def remove(self, id_: DutyId) -> None:
        """Deletes one."""
        await self._session.execute(delete(duties).where(duties.c.id == id_))
        self._session.scrubs = True

    async def delete_before(self, at: datetime) -> None:
        """Those who were last on duty before then."""
        never = duties.c.last_at.is_(None)
        over = (duties.c.since.is_(None) & (never | (duties.c.last_at < at))) | (duties.c.until < at)
        done = await self._session.execute(delete(duties).where(over))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    async def watch(self, circle: CircleId) -> Watch | None:
        """None where the circle has never used duty. On PostgreSQL locked to this transaction, if it writes.

        Two that look at once would each say what holds, and the later one forget what the other said.
        """
        found = select(watches).where(watches.c.circle_id == circle)
        row = await self._session.row(found.with_for_update() if self._session.writes else found)
        return None if row is None else _watch(row)

    async def put_watch(self, watch: Watch, next_at: datetime | None) -> None:
        """Writes what was told, and when it is looked at next."""
        values = {
            "covered": watch.covered,
            "bare_since": watch.bare,
            "since": watch.since,
            "told_at": watch.told_at,
            "note_id": watch.note,
            "warned": watch.warned,
            "next_at": next_at,
        }
        await self._session.execute(update(watches).where(watches.c.circle_id == watch.circle).values(values))

    async def due(self, now: datetime, limit: int) -> list[Watch]:
        """Those to be looked at by `now`; on PostgreSQL locked to this transaction."""
        found = select(watches).where(watches.c.next_at <= now).order_by(watches.c.next_at).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [_watch(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When one is to be looked at next."""
        at: datetime | None = await self._session.value(select(func.min(watches.c.next_at)))
        return at

    def _turn(self, row: Row[Any]) -> Turn:
        platform, id_ = self._vault.open(row.sealed, _place(row.circle_id))
        return Turn(
            id=DutyId(row.id),
            circle=CircleId(row.circle_id),
            account=Account(Platform(platform), id_),
            since=row.since,
            until=row.until,
            last_at=row.last_at,
        )

    def _here(self, circle: CircleId, account: Account) -> bytes:
        return self._vault.lookup("duties", str(circle), account.platform, account.id)

    def _anywhere(self, account: Account) -> bytes:
        return self._vault.lookup("duties", "anywhere", account.platform, account.id)


def _watch(row: Row[Any]) -> Watch:
    return Watch(
        circle=CircleId(row.circle_id),
        covered=row.covered,
        bare=row.bare_since,
        since=row.since,
        told_at=row.told_at,
        note=None if row.note_id is None else OutboxId(row.note_id),
        warned=row.warned,
    )


def _place(circle: int) -> str:
    return f"duties/sealed/{circle}"
