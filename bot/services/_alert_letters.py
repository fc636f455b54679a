"""Letters about alerts, on their way: what they say, and who is asked by them, is found when they leave.

Of all letters about an alert the newest asks. One that has not left when a newer one is written is dropped,
and the newer one asks whom it would have asked, too: so what is late after an outage comes once, and truly.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain import duty as rules
from bot.domain.accounts import Account
from bot.domain.alerts import AFTER, Alert, AlertState, Step
from bot.domain.circles import Circle
from bot.domain.duty import Duty
from bot.domain.errors import DeliveryError
from bot.domain.ids import OutboxId
from bot.domain.outbox import Letter
from bot.services._arrived import arrived
from bot.services._roles import end_lost, still_facilitates, who_facilitate
from bot.services.keep_apart import kept_from
from bot.services.messenger import AlertNote, AlertShown, Messenger
from storage import Storage
from storage.transaction import Reading

SINCE_SAME = AFTER[Step.NEXT] - AFTER[Step.SAME]  # who came on duty within it was not asked before

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A note, who might be asked by it, and who passed it on."""

    note: AlertNote
    rota: tuple[Duty, ...]
    holders: tuple[Account | None, ...]  # who has an alert to which something was added; None: forgotten


async def told(
    storage: Storage, messenger: Messenger, circle: Circle, letter: Letter, now: datetime
) -> str | None:
    """Sends it; the message id, or None where there is nothing left to tell. Raises DeliveryErrors."""
    async with storage.read() as tx:
        draft = await _draft(tx, circle, letter, now)
    if not draft.note.alerts or not (draft.note.steps or draft.holders):
        return None
    note, lost = await _addressed(messenger, draft, now)
    if lost:
        await end_lost(storage, lost, now)
    stands = await arrived(storage, letter, now, partial(messenger.find_alert, note))
    return stands or await messenger.tell_alert(note)


async def revised(
    storage: Storage, messenger: Messenger, circle: Circle, letter: Letter, now: datetime
) -> None:
    """Changes what was sent to how its alerts stand. Raises DeliveryErrors."""
    async with storage.read() as tx:
        shown = await shown_in(tx, letter.id)
    note = AlertNote(circle=circle, letter=letter, alerts=shown, now=now)
    await messenger.revise_alert(note, letter.message or "")


async def shown_in(tx: Reading, letter: OutboxId) -> tuple[AlertShown, ...]:
    """The alerts that a letter tells of, as they stand."""
    return tuple([await shown(tx, alert) for alert, _ in await tx.alerts.told_in(letter)])


async def about(tx: Reading, alert: Alert) -> Account | None:
    """Whom it is about, or who pressed; None where nobody here knows."""
    return alert.account if alert.member is None else await tx.members.account(alert.member)


async def shown(tx: Reading, alert: Alert) -> AlertShown:
    """As facilitators may see it."""
    account = await about(tx, alert)
    named = [each.account for each in await tx.alert_reports.of(alert.id) if each.named]
    return AlertShown(alert=alert, account=account, told_by=tuple(named))


async def _draft(tx: Reading, circle: Circle, letter: Letter, now: datetime) -> _Draft:
    steps: set[Step] = set()
    late, alerts = timedelta(0), []
    holders: list[Account | None] = []
    for alert, step in await tx.alerts.told_in(letter.id):
        alerts.append(await shown(tx, alert))
        if (await tx.alerts.letters(alert.id))[-1][0] != letter.id or alert.state is AlertState.CLOSED:
            continue  # a newer one asks, or nobody is to be asked
        if alert.state is AlertState.ACKNOWLEDGED:
            holders.append(alert.holder)
            continue
        steps |= await _untaken(tx, alert, step, letter)
        late = max(late, now - (alert.asked_at + AFTER[step]))
    duties = await tx.duty.of_circle(circle.id)
    passed_on = letter.facts.get("passed_on_by")
    note = AlertNote(
        circle=circle,
        letter=letter,
        alerts=tuple(alerts),
        now=now,
        steps=tuple(sorted(steps)),
        on_duty=bool(rules.on_duty(duties, now)),
        late=late if max(steps, default=Step.FIRST) > Step.FIRST else timedelta(0),
    )
    rota = [each for each in rules.rota(duties, now) if each.id != passed_on]
    return _Draft(note, await _not_apart(tx, circle, rota, alerts), tuple(holders))


async def _not_apart(
    tx: Reading, circle: Circle, rota: Collection[Duty], alerts: Collection[AlertShown]
) -> tuple[Duty, ...]:
    """Without those whom facilitators keep apart from one whom it is about."""
    people = [each.account for each in alerts if each.account is not None]
    apart = {
        duty.id for duty in rota for each in people if await kept_from(tx, circle.id, duty.account, each)
    }
    return tuple(duty for duty in rota if duty.id not in apart)


async def _untaken(tx: Reading, alert: Alert, step: Step, letter: Letter) -> set[Step]:
    """This step, and those before it of which no letter has arrived."""
    taken = Step.FIRST - 1
    for id_, earlier in await tx.alerts.letters(alert.id):
        sent = await tx.outbox.get(id_)
        arrived = sent is not None and sent.delivered_at is not None and sent.written_at >= alert.asked_at
        if id_ != letter.id and arrived:
            taken = max(taken, int(earlier))
    return {each for each in Step if taken < each <= step} or {step}


async def _addressed(messenger: Messenger, draft: _Draft, now: datetime) -> tuple[AlertNote, list[Duty]]:
    """The note with whom it asks; and who turned out to facilitate no more.

    Where somebody had an alert and is gone, what was added to it is told to everyone.
    """
    note = draft.note
    there = [each for each in draft.rota if each.on(now)]
    rest = [each for each in draft.rota if not each.on(now)]
    people = [
        each
        for each in draft.holders
        if each is not None and await still_facilitates(messenger, note.circle, each)
    ]
    role = len(people) < len(draft.holders)
    lost: list[Duty] = []
    if {Step.FIRST, Step.SAME} & set(note.steps):
        asked, gone = await who_facilitate(messenger, note.circle, there)
        people, lost = people + asked, lost + gone
        if not asked and "passed_on_by" in note.letter.facts:
            asked, gone = await who_facilitate(messenger, note.circle, rest, first=True)
            people, lost = people + asked, lost + gone
        role = role or not asked
    if Step.NEXT in note.steps:
        came = [each for each in there if each.since is not None and now - each.since < SINCE_SAME]
        asked, gone = await who_facilitate(messenger, note.circle, came)
        if not asked:
            asked, gone = await who_facilitate(messenger, note.circle, rest, first=True)
        people, lost = people + asked, lost + gone
        role = role or not asked
    owner = await _owner(messenger, note.circle) if Step.OWNER in note.steps else None
    role = role or (Step.OWNER in note.steps and owner is None)
    return replace(note, people=tuple(dict.fromkeys(people)), role=role, owner=owner), lost


async def _owner(messenger: Messenger, circle: Circle) -> Account | None:
    try:
        return await messenger.owner(circle)
    except DeliveryError as error:
        log.warning("the server's owner is unknown", error=type(error).__name__)
        return None
