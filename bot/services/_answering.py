"""Letters that say how things stand when they leave: to who asked for a person, and between facilitators."""

from dataclasses import replace
from datetime import datetime

from bot.domain.alert_errors import NoSuchAlert
from bot.domain.alerts import Alert, Safe, Source
from bot.domain.ids import AlertId, DutyId
from bot.domain.members import Scope, consented
from bot.domain.outbox import REVISE, Letter, Recipient
from storage.transaction import Reading, Transaction

ANSWERED = "alert-answered"  # to whom an alert is about: whether somebody has it
TALK, SWAP = "alert-talk", "duty-swap"  # to facilitators, from one of them
FROM_A_FACILITATOR = frozenset({TALK, SWAP})


async def answered(tx: Transaction, alert: Alert, now: datetime) -> None:
    """Tells the member that somebody has it, where they want that; what was told before is changed."""
    if alert.member is None:
        return
    before = await tx.outbox.latest(alert.member, ANSWERED, {"alert": int(alert.id)})
    if before is not None:
        facts = {"letter": int(before.id)}
        await tx.outbox.add(alert.circle, Recipient.MEMBER, REVISE, facts, now, alert.member)
    elif alert.holder is not None and await _wants_word(tx, alert):
        facts = {"alert": int(alert.id)}
        await tx.outbox.add(alert.circle, Recipient.MEMBER, ANSWERED, facts, now, alert.member)


async def fresh(tx: Reading, letter: Letter) -> Letter:
    """With where the alert stands now, and since when."""
    try:
        alert = await tx.alerts.get(AlertId(int(letter.facts.get("alert") or 0)))
    except NoSuchAlert:
        return letter
    at = alert.closed_at or alert.taken_at or alert.raised_at
    return replace(letter, facts={**letter.facts, "state": alert.state.value, "at": int(at.timestamp())})


async def fresh_from(tx: Reading, letter: Letter) -> Letter:
    """With who it is from, unless they have had that forgotten."""
    duty = await tx.duty.get(DutyId(int(letter.facts.get("duty") or 0)))
    return replace(letter, facts={**letter.facts, "who": duty.account.id if duty else None})


async def _wants_word(tx: Reading, alert: Alert) -> bool:
    """They asked to be told; or they asked for a person, messages are safe, and they said yes to letters."""
    if alert.member is None or alert.safe == Safe.NO:
        return False
    if alert.word_wanted:
        return True
    member = await tx.members.get(alert.member)
    agreed = member is not None and consented(member, Scope.REMINDERS)
    return agreed and alert.safe == Safe.YES and Source.PRESSED in alert.sources
