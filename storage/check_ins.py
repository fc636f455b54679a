"""Check-ins in the database: one answer a member and post (or day), sealed with the member's own key."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select

from bot.domain.check_ins import Answer, Audience, CheckIn, Energy, Reactivity, Weather
from bot.domain.ids import MemberId, OccurrenceId
from storage.session import INSERTS, Insert, Session
from storage.tables import check_ins

_TO_POST = select(check_ins).where(
    check_ins.c.member_id == bindparam("member"), check_ins.c.occurrence_id == bindparam("occurrence")
)
_COUNT = select(func.count()).where(check_ins.c.occurrence_id == bindparam("occurrence"))


def _over(insert: Insert, *, to_post: bool) -> Insert:
    """Writes an answer over the one that stands there."""
    read = {name: insert.excluded[name] for name in ("sealed", "answered_at", "changed_at", "noted")}
    if to_post:
        return insert.on_conflict_do_update(index_elements=("member_id", "occurrence_id"), set_=read)
    to_day = check_ins.c.occurrence_id.is_(None)
    return insert.on_conflict_do_update(index_elements=("member_id", "date"), index_where=to_day, set_=read)


_PUT = {
    (dialect, to_post): _over(insert(check_ins), to_post=to_post)
    for dialect, insert in INSERTS.items()
    for to_post in (True, False)
}


class CheckIns:
    """All answers, each openable with its member's key alone."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def of(self, member: MemberId, occurrence: OccurrenceId | None, date: date) -> CheckIn | None:
        """The member's answer to the post, or (`occurrence` None) to the day."""
        if occurrence is not None:
            row = await self._session.row(_TO_POST, member=member, occurrence=occurrence)
        else:
            row = await self._session.row(select(check_ins).where(*_which(member, occurrence, date)))
        return None if row is None else self._check_in(row, await self._session.member_key(member))

    async def put(self, check_in: CheckIn) -> None:
        """Writes the answer over the one that stands there. Raises VaultError for a deleted member."""
        key = await self._session.member_key(check_in.member)
        sealed = self._vault.seal(_written(check_in.answer), _place(check_in.member), key)
        row = {
            "member_id": check_in.member,
            "occurrence_id": check_in.occurrence,
            "date": check_in.date,
            "sealed": sealed,
            "answered_at": check_in.answered_at,
            "changed_at": check_in.changed_at,
            "noted": bool(check_in.answer.note),
        }
        to_post = check_in.occurrence is not None
        await self._session.execute(_PUT[self._session.dialect, to_post], row)

    async def delete(self, member: MemberId, occurrence: OccurrenceId | None, date: date) -> bool:
        """Deletes the answer that `of` finds; its old bytes follow the commit. False where there is none."""
        done = await self._session.execute(delete(check_ins).where(*_which(member, occurrence, date)))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)
        return bool(done.rowcount)

    async def noted_before(self, member: MemberId, at: datetime) -> list[CheckIn]:
        """The member's answers with a note that were last changed before then."""
        found = select(check_ins).where(check_ins.c.noted, *_older(member, at))
        rows = await self._session.rows(found.order_by(check_ins.c.id))
        if not rows:
            return []
        key = await self._session.member_key(member)
        return [self._check_in(row, key) for row in rows]

    async def any_before(self, member: MemberId, at: datetime) -> bool:
        """Whether an answer was last changed before then."""
        found = select(check_ins.c.id).where(*_older(member, at)).limit(1)
        return await self._session.row(found) is not None

    async def delete_before(self, member: MemberId, at: datetime) -> None:
        """Deletes the member's answers last changed before then; their old bytes follow the commit."""
        done = await self._session.execute(delete(check_ins).where(*_older(member, at)))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    async def count(self, occurrence: OccurrenceId) -> int:
        """How many members answered the post."""
        return int(await self._session.value(_COUNT, occurrence=occurrence))

    async def all_of(self, member: MemberId) -> list[CheckIn]:
        """Every answer of the member, oldest first."""
        rows = await self._session.rows(
            select(check_ins).where(check_ins.c.member_id == member).order_by(check_ins.c.id)
        )
        if not rows:
            return []
        key = await self._session.member_key(member)
        return [self._check_in(row, key) for row in rows]

    async def between(self, member: MemberId, first: date, last: date) -> list[CheckIn]:
        """The member's answers to these days, both inclusive, oldest first."""
        c = check_ins.c
        found = select(check_ins).where(c.member_id == member, c.date >= first, c.date <= last)
        rows = await self._session.rows(found.order_by(c.date, c.id))
        if not rows:
            return []
        key = await self._session.member_key(member)
        return [self._check_in(row, key) for row in rows]

    def _check_in(self, row: Row[Any], key: bytes) -> CheckIn:
        return CheckIn(
            member=MemberId(row.member_id),
            occurrence=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
            date=row.date,
            answer=_read(self._vault.open(row.sealed, _place(row.member_id), key)),
            answered_at=row.answered_at,
            changed_at=row.changed_at,
        )


def _older(member: MemberId, at: datetime) -> tuple[ColumnElement[bool], ...]:
    last = func.coalesce(check_ins.c.changed_at, check_ins.c.answered_at)
    return check_ins.c.member_id == member, last < at


def _which(member: MemberId, occurrence: OccurrenceId | None, date: date) -> tuple[ColumnElement[bool], ...]:
    """The one answer to the post, or (`occurrence` None) to the day."""
    if occurrence is None:
        return (
            check_ins.c.member_id == member,
            check_ins.c.occurrence_id.is_(None),
            check_ins.c.date == date,
        )
    return check_ins.c.member_id == member, check_ins.c.occurrence_id == occurrence


def _place(member: int) -> str:
    return f"check_ins/sealed/{member}"


def _written(answer: Answer) -> dict[str, Any]:
    return {
        "weather": answer.weather,
        "energy": answer.energy,
        "reactivity": answer.reactivity,
        "note": answer.note,
        "audience": answer.audience,
    }


def _read(held: dict[str, Any]) -> Answer:
    return Answer(
        weather=tuple(Weather(one) for one in held["weather"]),
        energy=Energy(held["energy"]) if held["energy"] else None,
        reactivity=Reactivity(held["reactivity"]) if held["reactivity"] else None,
        note=held["note"],
        audience=Audience(held["audience"]),
    )
