"""The access log in the database: sealed with the looked-at member's key; viewers can be forgotten."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.ids import MemberId
from bot.domain.looks import Look, Seen
from storage.member_tables import looks
from storage.session import Session


class Looks:
    """Who saw what, member by member."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def note(self, member: MemberId, look: Look) -> None:
        """Notes a look, in a transaction that is committed before anything is shown."""
        key = await self._session.member_key(member)
        held = [look.seen, look.about.isoformat() if look.about else None, look.reason]
        viewer = look.viewer
        row = {
            "member_id": member,
            "viewer_lookup": self._lookup(viewer) if viewer else None,
            "sealed": self._vault.seal(held, _place(member), key),
            "viewer_sealed": self._vault.seal([viewer.platform, viewer.id], _place(member), key)
            if viewer
            else None,
            "at": look.at,
        }
        await self._session.execute(self._session.insert(looks).values(row))

    async def of(self, members: Collection[MemberId]) -> list[Look]:
        """All looks at these members, the newest first."""
        found = select(looks).where(looks.c.member_id.in_(members))
        rows = await self._session.rows(found.order_by(looks.c.at.desc(), looks.c.id.desc()))
        return [await self._look(row) for row in rows]

    async def forget(self, account: Account) -> None:
        """The looks stay, without who looked."""
        mine = looks.c.viewer_lookup == self._lookup(account)
        await self._session.execute(update(looks).where(mine).values(viewer_lookup=None, viewer_sealed=None))

    async def delete_before(self, at: datetime) -> None:
        """What is older than it is kept for."""
        await self._session.execute(delete(looks).where(looks.c.at < at))

    async def _look(self, row: Row[Any]) -> Look:
        member = MemberId(row.member_id)
        key = await self._session.member_key(member)
        seen, about, reason = self._vault.open(row.sealed, _place(member), key)
        viewer = None
        if row.viewer_sealed is not None:
            platform, id_ = self._vault.open(row.viewer_sealed, _place(member), key)
            viewer = Account(Platform(platform), id_)
        return Look(
            at=row.at,
            seen=Seen(seen),
            about=date.fromisoformat(about) if about else None,
            reason=reason,
            viewer=viewer,
        )

    def _lookup(self, account: Account) -> bytes:
        return self._vault.lookup("looks", account.platform, account.id)


def _place(member: int) -> str:
    return f"looks/sealed/{member}"
