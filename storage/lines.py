"""Crisis lines in the database: a circle's own stand sealed, and so does who checked a line."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.ids import CircleId
from bot.domain.line_errors import NoSuchLine
from bot.domain.lines import Check, Line, LineId, LineKind, NewLine, local_id, number_of
from storage.line_tables import line_checks, local_lines
from storage.session import Session

FIELDS = ("name", "phone", "text", "chat", "hours")


class Lines:
    """Those that facilitators added, and what they checked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, circle: CircleId, new: NewLine, at: datetime) -> Line:
        """Adds one; with its id back."""
        held = {name: getattr(new, name) for name in FIELDS} | {"kind": new.kind}
        row = {"circle_id": circle, "added_at": at, "sealed": self._vault.seal(held, _place(circle))}
        made = self._session.insert(local_lines).values(row).returning(local_lines.c.id)
        return _line(int(await self._session.value(made)), held)

    async def local(self, circle: CircleId) -> list[Line]:
        """A circle's own, in the order they were added."""
        return (await self._local(select(local_lines).where(local_lines.c.circle_id == circle)))[circle]

    async def all_local(self) -> dict[CircleId, list[Line]]:
        """Every circle's own."""
        return await self._local(select(local_lines))

    async def remove(self, circle: CircleId, id_: LineId) -> None:
        """Takes a circle's own away, with its check. Raises NoSuchLine."""
        mine = (local_lines.c.id == number_of(id_), local_lines.c.circle_id == circle)
        done = await self._session.execute(delete(local_lines).where(*mine))
        if not done.rowcount:
            raise NoSuchLine
        await self.uncheck(circle, id_)

    async def check(self, circle: CircleId, id_: LineId, on: date, who: Account) -> None:
        """Notes that somebody has checked a line, over an earlier check of it."""
        row = {
            "checked_on": on,
            "account_lookup": self._lookup(who),
            "account_sealed": self._vault.seal([who.platform, who.id], _check_place(circle)),
        }
        insert = self._session.insert(line_checks).values(circle_id=circle, line=id_, **row)
        keys = ("circle_id", "line")
        await self._session.execute(insert.on_conflict_do_update(index_elements=keys, set_=row))

    async def uncheck(self, circle: CircleId, id_: LineId) -> None:
        """Takes a check back; fine where there is none."""
        mine = (line_checks.c.circle_id == circle, line_checks.c.line == id_)
        await self._session.execute(delete(line_checks).where(*mine))

    async def checks(self, circle: CircleId) -> dict[LineId, Check]:
        """What a circle's facilitators have checked, with who did."""
        rows = await self._session.rows(select(line_checks).where(line_checks.c.circle_id == circle))
        return {LineId(row.line): Check(row.checked_on, self._account(row)) for row in rows}

    async def all_checks(self) -> dict[CircleId, dict[LineId, date]]:
        """When lines were checked, in every circle."""
        found: dict[CircleId, dict[LineId, date]] = defaultdict(dict)
        for row in await self._session.rows(select(line_checks)):
            found[CircleId(row.circle_id)][LineId(row.line)] = row.checked_on
        return found

    async def checked_by(self, who: Account) -> list[tuple[CircleId, LineId, date]]:
        """What stands as checked by this person, in any circle."""
        found = select(line_checks).where(line_checks.c.account_lookup == self._lookup(who))
        rows = await self._session.rows(found.order_by(line_checks.c.checked_on, line_checks.c.line))
        return [(CircleId(row.circle_id), LineId(row.line), row.checked_on) for row in rows]

    async def forget(self, who: Account) -> None:
        """The checks stay, without who made them."""
        mine = line_checks.c.account_lookup == self._lookup(who)
        nobody = {"account_lookup": None, "account_sealed": None}
        await self._session.execute(update(line_checks).where(mine).values(nobody))

    async def _local(self, found: Select[Any]) -> dict[CircleId, list[Line]]:
        lines: dict[CircleId, list[Line]] = defaultdict(list)
        for row in await self._session.rows(found.order_by(local_lines.c.id)):
            lines[CircleId(row.circle_id)].append(
                _line(row.id, self._vault.open(row.sealed, _place(row.circle_id)))
            )
        return lines

    def _account(self, row: Row[Any]) -> Account | None:
        if row.account_sealed is None:
            return None
        platform, id_ = self._vault.open(row.account_sealed, _check_place(row.circle_id))
        return Account(Platform(platform), id_)

    def _lookup(self, who: Account) -> bytes:
        return self._vault.lookup("line_checks", who.platform, who.id)


def _line(number: int, held: dict[str, Any]) -> Line:
    given = {name: held[name] for name in FIELDS}
    return Line(id=local_id(number), region="", kind=LineKind(held["kind"]), local=True, **given)


def _place(circle: int) -> str:
    return f"local_lines/sealed/{circle}"


def _check_place(circle: int) -> str:
    return f"line_checks/account_sealed/{circle}"
