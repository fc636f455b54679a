"""Shares in the database: the words, their frame and what was said of them, sealed with the author's key."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.errors import AlreadyDecided, NoSuchShare
from bot.domain.ids import CircleId, MemberId, OccurrenceId, ShareId
from bot.domain.listening.tiers import Tier
from bot.domain.shares import Draft, Queue, Review, Screened, Share, Wish
from storage.session import Session
from storage.tables import shares


class Shares:
    """All offered texts, until their time is over or their author is deleted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(
        self,
        circle: CircleId,
        member: MemberId,
        occurrence: OccurrenceId | None,
        draft: Draft,
        at: datetime,
        screened: Screened | None = None,
    ) -> Share:
        """Puts a draft into review. Raises VaultError for a deleted member."""
        screened = screened or Screened()
        mark = screened.matched, False, screened.failed
        row = {
            "circle_id": circle,
            "member_id": member,
            "occurrence_id": occurrence,
            "sealed": await self._sealed(member, draft, "", mark),
            "offered_at": at,
            "review": Review.WAITING,
            "waits_since": at,
        }
        added = self._session.insert(shares).values(row).returning(shares)
        made = await self._session.row(added)
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        return self._share(made, await self._session.member_key(member))

    async def get(self, id_: ShareId) -> Share:
        """Raises NoSuchShare."""
        found = await self._where(shares.c.id == id_)
        if not found:
            raise NoSuchShare
        return found[0]

    async def put(self, share: Share, was: Review) -> None:
        """Writes what became of it. Raises AlreadyDecided where it is no longer what it `was`."""
        mark = share.matched, share.misread, share.unscreened
        row = {
            "sealed": await self._sealed(share.member, share.draft, share.reason, mark),
            "review": share.review,
            "decided_at": share.decided_at,
            "told": share.told,
            "waits_since": share.waits_since,
        }
        standing = update(shares).where(shares.c.id == share.id, shares.c.review == was)
        done = await self._session.execute(standing.values(row))
        if not done.rowcount:
            raise AlreadyDecided((await self.get(share.id)).review)

    async def waiting(self, circle: CircleId) -> list[Share]:
        """The circle's queue: the longest waiting first."""
        found = select(shares).where(shares.c.circle_id == circle, shares.c.review == Review.WAITING)
        return await self._read(found.order_by(shares.c.waits_since, shares.c.id))

    async def queue(self, circle: CircleId, but: ShareId | None = None) -> Queue:
        """How many wait, and since when, but for one."""
        found = select(func.count().label("waiting"), func.min(shares.c.waits_since).label("oldest")).where(
            shares.c.circle_id == circle, shares.c.review == Review.WAITING, shares.c.id != (but or 0)
        )
        row = await self._session.row(found)
        return Queue(row.waiting, row.oldest) if row is not None else Queue(0, None)

    async def late(self, before: datetime, told: int, limit: int) -> list[Share]:
        """Those that have waited since before then, of which fewer than `told` words were said."""
        found = (
            select(shares)
            .where(shares.c.waits_since.is_not(None), shares.c.waits_since <= before, shares.c.told < told)
            .order_by(shares.c.waits_since, shares.c.id)
            .limit(limit)
        )
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return await self._read(found)

    async def of(self, member: MemberId) -> list[Share]:
        """Everything that the member offered, oldest first."""
        return await self._where(shares.c.member_id == member)

    async def delete_decided(self, member: MemberId, reviews: Collection[Review], before: datetime) -> int:
        """Deletes a member's shares that came to one of these ends before then; how many."""
        done = await self._session.execute(
            delete(shares).where(
                shares.c.member_id == member, shares.c.review.in_(reviews), shares.c.decided_at < before
            )
        )
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)
        return done.rowcount

    async def _sealed(
        self, member: MemberId, draft: Draft, reason: str, mark: tuple[Tier, bool, bool]
    ) -> bytes:
        held = {
            "text": draft.text,
            "named": draft.named,
            "wish": draft.wish,
            "topic": draft.topic,
            "covered": draft.covered,
            "reason": reason,
            "mark": list(mark),
        }
        return self._vault.seal(held, _place(member), await self._session.member_key(member))

    async def _where(self, *conditions: Any) -> list[Share]:
        return await self._read(select(shares).where(*conditions).order_by(shares.c.id))

    async def _read(self, found: Any) -> list[Share]:
        rows = await self._session.rows(found)
        return [self._share(row, await self._session.member_key(MemberId(row.member_id))) for row in rows]

    def _share(self, row: Row[Any], key: bytes) -> Share:
        held = self._vault.open(row.sealed, _place(row.member_id), key)
        draft = Draft(
            text=held["text"],
            named=held.get("named", False),
            wish=Wish(held["wish"]) if held.get("wish") else None,
            topic=held.get("topic", ""),
            covered=held.get("covered", False),
        )
        matched, misread, unscreened = held.get("mark", (Tier.NONE, False, False))
        return Share(
            id=ShareId(row.id),
            circle=CircleId(row.circle_id),
            member=MemberId(row.member_id),
            occurrence=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
            draft=draft,
            offered_at=row.offered_at,
            review=Review(row.review),
            decided_at=row.decided_at,
            reason=held["reason"],
            told=row.told,
            waits_since=row.waits_since,
            matched=Tier(matched),
            misread=misread,
            unscreened=unscreened,
        )


def _place(member: int) -> str:
    return f"shares/sealed/{member}"
