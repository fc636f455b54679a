"""What becomes of alerts and duty when somebody goes: nobody's name is left in them."""

from datetime import datetime

from bot.domain.accounts import Account
from bot.domain.members import Member
from bot.services._alerting import revise
from bot.services._watching import look
from storage.transaction import Transaction


async def let_go(tx: Transaction, member: Member, account: Account, now: datetime) -> None:
    """Before a member is deleted: the cards about them are changed, and what they told of others goes."""
    for alert in await tx.alerts.of(member.id):
        await revise(tx, alert, now)
    await _untell(tx, account, now, member)


async def forgotten(tx: Transaction, account: Account, now: datetime) -> int:
    """What is kept of somebody outside any membership goes; how much that was of what they told or raised.

    A facilitator is on no rota any more, and nobody reads which alerts they had.
    """
    mine = await tx.alerts.of_account(account)
    for alert in mine:
        await revise(tx, alert, now)
    await tx.alerts.delete_of_account(account)
    told = await _untell(tx, account, now)
    for alert in await tx.alerts.held_by(account):
        await revise(tx, alert, now)
    await tx.alerts.forget(account)
    for turn in await tx.duty.everywhere(account):
        await tx.duty.remove(turn.id)
        await look(tx, turn.circle, now)
    return len(mine) + told


async def _untell(tx: Transaction, account: Account, now: datetime, member: Member | None = None) -> int:
    """What they told about messages goes, everywhere or in a member's circle alone; the alerts stay."""
    count = 0
    for alert_id, report in await tx.alert_reports.by_account(account):
        alert = await tx.alerts.get(alert_id)
        if member is None or alert.circle == member.circle:
            await tx.alert_reports.forget(alert_id, account)
            count += 1
            if report.named:
                await revise(tx, alert, now)
    return count
