"""Occurrences in the database: each due post is claimed at most once, whoever tries and however often."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.domain.choice import Used
from bot.domain.errors import NoSuchOccurrence
from bot.domain.ids import CircleId, OccurrenceId, PromptId, ScheduleId
from bot.domain.occurrences import Occurrence, Reason, State
from bot.domain.schedules import Kind
from storage.columns import said
from storage.processes import free
from storage.session import Session
from storage.tables import occurrences

STANDING = (State.CLAIMED, State.SENT)  # what went out, or is on its way


_BY_ID = select(occurrences).where(occurrences.c.id == bindparam("id"))
_asked, _newest = occurrences.alias("asked"), occurrences.alias("newest")
_WITH_NEWEST = select(occurrences).where(
    (occurrences.c.id == bindparam("id"))
    | (
        occurrences.c.id
        == select(_newest.c.id)
        .join(_asked, (_newest.c.circle_id == _asked.c.circle_id) & (_newest.c.kind == _asked.c.kind))
        .where(_asked.c.id == bindparam("id"), _newest.c.state == said(State.SENT))
        .order_by(_newest.c.due.desc(), _newest.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
)
_NEWEST = {
    state: select(occurrences)
    .where(
        occurrences.c.circle_id == bindparam("circle"),
        occurrences.c.kind == bindparam("kind"),
        occurrences.c.state == said(state),
    )
    .order_by(occurrences.c.due.desc(), occurrences.c.id.desc())
    .limit(1)
    for state in State
}


class Occurrences:
    """Every due post, whatever became of it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def claim(
        self,
        circle: CircleId,
        schedule: ScheduleId | None,
        kind: Kind,
        date: date,
        due: datetime,
        prompt: PromptId | None,
        state: State,
        at: datetime,
        reason: Reason | None = None,
    ) -> Occurrence | None:
        """Takes the post of a schedule on a local date (or one by hand); None where it was taken already.

        A claim is in this process's hand.
        """
        row = {
            "circle_id": circle,
            "schedule_id": schedule,
            "kind": kind,
            "date": date,
            "due": due,
            "prompt": prompt,
            "state": state,
            "claimed_at": at,
            "reason": reason,
            "held_by": self._session.process if state is State.CLAIMED else None,
        }
        taken = self._session.insert(occurrences).values(row).on_conflict_do_nothing().returning(occurrences)
        made = await self._session.row(taken)
        return None if made is None else self._occurrence(made)

    async def get(self, id_: OccurrenceId) -> Occurrence:
        """Raises NoSuchOccurrence."""
        row = await self._session.row(_BY_ID, id=id_)
        if row is None:
            raise NoSuchOccurrence
        return self._occurrence(row)

    async def with_newest(self, id_: OccurrenceId) -> tuple[Occurrence, Occurrence | None]:
        """The occurrence, and its circle's last sent one of its kind. Raises NoSuchOccurrence."""
        rows = await self._session.rows(_WITH_NEWEST, id=id_)
        found = {row.id: self._occurrence(row) for row in rows}
        if id_ not in found:
            raise NoSuchOccurrence
        sent = [each for each in found.values() if each.state is State.SENT]
        return found[id_], max(sent, key=lambda each: (each.due, each.id), default=None)

    async def mark_sent(self, id_: OccurrenceId, message: str, at: datetime) -> None:
        """The post is in the channel under this message id. Raises NoSuchOccurrence."""
        sealed = self._vault.seal(message, _place(id_))
        looked = self._lookup(message)
        await self._change(
            id_,
            {"state": State.SENT, "sent_at": at, "message": sealed, "message_lookup": looked, "reason": None},
        )

    async def mark_missed(self, id_: OccurrenceId, reason: Reason) -> None:
        """It will not be sent. Raises NoSuchOccurrence."""
        await self._change(id_, {"state": State.MISSED, "reason": reason})

    async def reopen(self, id_: OccurrenceId) -> None:
        """One that was called missed is a claim again, to be settled; any other stays as it is."""
        c = occurrences.c
        missed = update(occurrences).where(c.id == id_, c.state == State.MISSED)
        await self._session.execute(missed.values(state=State.CLAIMED, reason=None))

    async def unsettled(self) -> list[Occurrence]:
        """Claimed and not known to be sent, oldest first."""
        return await self._where(occurrences.c.state == State.CLAIMED)

    async def loose(self, now: datetime) -> list[Occurrence]:
        """Those of them that this process may take: in its own hand, or in that of no living one."""
        c = occurrences.c
        return await self._where(c.state == State.CLAIMED, free(self._session, c.held_by, now))

    async def take(self, ids: Collection[OccurrenceId], now: datetime) -> list[OccurrenceId]:
        """Into this process's hand; those that another was not quicker to take."""
        c = occurrences.c
        loose = select(c.id).where(
            c.id.in_(ids), c.state == State.CLAIMED, free(self._session, c.held_by, now)
        )
        mine = update(occurrences).where(c.id.in_(loose.with_for_update(skip_locked=True)))
        taken = mine.values(held_by=self._session.process).returning(c.id)
        return sorted(OccurrenceId(row.id) for row in await self._session.rows(taken))

    async def let_go(self, id_: OccurrenceId) -> None:
        """Whoever comes first may try it next."""
        mine = update(occurrences).where(occurrences.c.id == id_)
        await self._session.execute(mine.values(held_by=None))

    async def latest(self, circle: CircleId, kind: Kind, state: State = State.SENT) -> Occurrence | None:
        """The circle's last one of this kind, by when it was due."""
        row = await self._session.row(_NEWEST[state], circle=circle, kind=kind)
        return None if row is None else self._occurrence(row)

    async def by_hand_since(self, circle: CircleId, kind: Kind, since: datetime) -> Occurrence | None:
        """The last one posted by hand (or about to be) since then."""
        c = occurrences.c
        found = await self._where(
            c.circle_id == circle,
            c.kind == kind,
            c.schedule_id.is_(None),
            c.state.in_(STANDING),
            c.claimed_at >= since,
        )
        return found[-1] if found else None

    async def used(self, circle: CircleId, kind: Kind) -> list[Used]:
        """The texts that went out, or are on their way, oldest first; one stands as often as it was used."""
        c = occurrences.c
        used = select(c.prompt, c.date).where(
            c.circle_id == circle, c.kind == kind, c.state.in_(STANDING), c.prompt.is_not(None)
        )
        rows = await self._session.rows(used.order_by(c.due, c.id))
        return [Used(PromptId(row.prompt), row.date) for row in rows]

    async def on(self, schedule: ScheduleId, day: date) -> bool:
        """Whether the schedule's post of a date has been decided on, however."""
        c = occurrences.c
        taken = select(c.id).where(c.schedule_id == schedule, c.date == day)
        return await self._session.row(taken) is not None

    async def since(self, circle: CircleId, at: datetime) -> list[Occurrence]:
        """Those due since then, in the order they were due."""
        c = occurrences.c
        return await self._where(c.circle_id == circle, c.due >= at, order=(c.due, c.id))

    async def by_message(self, message: str) -> Occurrence | None:
        """The one that stands in this message."""
        found = await self._where(occurrences.c.message_lookup == self._lookup(message))
        return found[0] if found else None

    async def _change(self, id_: OccurrenceId, values: dict[str, Any]) -> None:
        changed = await self._session.execute(
            update(occurrences).where(occurrences.c.id == id_).values(values)
        )
        if not changed.rowcount:
            raise NoSuchOccurrence

    async def _where(
        self, *conditions: Any, order: tuple[Any, ...] = (occurrences.c.id,)
    ) -> list[Occurrence]:
        rows = await self._session.rows(select(occurrences).where(*conditions).order_by(*order))
        return [self._occurrence(row) for row in rows]

    def _lookup(self, message: str) -> bytes:
        return self._vault.lookup("occurrences", "message", message)

    def _occurrence(self, row: Row[Any]) -> Occurrence:
        return Occurrence(
            id=OccurrenceId(row.id),
            circle=CircleId(row.circle_id),
            schedule=None if row.schedule_id is None else ScheduleId(row.schedule_id),
            kind=Kind(row.kind),
            date=row.date,
            due=row.due,
            prompt=None if row.prompt is None else PromptId(row.prompt),
            state=State(row.state),
            claimed_at=row.claimed_at,
            sent_at=row.sent_at,
            message=None if row.message is None else self._vault.open(row.message, _place(row.id)),
            reason=None if row.reason is None else Reason(row.reason),
        )


def _place(id_: int) -> str:
    return f"occurrences/message/{id_}"
