"""Alerts in the database: sealed with the key of whom they are about; the house's for who has not joined."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from bot.domain.accounts import Account, Platform
from bot.domain.alert_errors import NoSuchAlert
from bot.domain.alerts import Alert, AlertState, Concern, NewAlert, Source, Step
from bot.domain.ids import AlertId, CircleId, MemberId, OutboxId
from bot.domain.listening.tiers import Tier
from storage.alert_tables import alert_letters, alerts
from storage.session import Session
from storage.tables import circles

SAID = ("link", "words", "safe", "when")  # what is kept as it was given


class Alerts:
    """All that are kept: the open ones, and closed ones for a while."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def add(self, circle: CircleId, new: NewAlert, now: datetime) -> Alert:
        """Writes a new one. Raises VaultError for a deleted member."""
        alert = Alert(
            id=AlertId(0),
            circle=circle,
            source=new.source,
            tier=new.tier,
            member=new.member,
            account=None if new.member is not None else new.account,
            link=new.link,
            words=new.words,
            safe=new.safe,
            when=new.when,
            concern=new.concern,
            pressing=new.pressing,
            raised_at=now,
            asked_at=now,
            last_at=now,
        )
        row = {"circle_id": circle, "raised_at": now, **await self._row(alert)}
        made = await self._session.row(self._session.insert(alerts).values(row).returning(alerts.c.id))
        assert made is not None  # noqa: S101 - an insert without a conflict clause returns its row
        return await self.get(AlertId(made.id))

    async def get(self, id_: AlertId) -> Alert:
        """On PostgreSQL locked to this transaction, if it writes. Raises NoSuchAlert."""
        found = await self._where(alerts.c.id == id_)
        if not found:
            raise NoSuchAlert
        return found[0]

    async def put(self, alert: Alert) -> None:
        """Writes it over the one that stands. Raises NoSuchAlert."""
        done = await self._session.execute(
            update(alerts).where(alerts.c.id == alert.id).values(await self._row(alert))
        )
        if not done.rowcount:
            raise NoSuchAlert
        if alert.member is None:
            mine = alert_letters.c.alert_id == alert.id
            await self._session.execute(update(alert_letters).where(mine).values(member_id=None))

    async def open(self, circle: CircleId) -> list[Alert]:
        """Those that are not closed, oldest first."""
        return await self._where(alerts.c.circle_id == circle, alerts.c.closed_at.is_(None))

    async def count_open(self, circle: CircleId) -> int:
        """How many are not closed."""
        counted = select(func.count()).select_from(alerts)
        counted = counted.where(alerts.c.circle_id == circle, alerts.c.closed_at.is_(None))
        return int(await self._session.value(counted))

    async def about(self, circle: CircleId, new: NewAlert) -> list[Alert]:
        """Those about the same person, or the same message, that are not closed, oldest first.

        On PostgreSQL no other transaction that writes asks this of the circle until this one has ended.
        """
        if self._session.writes:
            mine = select(circles.c.id).where(circles.c.id == circle)
            await self._session.execute(mine.with_for_update(key_share=True))
        same = self._same(circle, new)
        if same is None:
            return []
        return await self._where(alerts.c.circle_id == circle, alerts.c.closed_at.is_(None), same)

    async def of(self, member: MemberId) -> list[Alert]:
        """All about the member, oldest first."""
        return await self._where(alerts.c.member_id == member)

    async def of_account(self, account: Account) -> list[Alert]:
        """All about somebody who has not joined where they are, oldest first."""
        return await self._where(alerts.c.lookup == self._by_account(account))

    async def delete_of_account(self, account: Account) -> None:
        """All of them."""
        done = await self._session.execute(delete(alerts).where(alerts.c.lookup == self._by_account(account)))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    async def due(self, now: datetime, limit: int) -> list[Alert]:
        """Those that somebody is to be asked for again, the longest due first; on PostgreSQL locked."""
        found = select(alerts).where(alerts.c.next_at.is_not(None), alerts.c.next_at <= now)
        found = found.order_by(alerts.c.next_at, alerts.c.id).limit(limit)
        if self._session.writes:
            found = found.with_for_update(skip_locked=True)
        return [await self._alert(row) for row in await self._session.rows(found)]

    async def next_at(self) -> datetime | None:
        """When somebody is to be asked next."""
        at: datetime | None = await self._session.value(
            select(func.min(alerts.c.next_at)).where(alerts.c.next_at.is_not(None))
        )
        return at

    async def held_by(self, account: Account) -> list[Alert]:
        """Those that this facilitator has or had, oldest first."""
        return await self._where(alerts.c.holder_lookup == self._by_holder(account))

    async def forget(self, account: Account) -> None:
        """Nobody reads any more that this facilitator had an alert."""
        mine = alerts.c.holder_lookup == self._by_holder(account)
        await self._session.execute(update(alerts).where(mine).values(holder_lookup=None, holder_sealed=None))

    async def delete_closed(self, before: datetime) -> None:
        """Those that were closed before then."""
        over = alerts.c.closed_at.is_not(None), alerts.c.closed_at < before
        done = await self._session.execute(delete(alerts).where(*over))
        self._session.scrubs = self._session.scrubs or bool(done.rowcount)

    async def tell(self, letter: OutboxId, alert: Alert, step: Step, at: datetime) -> None:
        """The letter tells of the alert."""
        row = {
            "alert_id": alert.id,
            "letter_id": letter,
            "member_id": alert.member,
            "step": int(step),
            "at": at,
        }
        await self._session.execute(self._session.insert(alert_letters).values(row).on_conflict_do_nothing())

    async def told_in(self, letter: OutboxId) -> list[tuple[Alert, Step]]:
        """The alerts that a letter tells of, oldest first, each with who is asked by it.

        Locked to no transaction: they are of several people, of whom one who changes theirs waits for none.
        """
        found = select(alert_letters.c.alert_id, alert_letters.c.step)
        rows = await self._session.rows(
            found.where(alert_letters.c.letter_id == letter).order_by(alert_letters.c.alert_id)
        )
        steps = {row.alert_id: Step(row.step) for row in rows}
        rows = await self._session.rows(select(alerts).where(alerts.c.id.in_(steps)).order_by(alerts.c.id))
        held = [await self._alert(row) for row in rows]
        return [(each, steps[each.id]) for each in held]

    async def letters(self, alert: AlertId) -> list[tuple[OutboxId, Step]]:
        """The letters that tell of an alert, oldest first."""
        found = select(alert_letters).where(alert_letters.c.alert_id == alert)
        rows = await self._session.rows(found.order_by(alert_letters.c.letter_id))
        return [(OutboxId(row.letter_id), Step(row.step)) for row in rows]

    async def written_since(self, circle: CircleId, at: datetime) -> list[tuple[OutboxId, Step]]:
        """The circle's letters about alerts that were written after then, oldest first."""
        found = select(alert_letters.c.letter_id, func.max(alert_letters.c.step).label("step"))
        found = found.join_from(alert_letters, alerts).where(
            alert_letters.c.at > at, alerts.c.circle_id == circle
        )
        found = found.group_by(alert_letters.c.letter_id).order_by(alert_letters.c.letter_id)
        return [(OutboxId(row.letter_id), Step(row.step)) for row in await self._session.rows(found)]

    async def revising(self, letter: OutboxId, *, on: bool) -> bool:
        """Marks that a change of the letter is on its way, or was taken up; False where it was marked so."""
        c = alert_letters.c
        if self._session.process is not None:  # who takes it up waits, and reads what this leaves
            mine = select(c.alert_id).where(c.letter_id == letter).order_by(c.alert_id)
            await self._session.execute(mine.with_for_update())
        done = await self._session.execute(
            update(alert_letters).where(c.letter_id == letter, c.revising.is_(not on)).values(revising=on)
        )
        return bool(done.rowcount)

    async def _where(self, *conditions: ColumnElement[bool]) -> list[Alert]:
        found = select(alerts).where(*conditions).order_by(alerts.c.id)
        if self._session.writes:
            found = found.with_for_update()
        return [await self._alert(row) for row in await self._session.rows(found)]

    def _same(self, circle: CircleId, new: NewAlert) -> ColumnElement[bool] | None:
        if new.member is not None:
            return alerts.c.member_id == new.member
        looked = self._looked(circle, new.account, new.link, new.source)
        return None if looked is None else alerts.c.lookup == looked

    def _looked(
        self, circle: CircleId, account: Account | None, link: str | None, source: Source
    ) -> bytes | None:
        if account is not None:
            return self._by_account(account)
        if link is not None and source is Source.PEER:
            return self._vault.lookup("alerts", "message", str(circle), link)
        return None

    async def _row(self, alert: Alert) -> dict[str, Any]:
        key = await self._key(alert.member)
        account, holder = alert.account, alert.holder
        held: dict[str, Any] = {name: getattr(alert, name) for name in SAID}
        held |= {
            "source": alert.source,
            "tier": alert.tier,
            "concern": alert.concern,
            "account": [account.platform, account.id] if account else None,
            "asked_at": alert.asked_at.isoformat(),
            "last_at": alert.last_at.isoformat(),
            "times": alert.times,
            "also": sorted(alert.also),
            "wished": sorted(alert.wished),
            "pressing": alert.pressing,
            "state": alert.state,
            "step": int(alert.step),
            "taken_at": alert.taken_at and alert.taken_at.isoformat(),
            "misread": alert.misread,
            "doubted": alert.doubted,
            "word_wanted": alert.word_wanted,
        }
        looked = None
        if alert.member is None:
            looked = self._looked(alert.circle, account, alert.link, alert.source)
        return {
            "member_id": alert.member,
            "lookup": looked,
            "sealed": self._vault.seal(held, _place(alert.circle, alert.member), key),
            "next_at": alert.next_at,
            "closed_at": alert.closed_at,
            "holder_lookup": self._by_holder(holder) if holder else None,
            "holder_sealed": self._vault.seal([holder.platform, holder.id], _holder_place(alert.circle))
            if holder
            else None,
        }

    async def _alert(self, row: Row[Any]) -> Alert:
        member = None if row.member_id is None else MemberId(row.member_id)
        held = self._vault.open(row.sealed, _place(row.circle_id, member), await self._key(member))
        account, holder = held["account"], None
        if row.holder_sealed is not None:
            holder = self._vault.open(row.holder_sealed, _holder_place(row.circle_id))
        return Alert(
            id=AlertId(row.id),
            circle=CircleId(row.circle_id),
            source=Source(held["source"]),
            tier=Tier(held["tier"]),
            member=member,
            account=_account(account),
            **{name: held[name] for name in SAID},
            concern=Concern(held["concern"]) if held["concern"] else None,
            raised_at=row.raised_at,
            asked_at=datetime.fromisoformat(held["asked_at"]),
            last_at=datetime.fromisoformat(held["last_at"]),
            times=held["times"],
            also=frozenset(Source(each) for each in held["also"]),
            wished=frozenset(Tier(each) for each in held.get("wished", ())),
            pressing=held.get("pressing", False),
            state=AlertState(held["state"]),
            step=Step(held["step"]),
            holder=_account(holder),
            taken_at=datetime.fromisoformat(held["taken_at"]) if held["taken_at"] else None,
            closed_at=row.closed_at,
            misread=held["misread"],
            doubted=held.get("doubted", False),
            word_wanted=held["word_wanted"],
        )

    async def _key(self, member: MemberId | None) -> bytes | None:
        return None if member is None else await self._session.member_key(member)

    def _by_account(self, account: Account) -> bytes:
        return self._vault.lookup("alerts", "account", account.platform, account.id)

    def _by_holder(self, account: Account) -> bytes:
        return self._vault.lookup("alerts", "holder", account.platform, account.id)


def _account(held: Collection[str] | None) -> Account | None:
    if held is None:
        return None
    platform, id_ = held
    return Account(Platform(platform), id_)


def _place(circle: int, member: int | None) -> str:
    return f"alerts/sealed/{circle}/{member or ''}"


def _holder_place(circle: int) -> str:
    return f"alerts/holder/{circle}"
