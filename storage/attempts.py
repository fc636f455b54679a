"""Attempts in the database: when they were begun and ended stands open, all else is sealed."""

from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.domain.ids import AttemptId, MemberId, PromptId
from bot.domain.ladder import Attempt, Ending
from bot.domain.practice_errors import NoSuchAttempt
from storage.practice_tables import attempts
from storage.session import Session


class Attempts:
    """What members took up."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, attempt: Attempt) -> Attempt:
        """Writes a new one, whatever its id; with its own id back. Raises VaultError for a deleted member."""
        row = {
            "member_id": attempt.member,
            "begun_at": attempt.begun_at,
            "ended_at": attempt.ended_at,
            "sealed": await self._sealed(attempt),
        }
        made = await self._session.row(self._session.insert(attempts).values(row).returning(attempts.c.id))
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        return await self.get(AttemptId(made.id))

    async def get(self, id_: AttemptId) -> Attempt:
        """Raises NoSuchAttempt."""
        row = await self._session.row(select(attempts).where(attempts.c.id == id_))
        if row is None:
            raise NoSuchAttempt
        return await self._attempt(row)

    async def of(self, member: MemberId) -> list[Attempt]:
        """All of the member's, oldest first."""
        found = select(attempts).where(attempts.c.member_id == member).order_by(attempts.c.id)
        return [await self._attempt(row) for row in await self._session.rows(found)]

    async def put(self, attempt: Attempt) -> None:
        """Writes it over the one that stands. Raises NoSuchAttempt."""
        row = {"ended_at": attempt.ended_at, "sealed": await self._sealed(attempt)}
        changed = await self._session.execute(update(attempts).where(attempts.c.id == attempt.id).values(row))
        if not changed.rowcount:
            raise NoSuchAttempt

    async def delete(self, id_: AttemptId) -> None:
        """Its old bytes follow the commit. Raises NoSuchAttempt."""
        gone = await self._session.execute(delete(attempts).where(attempts.c.id == id_))
        if not gone.rowcount:
            raise NoSuchAttempt
        self._session.scrubs = True

    async def _sealed(self, it: Attempt) -> bytes:
        held = {
            "challenge": it.challenge,
            "ending": it.ending,
            "before": it.before,
            "after": it.after,
            "learned": it.learned,
            "words": it.words,
        }
        return self._vault.seal(held, _place(it.member), await self._session.member_key(it.member))

    async def _attempt(self, row: Row[Any]) -> Attempt:
        member = MemberId(row.member_id)
        held = self._vault.open(row.sealed, _place(member), await self._session.member_key(member))
        return Attempt(
            id=AttemptId(row.id),
            member=member,
            challenge=PromptId(held["challenge"]),
            begun_at=row.begun_at,
            ended_at=row.ended_at,
            ending=Ending(held["ending"]) if held["ending"] else None,
            before=held["before"],
            after=held["after"],
            learned=held["learned"],
            words=held["words"],
        )


def _place(member: int) -> str:
    return f"attempts/sealed/{member}"
