"""Raises alerts, in the transaction of what caused them, and writes the letters that ask for them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.alerts import (
    ASK_AGAIN,
    BY_WORDS,
    Alert,
    NewAlert,
    Source,
    Step,
    joined,
    one_of,
    wanted,
)
from bot.domain.circles import Circle
from bot.domain.ids import OutboxId
from bot.domain.outbox import REVISE, Recipient
from bot.services.duty import anyone_on_duty
from storage.transaction import Reading, Transaction

ALERT = "alert"  # the kind of the letters that ask for alerts
BURST = timedelta(minutes=1)
ALONE = 3  # letters within BURST that tell of one alert each; what comes then is collected
COLLECTED = timedelta(seconds=20)  # how long a letter of a burst is kept open
TOGETHER = 20  # alerts in one letter at the most

__all__ = ["ALERT", "ASK_AGAIN", "Raised", "ask", "raised", "revise", "told"]


@dataclass(frozen=True, slots=True)
class Raised:
    """What came of it. The letter is written; it has not been delivered yet, so nobody has been told."""

    alert: Alert | None  # None: nothing new, as it belongs to `standing`, or the circle wants no such alerts
    on_duty: bool  # whether anybody is
    standing: Alert | None = None  # the alert that holds now; None: there is none
    told: bool = False  # a letter about it stands in the facilitators' channel; see `told`

    @property
    def again(self) -> bool:
        """It was raised before, and that alert stands."""
        return self.standing is not None and self.standing.times > 1


async def raised(tx: Transaction, circle: Circle, alert: NewAlert, now: datetime) -> Raised:
    """Raises an alert, or adds it to the one that stands.

    The caller sees to the consent of whom it is about, and to the question that comes before an alert of
    danger from another. What a word list found within 6 hours is the same alert, unless the tier is higher.
    What somebody asks for by hand joins an open one (`alert` is that one), and people are asked anew where
    that tells them something new. Nothing is raised where the circle's policy wants none.
    """
    alert = await _known(tx, circle, alert)
    on_duty = await anyone_on_duty(tx, circle, now)
    if not wanted(alert, circle.settings.alerts):
        return Raised(None, on_duty)
    before = one_of(alert, await tx.alerts.about(circle.id, alert), now)
    if before is None:
        made = await tx.alerts.add(circle.id, alert, now)
        await tx.alerts.put(made)  # with the instant at which somebody is asked again
        await ask(tx, circle, made, Step.FIRST, now)
        return Raised(made, on_duty, made)
    merged, asks = joined(before, alert, now)
    await tx.alerts.put(merged)
    if asks:
        await ask(tx, circle, merged, Step.FIRST, now)
    await revise(tx, merged, now)
    return Raised(None if alert.source in BY_WORDS else merged, on_duty, merged)


async def ask(tx: Transaction, circle: Circle, alert: Alert, step: Step, now: datetime, **facts: int) -> None:
    """Writes the letter that asks for an alert; in a burst one is kept open for a while and tells of all."""
    recent = await tx.alerts.written_since(circle.id, now - BURST)
    letter: OutboxId | None = None
    burst = len(recent) >= ALONE and not facts
    if burst:
        before = [id_ for id_, _ in await tx.alerts.letters(alert.id)]
        newer = [id_ for id_, _ in recent if not before or id_ >= before[-1]]  # the newest of an alert asks
        letter = await _open_letter(tx, newer)
    if letter is None:
        written = await tx.outbox.add(
            circle.id,
            Recipient.FACILITATORS,
            ALERT,
            {**facts, "burst": burst},
            now,
            due=now + COLLECTED if burst else None,
        )
        letter = written.id
    await tx.alerts.tell(letter, alert, step, now)


async def revise(tx: Transaction, alert: Alert, now: datetime) -> None:
    """Has every letter that tells of the alert changed to how it stands; one change at a time for each."""
    for letter, _ in await tx.alerts.letters(alert.id):
        if await tx.alerts.revising(letter, on=True):
            facts = {"letter": int(letter)}
            await tx.outbox.add(alert.circle, Recipient.FACILITATORS, REVISE, facts, now)


async def told(tx: Reading, raised: Raised) -> Raised:
    """The same, with whether a letter about it has arrived; to be asked before that is said."""
    if raised.standing is None:
        return raised
    for id_, _ in await tx.alerts.letters(raised.standing.id):
        letter = await tx.outbox.get(id_)
        if letter is not None and letter.delivered_at is not None:
            return replace(raised, told=True)
    return raised


async def _known(tx: Reading, circle: Circle, alert: NewAlert) -> NewAlert:
    """Somebody who has joined is known by their membership, however they were named."""
    if alert.source is Source.PEER:
        return replace(alert, member=None, account=None)
    if alert.member is None and alert.account is not None:
        member = await tx.members.find(circle.id, alert.account)
        if member is not None:
            return replace(alert, member=member.id, account=None)
    return alert


async def _open_letter(tx: Transaction, letters: list[OutboxId]) -> OutboxId | None:
    """The newest letter of a burst that has room and was not tried; held for this transaction."""
    for id_ in reversed(letters):
        letter = await tx.outbox.get(id_)
        if letter is None or not letter.facts.get("burst") or letter.delivered_at is not None:
            continue
        full = len(await tx.alerts.told_in(id_)) >= TOGETHER
        return id_ if not full and await tx.outbox.held(id_) else None
    return None
