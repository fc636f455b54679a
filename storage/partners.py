"""Who named whom in the database: found by a keyed hash, all else sealed with the naming member's key."""

from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select

from bot.domain.accounts import Account, Platform
from bot.domain.ids import CircleId, CommitmentId, MemberId
from bot.domain.partners import Partner
from storage.practice_tables import partners
from storage.session import Session


class Partners:
    """One row a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def of(self, member: MemberId) -> Partner | None:
        """Whom the member named."""
        row = await self._session.row(select(partners).where(partners.c.member_id == member))
        return None if row is None else await self._partner(row)

    async def put(self, circle: CircleId, partner: Partner) -> None:
        """Writes it over the one that stands. Raises VaultError for a deleted member."""
        held = {
            "named": [partner.named.platform, partner.named.id],
            "shows": list(partner.shows),
            "sent_on": partner.sent_on and partner.sent_on.isoformat(),
            "word": partner.word,
            "word_on": partner.word_on and partner.word_on.isoformat(),
        }
        key = await self._session.member_key(partner.member)
        values = {
            "named_lookup": self._lookup(circle, partner.named),
            "sealed": self._vault.seal(held, _place(partner.member), key),
        }
        insert = self._session.insert(partners).values(member_id=partner.member, **values)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("member_id",), set_=values))

    async def remove(self, member: MemberId) -> None:
        """Fine where there is none."""
        await self._delete(partners.c.member_id == member)

    async def forget(self, circle: CircleId, account: Account) -> None:
        """Nobody in this circle has named this person any more."""
        await self._delete(partners.c.named_lookup == self._lookup(circle, account))

    async def _delete(self, which: Any) -> None:
        gone = await self._session.execute(delete(partners).where(which))
        self._session.scrubs = self._session.scrubs or bool(gone.rowcount)

    async def _partner(self, row: Row[Any]) -> Partner:
        member = MemberId(row.member_id)
        held = self._vault.open(row.sealed, _place(member), await self._session.member_key(member))
        platform, id_ = held["named"]
        return Partner(
            member=member,
            named=Account(Platform(platform), id_),
            shows=tuple(CommitmentId(each) for each in held["shows"]),
            sent_on=_date(held["sent_on"]),
            word=held["word"],
            word_on=_date(held["word_on"]),
        )

    def _lookup(self, circle: CircleId, account: Account) -> bytes:
        return self._vault.lookup("partners", str(circle), account.platform, account.id)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(member: int) -> str:
    return f"partners/sealed/{member}"
