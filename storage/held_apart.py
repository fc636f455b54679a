"""Two whom facilitators keep apart: found by keyed hashes, which hold for who left and came back, too."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.held_apart import Two
from bot.domain.ids import CircleId, MemberId, TwoId
from storage.channel_tables import held_apart
from storage.session import Session


class HeldApart:
    """Who asked for it, and why, stands nowhere."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, circle: CircleId, two: Iterable[Account], unknown: Collection[Account]) -> bool:
        """Keeps them apart; the `unknown` have not joined, so that nothing else says who they are.

        False where they were apart already.
        """
        (one, one_is), (other, other_is) = sorted((self._lookup(each), each) for each in two)
        row = {
            "circle_id": circle,
            "one_lookup": one,
            "other_lookup": other,
            "one_sealed": self._sealed(circle, one_is) if one_is in unknown else None,
            "other_sealed": self._sealed(circle, other_is) if other_is in unknown else None,
        }
        insert = self._session.insert(held_apart).values(row).on_conflict_do_nothing()
        return await self._session.value(insert.returning(held_apart.c.id)) is not None

    async def of(self, circle: CircleId, known: Iterable[Account]) -> list[Two]:
        """All of a circle's, oldest first; `known` are the accounts of its members."""
        by_lookup = {self._lookup(account): account for account in known}
        found = select(held_apart).where(held_apart.c.circle_id == circle).order_by(held_apart.c.id)
        return [
            Two(
                id=TwoId(row.id),
                one=by_lookup.get(row.one_lookup) or self._opened(row, row.one_sealed),
                other=by_lookup.get(row.other_lookup) or self._opened(row, row.other_sealed),
            )
            for row in await self._session.rows(found)
        ]

    async def count(self, circle: CircleId) -> int:
        """How many twos."""
        counted = select(func.count()).select_from(held_apart).where(held_apart.c.circle_id == circle)
        return int(await self._session.value(counted))

    async def holds(self, circle: CircleId, one: Account, other: Account) -> bool:
        """Whether these two are kept apart."""
        first, second = sorted((self._lookup(one), self._lookup(other)))
        c = held_apart.c
        found = select(c.id).where(c.circle_id == circle, c.one_lookup == first, c.other_lookup == second)
        return await self._session.row(found) is not None

    async def among(self, circle: CircleId, people: Mapping[MemberId, Account]) -> set[frozenset[MemberId]]:
        """The twos of these who are kept apart."""
        by_lookup = {self._lookup(account): member for member, account in people.items()}
        rows = await self._session.rows(select(held_apart).where(held_apart.c.circle_id == circle))
        return {
            frozenset({by_lookup[row.one_lookup], by_lookup[row.other_lookup]})
            for row in rows
            if row.one_lookup in by_lookup and row.other_lookup in by_lookup
        }

    async def remove(self, circle: CircleId, id_: TwoId) -> bool:
        """False where there is none of the circle's with this id."""
        mine = held_apart.c.id == id_, held_apart.c.circle_id == circle
        return bool((await self._session.execute(delete(held_apart).where(*mine))).rowcount)

    async def forget(self, account: Account) -> None:
        """Nothing but a keyed hash says any more that this person is one of two, in any circle."""
        lookup = self._lookup(account)
        for side in ("one", "other"):
            sealed = held_apart.c[f"{side}_sealed"]
            known = held_apart.c[f"{side}_lookup"] == lookup, sealed.is_not(None)
            done = await self._session.execute(update(held_apart).where(*known).values({sealed: None}))
            self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    def _opened(self, row: Row[Any], sealed: bytes | None) -> Account | None:
        if sealed is None:
            return None
        platform, id_ = self._vault.open(sealed, _place(row.circle_id))
        return Account(Platform(platform), id_)

    def _sealed(self, circle: CircleId, account: Account) -> bytes:
        return self._vault.seal([account.platform, account.id], _place(circle))

    def _lookup(self, account: Account) -> bytes:
        return self._vault.lookup("held_apart", account.platform, account.id)


def _place(circle: int) -> str:
    return f"held_apart/sealed/{circle}"
