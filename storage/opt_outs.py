"""Themes that members leave out: sealed with the member's own key, found by a hash that is theirs alone."""

from sqlalchemy import ColumnElement, delete, select

from bot.domain.ids import MemberId, ThemeId
from storage.plan_tables import opt_outs
from storage.session import Session


class OptOuts:
    """Goes with its member."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, member: MemberId, theme: ThemeId) -> None:
        """Leaves a theme out; twice is once."""
        sealed = self._session.vault.seal(theme, _place(member), await self._session.member_key(member))
        row = {"member_id": member, "lookup": self._lookup(member, theme), "sealed": sealed}
        await self._session.execute(self._session.insert(opt_outs).values(row).on_conflict_do_nothing())

    async def remove(self, member: MemberId, theme: ThemeId) -> None:
        """Takes it up again, where it was left out."""
        await self._session.execute(delete(opt_outs).where(*self._is(member, theme)))

    async def has(self, member: MemberId, theme: ThemeId) -> bool:
        """Whether the member leaves this theme out."""
        found = select(opt_outs.c.member_id).where(*self._is(member, theme))
        return await self._session.row(found) is not None

    async def of(self, member: MemberId) -> list[ThemeId]:
        """All that the member leaves out, by name."""
        rows = await self._session.rows(select(opt_outs).where(opt_outs.c.member_id == member))
        if not rows:
            return []
        key = await self._session.member_key(member)
        return sorted(self._session.vault.open(row.sealed, _place(member), key) for row in rows)

    def _is(self, member: MemberId, theme: ThemeId) -> tuple[ColumnElement[bool], ...]:
        return opt_outs.c.member_id == member, opt_outs.c.lookup == self._lookup(member, theme)

    def _lookup(self, member: MemberId, theme: ThemeId) -> bytes:
        return self._session.vault.lookup("opt_outs", str(member), theme)


def _place(member: int) -> str:
    return f"opt_outs/sealed/{member}"
