"""Commitments and their log in the database: only when something is due stands open, all else is sealed."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, delete, func, select, update

from bot.domain.commitments import Commitment, Mark, Rest, Words, parse_cadence, spoken_cadence
from bot.domain.ids import CommitmentId, MemberId
from bot.domain.practice_errors import NoSuchCommitment
from storage.practice_tables import commitments, entries
from storage.session import Session


class Commitments:
    """What members chose, and one entry of the log a day."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, commitment: Commitment) -> Commitment:
        """Writes a new one, whatever its id; with its own id back. Raises VaultError for a deleted member."""
        row = {"member_id": commitment.member, "made_at": commitment.made_at, **await self._row(commitment)}
        made = await self._session.row(
            self._session.insert(commitments).values(row).returning(commitments.c.id)
        )
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        return await self.get(CommitmentId(made.id))

    async def get(self, id_: CommitmentId) -> Commitment:
        """Raises NoSuchCommitment."""
        row = await self._session.row(select(commitments).where(commitments.c.id == id_))
        if row is None:
            raise NoSuchCommitment
        return await self._commitment(row)

    async def of(self, member: MemberId) -> list[Commitment]:
        """All of the member's, those let go too, oldest first."""
        found = select(commitments).where(commitments.c.member_id == member).order_by(commitments.c.id)
        return [await self._commitment(row) for row in await self._session.rows(found)]

    async def put(self, commitment: Commitment) -> None:
        """Writes it over the one that stands. Raises NoSuchCommitment."""
        row = await self._row(commitment)
        changed = await self._session.execute(
            update(commitments).where(commitments.c.id == commitment.id).values(row)
        )
        if not changed.rowcount:
            raise NoSuchCommitment

    async def delete(self, id_: CommitmentId) -> None:
        """With its log; the old bytes follow the commit. Raises NoSuchCommitment."""
        gone = await self._session.execute(delete(commitments).where(commitments.c.id == id_))
        if not gone.rowcount:
            raise NoSuchCommitment
        self._session.scrubs = True

    async def log(self, commitment: Commitment) -> dict[date, Mark]:
        """How each day went that was logged, oldest first."""
        key = await self._session.member_key(commitment.member)
        found = select(entries).where(entries.c.commitment_id == commitment.id).order_by(entries.c.date)
        rows = await self._session.rows(found)
        return {
            row.date: Mark(self._vault.open(row.sealed, _entry_place(commitment.id, row.date), key))
            for row in rows
        }

    async def put_entry(self, commitment: Commitment, day: date, mark: Mark) -> None:
        """One a day: a second one takes the first one's place."""
        key = await self._session.member_key(commitment.member)
        sealed = self._vault.seal(mark.value, _entry_place(commitment.id, day), key)
        row = {"commitment_id": commitment.id, "member_id": commitment.member, "date": day, "sealed": sealed}
        insert = self._session.insert(entries).values(row)
        await self._session.execute(
            insert.on_conflict_do_update(index_elements=("commitment_id", "date"), set_={"sealed": sealed})
        )

    async def remove_entry(self, commitment: Commitment, day: date) -> None:
        """The day is as if it had not been logged."""
        mine = (entries.c.commitment_id == commitment.id) & (entries.c.date == day)
        gone = await self._session.execute(delete(entries).where(mine))
        self._session.scrubs = self._session.scrubs or bool(gone.rowcount)

    async def due(self, now: datetime, limit: int) -> list[Commitment]:
        """Those to be looked at by `now`, the longest due first; on PostgreSQL locked to this transaction."""
        c = commitments.c
        found = select(commitments).where(c.remind_at.is_not(None), c.remind_at <= now)
        found = found.order_by(c.remind_at, c.id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [await self._commitment(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When the next one is to be looked at."""
        at: datetime | None = await self._session.value(
            select(func.min(commitments.c.remind_at)).where(commitments.c.remind_at.is_not(None))
        )
        return at

    async def counted(self, member: MemberId) -> int:
        """How many the member has, those let go too."""
        count: int = await self._session.value(
            select(func.count()).select_from(commitments).where(commitments.c.member_id == member)
        )
        return count

    async def _row(self, it: Commitment) -> dict[str, Any]:
        held = {
            "words": {name: getattr(it.words, name) for name in Words.__slots__},
            "plans": [[first.isoformat(), spoken_cadence(cadence)] for first, cadence in it.plans],
            "rests": [[rest.first.isoformat(), rest.last and rest.last.isoformat()] for rest in it.rests],
            "zone": it.zone.key,
            "day_starts": it.day_starts.isoformat("minutes"),
            "lapse_only": it.lapse_only,
            "reminded": it.reminded and it.reminded.isoformat("minutes"),
            "ended": it.ended and it.ended.isoformat(),
            "reviewed": it.reviewed and it.reviewed.isoformat(),
        }
        key = await self._session.member_key(it.member)
        return {"sealed": self._vault.seal(held, _place(it.member), key), "remind_at": it.remind_at}

    async def _commitment(self, row: Row[Any]) -> Commitment:
        member = MemberId(row.member_id)
        held = self._vault.open(row.sealed, _place(member), await self._session.member_key(member))
        made_at: datetime = row.made_at
        return Commitment(
            id=CommitmentId(row.id),
            member=member,
            words=Words(**held["words"]),
            plans=tuple((date.fromisoformat(first), parse_cadence(said)) for first, said in held["plans"]),
            rests=tuple(Rest(date.fromisoformat(one), _date(two)) for one, two in held["rests"]),
            zone=ZoneInfo(held["zone"]),
            day_starts=time.fromisoformat(held["day_starts"]),
            lapse_only=held["lapse_only"],
            reminded=time.fromisoformat(held["reminded"]) if held["reminded"] else None,
            made_at=made_at,
            ended=_date(held["ended"]),
            remind_at=row.remind_at,
            reviewed=_date(held.get("reviewed")),
        )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(member: int) -> str:
    return f"commitments/sealed/{member}"


def _entry_place(commitment: int, day: date) -> str:
    return f"entries/sealed/{commitment}/{day.isoformat()}"
