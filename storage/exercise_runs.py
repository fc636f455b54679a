"""Exercises that go on now: found by a keyed hash of the account, sealed by the house, gone at the end."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from bot.domain.accounts import Account
from bot.domain.grounding import Phase, Run
from bot.domain.grounding_errors import NoSuchRun
from bot.domain.ids import RunId
from bot.domain.languages import Language
from bot.domain.live_runs import LiveRun, Place
from storage.grounding_tables import exercise_runs
from storage.session import Session

_PUT = (
    update(exercise_runs)
    .where(exercise_runs.c.id == bindparam("of"))
    .values(sealed=bindparam("sealed"), next_at=bindparam("next_at"))
)


class ExerciseRuns:
    """One a person at most, whether they have joined a circle or not."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def begin(self, account: Account, run: Run, next_at: datetime) -> LiveRun:
        """In place of the one that went on, whose card then belongs to nothing."""
        await self.forget(account)
        row = {"lookup": self._lookup(account), "sealed": b"", "next_at": next_at}
        insert = self._session.insert(exercise_runs).values(row).on_conflict_do_nothing()
        made = await self._session.row(insert.returning(exercise_runs.c.id))
        if made is None:  # begun twice in one moment, in another process: that one is theirs
            return await self._must(account)
        live = LiveRun(id=RunId(made.id), run=run, next_at=next_at)
        await self.put(live)
        return live

    async def get(self, id_: RunId, account: Account) -> LiveRun:
        """This person's own, held to the end where one writes. Raises NoSuchRun, for anyone else's too."""
        c = exercise_runs.c
        mine = select(exercise_runs).where(c.id == id_, c.lookup == self._lookup(account))
        row = await self._session.row(self._held(mine))
        if row is None:
            raise NoSuchRun
        return self._live(row)

    async def find(self, ids: Collection[RunId]) -> dict[RunId, LiveRun]:
        """For the software itself: those of these that go on, by their ids; held as `get` holds one."""
        these = select(exercise_runs).where(exercise_runs.c.id.in_(ids)).order_by(exercise_runs.c.id)
        rows = await self._session.rows(self._held(these))
        return {live.id: live for live in map(self._live, rows)}

    async def of(self, account: Account) -> LiveRun | None:
        """The one that goes on."""
        mine = select(exercise_runs).where(exercise_runs.c.lookup == self._lookup(account))
        row = await self._session.row(mine)
        return None if row is None else self._live(row)

    async def _must(self, account: Account) -> LiveRun:
        found = await self.of(account)
        if found is None:
            raise NoSuchRun
        return found

    async def put(self, *lives: LiveRun) -> None:
        """Over those that stand; nothing where one has ended meanwhile."""
        rows = [{"of": live.id, "sealed": self._sealed(live), "next_at": live.next_at} for live in lives]
        if rows:
            await self._session.execute(_PUT, rows)

    async def end(self, *ids: RunId) -> None:
        """Nothing of them is left, on the disk neither."""
        if ids:
            await self._delete(exercise_runs.c.id.in_(ids))

    async def forget(self, account: Account) -> None:
        """Fine where there is none."""
        await self._delete(exercise_runs.c.lookup == self._lookup(account))

    async def due(self, until: datetime, limit: int) -> list[LiveRun]:
        """Those with which something is to be done; on PostgreSQL locked to this transaction."""
        found = select(exercise_runs).where(exercise_runs.c.next_at <= until)
        found = found.order_by(exercise_runs.c.next_at).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [self._live(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When something is to be done next."""
        first = select(exercise_runs.c.next_at).order_by(exercise_runs.c.next_at).limit(1)
        at: datetime | None = await self._session.value(first)
        return at

    def _held(self, found: Select[Any]) -> Select[Any]:
        """Locked on PostgreSQL, so that a tap and a step that arrives do not write over one another."""
        return found.with_for_update() if self._session.writes else found

    async def _delete(self, these: Any) -> None:
        done = await self._session.execute(delete(exercise_runs).where(these))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    def _sealed(self, live: LiveRun) -> bytes:
        run, place = live.run, live.place
        held = {
            "phase": run.phase,
            "touched": run.touched_at.isoformat(),
            "exercise": run.exercise,
            "minutes": run.minutes,
            "step": run.step,
            "began": run.began and run.began.isoformat(),
            "due": run.due and run.due.isoformat(),
            "before": run.before,
            "picture": run.picture,
            "place": place and _written(place),
            "turn": live.turn,
            "pending": live.pending,
        }
        return self._vault.seal(held, _place(live.id))

    def _live(self, row: Row[Any]) -> LiveRun:
        held = self._vault.open(row.sealed, _place(row.id))
        return LiveRun(
            id=RunId(row.id),
            run=Run(
                touched_at=datetime.fromisoformat(held["touched"]),
                phase=Phase(held["phase"]),
                exercise=held["exercise"],
                minutes=held["minutes"],
                step=held["step"],
                began=_at(held["began"]),
                due=_at(held["due"]),
                before=held["before"],
                picture=held["picture"],
            ),
            next_at=row.next_at,
            place=_screen(held["place"]),
            turn=held["turn"],
            pending=held["pending"],
        )

    def _lookup(self, account: Account) -> bytes:
        return self._vault.lookup("exercise_runs", account.platform, account.id)


def _screen(held: list[Any] | None) -> Place | None:
    if held is None:
        return None
    token, got_at, channel, message, *later = held
    language = Language(later[0]) if later else Language.EN  # a run of before has none
    at = datetime.fromisoformat(got_at)
    return Place(token=token, got_at=at, language=language, channel=channel, message=message)


def _written(place: Place) -> list[str | None]:
    return [place.token, place.got_at.isoformat(), place.channel, place.message, place.language]


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _place(id_: int) -> str:
    return f"exercise_runs/sealed/{id_}"
