"""What people told about messages, in the database: sealed with the key of who told it, or the house's."""

from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select

from bot.domain.accounts import Account, Platform
from bot.domain.alerts import Concern, Report
from bot.domain.ids import AlertId, MemberId
from storage.alert_tables import alert_reports
from storage.session import Session


class AlertReports:
    """They belong to the alert that came of them, and go before it when their teller goes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vault = session.vault

    async def put(self, alert: AlertId, report: Report) -> None:
        """Keeps who told of a message, and why; the newest word of one person over their earlier ones."""
        held = {
            "account": [report.account.platform, report.account.id],
            "named": report.named,
            "concern": report.concern,
            "words": report.words,
        }
        key = await self._key(report.member)
        row = {
            "alert_id": alert,
            "member_id": report.member,
            "lookup": self._lookup(report.account),
            "sealed": self._vault.seal(held, _place(alert, report.member), key),
            "at": report.at,
        }
        await self._session.execute(delete(alert_reports).where(*self._mine(alert, report.account)))
        await self._session.execute(self._session.insert(alert_reports).values(row))

    async def of(self, alert: AlertId) -> list[Report]:
        """What was told about the message, oldest first."""
        return [each for _, each in await self._where(alert_reports.c.alert_id == alert)]

    async def by_member(self, member: MemberId) -> list[tuple[AlertId, Report]]:
        """What the member told, oldest first."""
        return await self._where(alert_reports.c.member_id == member)

    async def by_account(self, account: Account) -> list[tuple[AlertId, Report]]:
        """What this person told, anywhere, joined or not, oldest first."""
        return await self._where(alert_reports.c.lookup == self._lookup(account))

    async def forget(self, alert: AlertId, account: Account) -> None:
        """What this person told goes, without the alert that came of it."""
        await self._session.execute(delete(alert_reports).where(*self._mine(alert, account)))
        self._session.scrubs = True

    def _mine(self, alert: AlertId, account: Account) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return alert_reports.c.alert_id == alert, alert_reports.c.lookup == self._lookup(account)

    async def _where(self, *conditions: ColumnElement[bool]) -> list[tuple[AlertId, Report]]:
        rows = await self._session.rows(select(alert_reports).where(*conditions).order_by(alert_reports.c.id))
        return [(AlertId(row.alert_id), await self._report(row)) for row in rows]

    async def _report(self, row: Row[Any]) -> Report:
        member = None if row.member_id is None else MemberId(row.member_id)
        held = self._vault.open(row.sealed, _place(row.alert_id, member), await self._key(member))
        platform, id_ = held["account"]
        return Report(
            account=Account(Platform(platform), id_),
            member=member,
            named=held["named"],
            concern=Concern(held["concern"]),
            words=held["words"],
            at=row.at,
        )

    async def _key(self, member: MemberId | None) -> bytes | None:
        return None if member is None else await self._session.member_key(member)

    def _lookup(self, account: Account) -> bytes:
        return self._vault.lookup("alerts", "account", account.platform, account.id)


def _place(alert: int, member: int | None) -> str:
    return f"alert_reports/sealed/{alert}/{member or ''}"
