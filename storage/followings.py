"""What follows for members after a match: which help was shown, what rests; sealed, gone when it is over."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, delete, func, select

from bot.domain.following import Following
from bot.domain.ids import MemberId
from bot.domain.listening.tiers import Tier
from storage.member_tables import followings
from storage.session import Session


class Followings:
    """One row a member at most, for as long as something of it holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> Following:
        """The member's; empty where nothing is kept."""
        row = await self._session.row(select(followings).where(followings.c.member_id == member))
        return Following(member=member) if row is None else await self._following(row)

    async def claimed(self, member: MemberId) -> Following:
        """The member's, to be put anew; whoever else claims it waits until this transaction has ended.

        The unique key holds it where there is no row yet, too: the second one waits at the first one's, and
        reads what that has left. Raises VaultError.
        """
        row = {"member_id": member, **await self._row(Following(member=member))}
        same = {"next_at": followings.c.next_at}
        insert = self._session.insert(followings).values(row)
        claim = insert.on_conflict_do_update(index_elements=("member_id",), set_=same)
        made = await self._session.row(claim.returning(followings))
        assert made is not None  # noqa: S101 - it is inserted or updated
        return await self._following(made)

    async def put(self, it: Following) -> None:
        """Writes it over the one that stands; no row where it is empty. Raises VaultError."""
        self._session.scrubs = True  # what is over leaves no bytes behind
        if it.empty:
            await self._session.execute(delete(followings).where(followings.c.member_id == it.member))
            return
        values = await self._row(it)
        insert = self._session.insert(followings).values(member_id=it.member, **values)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("member_id",), set_=values))

    async def due(self, now: datetime, limit: int) -> list[Following]:
        """Those of which something is over or due; on PostgreSQL locked to this transaction."""
        found = select(followings).where(followings.c.next_at.is_not(None), followings.c.next_at <= now)
        found = found.order_by(followings.c.next_at, followings.c.member_id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [await self._following(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When the next one is due."""
        at: datetime | None = await self._session.value(
            select(func.min(followings.c.next_at)).where(followings.c.next_at.is_not(None))
        )
        return at

    async def _row(self, it: Following) -> dict[str, Any]:
        held = {
            "shown": {tier: at.isoformat() for tier, at in it.shown.items()},
            "rests_until": it.rests_until and it.rests_until.isoformat(),
            "practice_rests": it.practice_rests,
            "follow_at": it.follow_at and it.follow_at.isoformat(),
        }
        key = await self._session.member_key(it.member)
        return {"sealed": self._session.vault.seal(held, _place(it.member), key), "next_at": it.next_at}

    async def _following(self, row: Row[Any]) -> Following:
        member = MemberId(row.member_id)
        key = await self._session.member_key(member)
        held = self._session.vault.open(row.sealed, _place(member), key)
        shown = {Tier(tier): datetime.fromisoformat(at) for tier, at in held["shown"].items()}
        return Following(
            member=member,
            shown=MappingProxyType(shown),
            rests_until=_time(held["rests_until"]),
            practice_rests=held["practice_rests"],
            follow_at=_time(held["follow_at"]),
        )


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _place(member: int) -> str:
    return f"followings/sealed/{member}"
