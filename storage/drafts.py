"""Imports that wait for a facilitator's yes: the file as it came, sealed, so that a restart loses none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.domain.ids import CircleId, DraftId
from bot.domain.plan_errors import NoSuchDraft
from storage.plan_tables import drafts
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """One file; `seen` is a fingerprint of what it was compared with when its difference was shown."""

    id: DraftId
    circle: CircleId
    text: str
    seen: str
    made_at: datetime


class Drafts:
    """One a circle at most: a new one takes the place of what waited before."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, circle: CircleId, text: str, seen: str, at: datetime) -> DraftId:
        """Keeps a file until it is said yes or no to."""
        await self._session.execute(delete(drafts).where(drafts.c.circle_id == circle))
        sealed = self._session.vault.seal({"text": text, "seen": seen}, _place(circle))
        row = {"circle_id": circle, "sealed": sealed, "made_at": at}
        added = self._session.insert(drafts).values(row).returning(drafts.c.id)
        return DraftId(await self._session.value(added))

    async def get(self, id_: DraftId) -> Draft:
        """Raises NoSuchDraft."""
        row = await self._session.row(select(drafts).where(drafts.c.id == id_))
        if row is None:
            raise NoSuchDraft
        held = self._session.vault.open(row.sealed, _place(row.circle_id))
        return Draft(DraftId(row.id), CircleId(row.circle_id), held["text"], held["seen"], row.made_at)

    async def delete(self, id_: DraftId) -> None:
        """It was decided on."""
        await self._session.execute(delete(drafts).where(drafts.c.id == id_))

    async def delete_before(self, at: datetime) -> None:
        """Those that nobody decided on."""
        await self._session.execute(delete(drafts).where(drafts.c.made_at < at))


def _place(circle: int) -> str:
    return f"drafts/sealed/{circle}"
