"""The audit list in the database: who and what stand sealed, and a name leaves it with its person."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.audit import Deed, Entry
from bot.domain.ids import CircleId
from storage.plan_tables import audit
from storage.session import Session

SHOWN = 25  # entries of one look


class Audit:
    """What facilitators did."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def note(self, circle: CircleId, account: Account, deed: Deed, about: str, at: datetime) -> None:
        """Notes a deed, in the transaction of the deed itself."""
        row = {
            "circle_id": circle,
            "deed": deed,
            "sealed": self._vault.seal(about, _place(circle)),
            "account_lookup": self._lookup(account),
            "account_sealed": self._vault.seal([account.platform, account.id], _place(circle)),
            "at": at,
        }
        await self._session.execute(self._session.insert(audit).values(row))

    async def latest(self, circle: CircleId, limit: int = SHOWN) -> list[Entry]:
        """The newest first."""
        found = select(audit).where(audit.c.circle_id == circle)
        rows = await self._session.rows(found.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit))
        return [
            Entry(
                at=row.at,
                deed=Deed(row.deed),
                about=self._vault.open(row.sealed, _place(circle)),
                account=self._account(row.account_sealed, circle),
            )
            for row in rows
        ]

    async def of(self, account: Account) -> list[tuple[CircleId, Entry]]:
        """What this person did, everywhere, oldest first."""
        found = select(audit).where(audit.c.account_lookup == self._lookup(account))
        rows = await self._session.rows(found.order_by(audit.c.at, audit.c.id))
        return [
            (
                CircleId(row.circle_id),
                Entry(
                    at=row.at,
                    deed=Deed(row.deed),
                    about=self._vault.open(row.sealed, _place(row.circle_id)),
                    account=account,
                ),
            )
            for row in rows
        ]

    async def forget(self, account: Account) -> None:
        """The deeds stay, without who did them."""
        mine = audit.c.account_lookup == self._lookup(account)
        await self._session.execute(
            update(audit).where(mine).values(account_lookup=None, account_sealed=None)
        )

    async def delete_before(self, at: datetime) -> None:
        """What is older than it is kept for."""
        await self._session.execute(delete(audit).where(audit.c.at < at))

    def _account(self, sealed: bytes | None, circle: CircleId) -> Account | None:
        if sealed is None:
            return None
        platform, id_ = self._vault.open(sealed, _place(circle))
        return Account(Platform(platform), id_)

    def _lookup(self, account: Account) -> bytes:
        return self._vault.lookup("audit", account.platform, account.id)


def _place(circle: int) -> str:
    return f"audit/sealed/{circle}"
