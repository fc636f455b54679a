"""Members' own quiet in the database: when it ends stands open, what else it is with the member's key."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.ids import MemberId
from bot.domain.mutes import Mute
from storage.channel_tables import mutes
from storage.session import Session


class Mutes:
    """One a member at most."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, member: MemberId) -> Mute | None:
        """The member's; one that is over may still stand until it is deleted."""
        row = await self._session.row(select(mutes).where(mutes.c.member_id == member))
        if row is None:
            return None
        held = self._session.vault.open(row.sealed, _place(member), await self._session.member_key(member))
        posting = held["posting"]
        return Mute(
            member=member, until=row.ends_at, posting=datetime.fromisoformat(posting) if posting else None
        )

    async def until(self, member: MemberId, now: datetime) -> datetime | None:
        """When it ends; None where none is on."""
        at: datetime | None = await self._session.value(
            select(mutes.c.ends_at).where(mutes.c.member_id == member, mutes.c.ends_at > now)
        )
        return at

    async def put(self, mute: Mute) -> None:
        """Writes it over the one that stands. Raises VaultError for a deleted member."""
        key = await self._session.member_key(mute.member)
        held = {"posting": mute.posting and mute.posting.isoformat()}
        row = {"ends_at": mute.until, "sealed": self._session.vault.seal(held, _place(mute.member), key)}
        insert = self._session.insert(mutes).values(member_id=mute.member, **row)
        await self._session.execute(insert.on_conflict_do_update(index_elements=("member_id",), set_=row))

    async def remove(self, member: MemberId) -> None:
        """Fine where there is none."""
        await self._session.execute(delete(mutes).where(mutes.c.member_id == member))

    async def delete_over(self, now: datetime) -> None:
        """Those that have ended."""
        await self._session.execute(delete(mutes).where(mutes.c.ends_at <= now))


def _place(member: int) -> str:
    return f"mutes/sealed/{member}"
