"""Pairs that practise listening, who wants to be in one, and who is kept apart from whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.accounts import Account
from bot.domain.ids import CircleId, MemberId, PairId
from bot.domain.pairs import Pair, Step, Wish
from bot.domain.practice_errors import NoSuchPair
from storage.practice_tables import kept_apart, pair_people, pair_wishes, pairs
from storage.processes import free
from storage.session import Session
from storage.tables import members


class Pairs:
    """Who a wish is of is sealed by nothing: it is a row of the member's, and says nothing of anyone else."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def wish(self, member: MemberId) -> tuple[Wish, datetime] | None:
        """The member's own, and when it is drawn."""
        row = await self._session.row(select(pair_wishes).where(pair_wishes.c.member_id == member))
        return None if row is None else (await self._wish(row), row.due_at)

    async def put_wish(self, wish: Wish, due_at: datetime) -> None:
        """Over the one that stands."""
        key = await self._session.member_key(wish.member)
        values = {
            "due_at": due_at,
            "sealed": self._vault.seal([wish.ear, wish.waited], _wish_place(wish.member), key),
        }
        insert = self._session.insert(pair_wishes).values(member_id=wish.member, **values)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("member_id",), set_=values))

    async def remove_wish(self, member: MemberId) -> None:
        """Fine where there is none."""
        await self._session.execute(delete(pair_wishes).where(pair_wishes.c.member_id == member))

    async def wishes_due(self, now: datetime) -> list[tuple[CircleId, Wish]]:
        """Those to be drawn by `now`; on PostgreSQL held to the end, and whoever asks meanwhile waits.

        Passing over what another has locked would part a circle's wishes between two who draw.
        """
        found = select(pair_wishes, members.c.circle_id).join_from(pair_wishes, members)
        found = found.where(pair_wishes.c.due_at <= now).order_by(pair_wishes.c.member_id)
        if self._session.writes:
            found = found.with_for_update(of=pair_wishes)
        rows = await self._session.rows(found)
        return [(CircleId(row.circle_id), await self._wish(row)) for row in rows]

    async def keep_apart(self, circle: CircleId, member: MemberId, other: Account) -> None:
        """Fine where it stands already."""
        row = {"member_id": member, "other_lookup": self._lookup(circle, other)}
        await self._session.execute(self._session.insert(kept_apart).values(row).on_conflict_do_nothing())

    async def apart(self, member: MemberId) -> int:
        """From how many the member is kept apart."""
        count: int = await self._session.value(
            select(func.count()).select_from(kept_apart).where(kept_apart.c.member_id == member)
        )
        return count

    async def apart_among(
        self, circle: CircleId, people: Mapping[MemberId, Account]
    ) -> set[frozenset[MemberId]]:
        """The twos of these of whom either asked to be kept apart from the other."""
        by_lookup = {self._lookup(circle, account): member for member, account in people.items()}
        rows = await self._session.rows(select(kept_apart).where(kept_apart.c.member_id.in_(people)))
        return {
            frozenset({MemberId(row.member_id), by_lookup[row.other_lookup]})
            for row in rows
            if row.other_lookup in by_lookup
        }

    async def end_apart(self, member: MemberId) -> None:
        """From nobody any more."""
        await self._session.execute(delete(kept_apart).where(kept_apart.c.member_id == member))

    async def add(self, pair: Pair) -> Pair:
        """Writes a new one, whatever its id; with its own id back."""
        row = {"circle_id": pair.circle, "made_at": pair.made_at, **self._row(pair)}
        made = await self._session.row(self._session.insert(pairs).values(row).returning(pairs.c.id))
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        people = [
            {"pair_id": made.id, "member_id": member, "place": place} for place, member in pair.people.items()
        ]
        await self._session.execute(self._session.insert(pair_people).values(people))
        return await self.get(PairId(made.id))

    async def get(self, id_: PairId) -> Pair:
        """Raises NoSuchPair."""
        row = await self._session.row(select(pairs).where(pairs.c.id == id_))
        if row is None:
            raise NoSuchPair
        return await self._pair(row)

    async def put(self, pair: Pair) -> None:
        """Writes it over the one that stands."""
        await self._session.execute(update(pairs).where(pairs.c.id == pair.id).values(self._row(pair)))

    async def of(self, member: MemberId) -> list[Pair]:
        """All that are kept, oldest first."""
        mine = select(pair_people.c.pair_id).where(pair_people.c.member_id == member)
        rows = await self._session.rows(select(pairs).where(pairs.c.id.in_(mine)).order_by(pairs.c.id))
        return [await self._pair(row) for row in rows]

    async def going_on(self, circle: CircleId) -> list[Pair]:
        """The circle's in which something is still to be done."""
        found = select(pairs).where(pairs.c.circle_id == circle, pairs.c.next_at.is_not(None))
        return [await self._pair(row) for row in await self._session.rows(found.order_by(pairs.c.id))]

    async def due(self, now: datetime, limit: int) -> list[Pair]:
        """Those in which something is to be done, in no other living process's hand; locked on PostgreSQL."""
        loose = free(self._session, pairs.c.held_by, now)
        found = select(pairs).where(pairs.c.next_at.is_not(None), pairs.c.next_at <= now, loose)
        found = found.order_by(pairs.c.next_at, pairs.c.id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [await self._pair(row) for row in await self._session.rows(found)]

    async def take(self, id_: PairId) -> None:
        """Into this process's hand."""
        mine = update(pairs).where(pairs.c.id == id_)
        await self._session.execute(mine.values(held_by=self._session.process))

    async def let_go(self, id_: PairId) -> None:
        """Whoever comes first may bring it up next."""
        await self._session.execute(update(pairs).where(pairs.c.id == id_).values(held_by=None))

    async def next_at(self) -> datetime | None:
        """When something is to be done next: a drawing, or a pair."""
        firsts = [
            await self._session.value(select(func.min(pair_wishes.c.due_at))),
            await self._session.value(select(func.min(pairs.c.next_at)).where(pairs.c.next_at.is_not(None))),
        ]
        return min((at for at in firsts if at is not None), default=None)

    async def delete_before(self, at: datetime) -> None:
        """Pairs made before then that are over: who was with whom is kept no longer than it is needed."""
        await self._session.execute(delete(pairs).where(pairs.c.made_at < at, pairs.c.next_at.is_(None)))

    async def _wish(self, row: Row[Any]) -> Wish:
        member = MemberId(row.member_id)
        key = await self._session.member_key(member)
        ear, waited = self._vault.open(row.sealed, _wish_place(member), key)
        return Wish(member, ear, waited)

    def _row(self, pair: Pair) -> dict[str, Any]:
        held = {
            "step": pair.step,
            "speaker": pair.speaker,
            "ready": sorted(pair.ready),
            "until": pair.until and pair.until.isoformat(),
            "closes_at": pair.closes_at.isoformat(),
            "ear": pair.ear,
            "thread": pair.thread,
            "message": pair.message,
        }
        return {"next_at": pair.next_at, "sealed": self._vault.seal(held, _place(pair.circle))}

    async def _pair(self, row: Row[Any]) -> Pair:
        people = select(pair_people).where(pair_people.c.pair_id == row.id).order_by(pair_people.c.place)
        held = self._vault.open(row.sealed, _place(row.circle_id))
        return Pair(
            id=PairId(row.id),
            circle=CircleId(row.circle_id),
            people={each.place: MemberId(each.member_id) for each in await self._session.rows(people)},
            made_at=row.made_at,
            closes_at=datetime.fromisoformat(held["closes_at"]),
            step=Step(held["step"]),
            speaker=held["speaker"],
            ready=frozenset(held["ready"]),
            until=datetime.fromisoformat(held["until"]) if held["until"] else None,
            ear=held["ear"],
            thread=held["thread"],
            message=held["message"],
            next_at=row.next_at,
        )

    def _lookup(self, circle: CircleId, account: Account) -> bytes:
        return self._vault.lookup("kept_apart", str(circle), account.platform, account.id)


def _wish_place(member: int) -> str:
    return f"pair_wishes/sealed/{member}"


def _place(circle: int) -> str:
    return f"pairs/sealed/{circle}"
