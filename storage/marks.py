"""Marks: named instants of the whole installation, each moved by one process at a time."""

from datetime import datetime

from sqlalchemy import delete, select, update

from storage.session import Session
from storage.tables import marks

ALIVE = "alive"  # when Trellis was last there
RESTORED = "restored"  # the same of the backup that a database was restored from, until that is told


class Marks:
    """A few rows; none is about a person or a circle."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def at(self, name: str) -> datetime | None:
        """Where a mark stands; None where it was never set."""
        found: datetime | None = await self._session.value(select(marks.c.at).where(marks.c.name == name))
        return found

    async def put(self, name: str, at: datetime) -> None:
        """Sets it, whoever set it before."""
        row = self._session.insert(marks).values(name=name, at=at)
        await self._session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": at}))

    async def move(self, name: str, was: datetime | None, at: datetime) -> bool:
        """Sets it if it stands as it was seen to; False where somebody else was quicker."""
        if was is None:
            row = self._session.insert(marks).values(name=name, at=at).on_conflict_do_nothing()
            return await self._session.row(row.returning(marks.c.name)) is not None
        moved = update(marks).where(marks.c.name == name, marks.c.at == was).values(at=at)
        return bool((await self._session.execute(moved)).rowcount)

    async def drop(self, name: str) -> None:
        """Takes it away; fine where there is none."""
        await self._session.execute(delete(marks).where(marks.c.name == name))
