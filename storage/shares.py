"""Shares in the database: the text and what was said of it, sealed with the author's key."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.domain.errors import NoSuchShare
from bot.domain.ids import CircleId, MemberId, OccurrenceId, ShareId
from bot.domain.shares import Review, Share
from storage.session import Session
from storage.tables import shares


class Shares:
    """All offered texts, until their author is deleted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(
        self, circle: CircleId, member: MemberId, occurrence: OccurrenceId | None, text: str, at: datetime
    ) -> Share:
        """Puts a text into review. Raises VaultError for a deleted member."""
        row = {
            "circle_id": circle,
            "member_id": member,
            "occurrence_id": occurrence,
            "sealed": await self._sealed(member, text, "", None),
            "offered_at": at,
            "review": Review.WAITING,
        }
        added = self._session.insert(shares).values(row).returning(shares.c.id)
        id_ = ShareId(await self._session.value(added))
        return Share(id=id_, circle=circle, member=member, occurrence=occurrence, text=text, offered_at=at)

    async def get(self, id_: ShareId) -> Share:
        """Raises NoSuchShare."""
        found = await self._where(shares.c.id == id_)
        if not found:
            raise NoSuchShare
        return found[0]

    async def put(self, share: Share) -> None:
        """Writes what was decided. Raises NoSuchShare."""
        row = {
            "sealed": await self._sealed(share.member, share.text, share.reason, share.message),
            "review": share.review,
            "decided_at": share.decided_at,
        }
        done = await self._session.execute(update(shares).where(shares.c.id == share.id).values(row))
        if not done.rowcount:
            raise NoSuchShare

    async def waiting(self, circle: CircleId) -> list[Share]:
        """The circle's queue, oldest first."""
        return await self._where(shares.c.circle_id == circle, shares.c.review == Review.WAITING)

    async def of(self, member: MemberId) -> list[Share]:
        """Everything that the member offered, oldest first."""
        return await self._where(shares.c.member_id == member)

    async def _sealed(self, member: MemberId, text: str, reason: str, message: str | None) -> bytes:
        key = await self._session.member_key(member)
        return self._vault.seal({"text": text, "reason": reason, "message": message}, _place(member), key)

    async def _where(self, *conditions: Any) -> list[Share]:
        rows = await self._session.rows(select(shares).where(*conditions).order_by(shares.c.id))
        return [self._share(row, await self._session.member_key(MemberId(row.member_id))) for row in rows]

    def _share(self, row: Row[Any], key: bytes) -> Share:
        held = self._vault.open(row.sealed, _place(row.member_id), key)
        return Share(
            id=ShareId(row.id),
            circle=CircleId(row.circle_id),
            member=MemberId(row.member_id),
            occurrence=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
            text=held["text"],
            offered_at=row.offered_at,
            review=Review(row.review),
            decided_at=row.decided_at,
            reason=held["reason"],
            message=held["message"],
        )


def _place(member: int) -> str:
    return f"shares/sealed/{member}"
