"""Letters in the database: written with their cause, found when due, visible when stuck."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.domain.ids import CircleId, MemberId, OutboxId, ProcessId
from bot.domain.outbox import NEVER, Letter, Recipient
from storage.processes import free
from storage.session import Session
from storage.tables import outbox


class Outbox:
    """All letters; the facts of one about a member are sealed with that member's key."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(
        self,
        circle: CircleId,
        recipient: Recipient,
        kind: str,
        facts: Mapping[str, str | int | bool | None],
        at: datetime,
        member: MemberId | None = None,
        due: datetime | None = None,
    ) -> Letter:
        """Writes a letter, due at once or at `due`. Raises VaultError for a deleted member."""
        row = {
            "circle_id": circle,
            "recipient": recipient,
            "member_id": member,
            "kind": kind,
            "sealed": self._vault.seal(
                dict(facts), _place("sealed", circle, member), await self._key(member)
            ),
            "written_at": at,
            "next_try_at": due or at,
            "tries": 0,
        }
        made = await self._session.row(self._session.insert(outbox).values(row).returning(outbox))
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        return await self._letter(made)

    async def due(self, now: datetime, limit: int) -> list[Letter]:
        """Those to be tried by `now` that no other living process has in hand, the longest due first.

        On PostgreSQL they are locked to this transaction.
        """
        loose = free(self._session, outbox.c.held_by, now)
        found = select(outbox).where(outbox.c.delivered_at.is_(None), outbox.c.next_try_at <= now, loose)
        found = found.order_by(outbox.c.next_try_at, outbox.c.id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(
                skip_locked=True
            )  # SQLite has one writer and leaves these words out
        return [await self._letter(row) for row in await self._session.rows(found)]

    async def delivered(self, id_: OutboxId, at: datetime, message: str) -> None:
        """It arrived, under this message id."""
        row = await self._session.row(select(outbox).where(outbox.c.id == id_))
        if row is None:
            return  # about a member who was deleted meanwhile: there is nothing left to mark
        sealed = self._vault.seal(
            message, _place("message", row.circle_id, row.member_id), await self._key(row.member_id)
        )
        await self._session.execute(
            update(outbox).where(outbox.c.id == id_).values(delivered_at=at, message=sealed)
        )

    async def take(self, id_: OutboxId, next_try_at: datetime) -> None:
        """Into this process's hand; counts the try, and sets the next."""
        await self._tried(id_, next_try_at, self._session.process)

    async def retry(self, id_: OutboxId, next_try_at: datetime) -> None:
        """It did not arrive, and is in nobody's hand; counts the try and sets the next."""
        await self._tried(id_, next_try_at, None)

    async def put_off(self, id_: OutboxId, until: datetime) -> None:
        """It was not tried: nothing of it can stand anywhere yet."""
        values = {"next_try_at": until, "held_by": None}
        await self._session.execute(update(outbox).where(outbox.c.id == id_).values(values))

    async def let_go(self, id_: OutboxId) -> None:
        """Whoever comes first may try it next, at the time that is set."""
        await self._session.execute(update(outbox).where(outbox.c.id == id_).values(held_by=None))

    async def hasten(self, member: MemberId, at: datetime) -> None:
        """What waits for this member is tried at once; what was given up stays so."""
        waiting = outbox.c.delivered_at.is_(None), outbox.c.next_try_at < NEVER, outbox.c.next_try_at > at
        to_them = outbox.c.member_id == member, outbox.c.recipient == Recipient.MEMBER
        await self._session.execute(update(outbox).where(*to_them, *waiting).values(next_try_at=at))

    async def latest(self, member: MemberId, kind: str, facts: Mapping[str, int]) -> Letter | None:
        """The newest letter of this kind about the member that holds these facts."""
        found = select(outbox).where(outbox.c.member_id == member, outbox.c.kind == kind)
        for row in await self._session.rows(found.order_by(outbox.c.id.desc())):
            letter = await self._letter(row)
            if facts.items() <= letter.facts.items():
                return letter
        return None

    async def get(self, id_: OutboxId) -> Letter | None:
        """None where it went with its member."""
        row = await self._session.row(select(outbox).where(outbox.c.id == id_))
        return None if row is None else await self._letter(row)

    async def written_since(self, circle: CircleId, kind: str, at: datetime) -> bool:
        """Whether a letter of this kind was written since then."""
        found = select(outbox.c.id).where(
            outbox.c.circle_id == circle, outbox.c.kind == kind, outbox.c.written_at > at
        )
        return await self._session.row(found.limit(1)) is not None

    async def last_written(self, kind: str) -> dict[CircleId, datetime]:
        """When each circle's newest letter of this kind was written."""
        found = select(outbox.c.circle_id, func.max(outbox.c.written_at).label("at"))
        rows = await self._session.rows(found.where(outbox.c.kind == kind).group_by(outbox.c.circle_id))
        return {CircleId(row.circle_id): row.at for row in rows}

    async def messages(self, circle: CircleId, since: datetime) -> frozenset[str]:
        """The messages in which the circle's letters stand that arrived since then."""
        arrived = select(outbox).where(outbox.c.circle_id == circle, outbox.c.delivered_at >= since)
        letters = [await self._letter(row) for row in await self._session.rows(arrived)]
        return frozenset(letter.message for letter in letters if letter.message)

    async def posted(self, circle: CircleId, kind: str) -> list[Letter]:
        """The circle's letters of this kind that stand somewhere, the newest first."""
        mine = outbox.c.circle_id == circle, outbox.c.kind == kind, outbox.c.message.is_not(None)
        rows = await self._session.rows(select(outbox).where(*mine).order_by(outbox.c.id.desc()))
        return [await self._letter(row) for row in rows]

    async def of(self, member: MemberId) -> list[Letter]:
        """Every letter to the member or about them, oldest first."""
        found = select(outbox).where(outbox.c.member_id == member).order_by(outbox.c.id)
        return [await self._letter(row) for row in await self._session.rows(found)]

    async def delete(self, ids: Collection[OutboxId]) -> None:
        """Deletes letters; their old bytes follow the commit."""
        if ids:
            await self._session.execute(delete(outbox).where(outbox.c.id.in_(ids)))
            self._session.scrubs = True

    async def delete_unowned(self, before: datetime) -> None:
        """Deletes letters about nobody that arrived, or were given up, before then."""
        given_up = (outbox.c.next_try_at >= NEVER) & (outbox.c.written_at < before)
        await self._session.execute(
            delete(outbox).where(outbox.c.member_id.is_(None), (outbox.c.delivered_at < before) | given_up)
        )

    async def held(self, id_: OutboxId) -> bool:
        """Keeps a letter that was never tried from being tried until this transaction ends; else False."""
        untried = outbox.c.id == id_, outbox.c.tries == 0, outbox.c.delivered_at.is_(None)
        done = await self._session.execute(update(outbox).where(*untried).values(tries=0))
        return bool(done.rowcount)

    async def stop(self, id_: OutboxId) -> bool:
        """Deletes a letter that was never tried; False where it was, so that it may have arrived."""
        untried = outbox.c.id == id_, outbox.c.tries == 0, outbox.c.delivered_at.is_(None)
        done = await self._session.execute(delete(outbox).where(*untried))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)
        return bool(done.rowcount)

    async def stuck(self, circle: CircleId, before: datetime) -> list[Letter]:
        """The circle's letters written before then and still not delivered, oldest first."""
        found = select(outbox).where(
            outbox.c.circle_id == circle, outbox.c.delivered_at.is_(None), outbox.c.written_at < before
        )
        rows = await self._session.rows(found.order_by(outbox.c.written_at, outbox.c.id))
        return [await self._letter(row) for row in rows]

    async def waiting(self, until: datetime) -> tuple[int, datetime | None]:
        """How many are on their way or tried again by then, and when the oldest of them was written."""
        found = select(func.count().label("many"), func.min(outbox.c.written_at).label("first")).where(
            outbox.c.delivered_at.is_(None), outbox.c.next_try_at <= until
        )
        row = await self._session.row(found)
        return (0, None) if row is None else (int(row.many), row.first)

    async def next_at(self) -> datetime | None:
        """When the next letter is to be tried."""
        at: datetime | None = await self._session.value(
            select(outbox.c.next_try_at)
            .where(outbox.c.delivered_at.is_(None))
            .order_by(outbox.c.next_try_at, outbox.c.id)
            .limit(1)
        )
        return at

    async def _tried(self, id_: OutboxId, next_try_at: datetime, held_by: ProcessId | None) -> None:
        tried = {"next_try_at": next_try_at, "tries": outbox.c.tries + 1, "held_by": held_by}
        await self._session.execute(update(outbox).where(outbox.c.id == id_).values(tried))

    async def _key(self, member: int | None) -> bytes | None:
        return None if member is None else await self._session.member_key(MemberId(member))

    async def _letter(self, row: Row[Any]) -> Letter:
        key = await self._key(row.member_id)
        opened = self._vault.open
        message = row.message and opened(row.message, _place("message", row.circle_id, row.member_id), key)
        return Letter(
            id=OutboxId(row.id),
            circle=CircleId(row.circle_id),
            recipient=Recipient(row.recipient),
            member=None if row.member_id is None else MemberId(row.member_id),
            kind=row.kind,
            facts=opened(row.sealed, _place("sealed", row.circle_id, row.member_id), key),
            written_at=row.written_at,
            next_try_at=row.next_try_at,
            tries=row.tries,
            delivered_at=row.delivered_at,
            message=message,
        )


def _place(column: str, circle: int, member: int | None) -> str:
    return f"outbox/{column}/{circle}/{member or ''}"
