"""Every due post is claimed, held or missed with its reason, in one transaction with its schedule's advance.

After a long absence each promised date still gets its row, in batches; what is due just now goes first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice, takewhile

import structlog

from bot.domain.choice import Used
from bot.domain.occurrences import Occurrence, Reason, State
from bot.domain.outbox import Recipient
from bot.domain.outlook import Decision, Outlook
from bot.domain.prompts import Content
from bot.domain.schedules import MAX_LATENESS, Due, Kind, Schedule, dues, dues_between, next_due
from bot.services import life
from bot.services._outlook import outlook_of
from storage.transaction import Transaction

BATCH = 20  # schedules in one transaction: some hundredths of a second, unfelt by who waits for the writer
DATES = 10  # of one schedule in one transaction
NEWS = timedelta(days=1)  # a miss is told to the facilitators while it is news; the promise log has them all

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claims:
    """What one transaction took: posts to be sent, and how many schedules were seen to."""

    posts: tuple[Occurrence, ...]
    schedules: int
    unsent: tuple[tuple[State, Reason | None], ...] = ()  # what became of those that are not to be sent


async def claim_due(tx: Transaction, content: Content, now: datetime, limit: int = BATCH) -> Claims:
    """Takes up to `limit` due schedules. One that fails is logged and left as it is; the others go on."""
    posts: list[Occurrence] = []
    unsent: list[tuple[State, Reason | None]] = []
    done = 0
    for schedule in await tx.schedules.due(now, min(limit, BATCH)):
        try:
            taken = await _claim(tx, content, schedule, now)
        except Exception as error:  # noqa: BLE001 - one circle's fault must not silence all others
            log.warning("claim failed", schedule=schedule.id, error=type(error).__name__)
        else:
            done += 1
            posts += [one for one in taken if one.state is State.CLAIMED]
            unsent += [(one.state, one.reason) for one in taken if one.state is not State.CLAIMED]
    return Claims(tuple(posts), done, tuple(unsent))


async def tell_missed(tx: Transaction, occurrence: Occurrence, reason: Reason, now: datetime) -> None:
    """Writes to the facilitators that a post did not come, and why."""
    if now - occurrence.due > NEWS:
        return
    if reason is Reason.LATE and await life.tells_of(tx, occurrence.circle, occurrence.due):
        return
    facts = {"kind": occurrence.kind.value, "due": int(occurrence.due.timestamp()), "reason": reason.value}
    await tx.outbox.add(occurrence.circle, Recipient.FACILITATORS, "missed-post", facts, now)


async def _claim(tx: Transaction, content: Content, schedule: Schedule, now: datetime) -> list[Occurrence]:
    if schedule.next is None:
        return []
    circle = await tx.circles.get(schedule.circle)
    skips = await tx.schedules.skips(schedule.id)
    zone = circle.settings.zone
    coming = chain([schedule.next], dues(schedule.days, schedule.time, zone, after=schedule.next.at))
    backlog = list(islice(takewhile(lambda due: due.at <= now, coming), DATES))
    latest = max(backlog[-1].at, now - MAX_LATENESS)
    recent = dues_between(schedule.days, schedule.time, zone, after=latest, until=now)
    seen = [due.date for due in (*recent, *backlog)]
    taken: list[Occurrence] = []
    outlook = await outlook_of(tx, content, circle, min(seen), max(seen), schedule.kind)
    for due in [*recent, *backlog]:
        decision = outlook.decide(schedule, due, now, skips, _used(taken))
        occurrence = await _write(tx, outlook, schedule, due, decision, now)
        if occurrence is not None:
            taken.append(occurrence)
    following = next_due(schedule.days, schedule.time, zone, after=backlog[-1].at)
    await tx.schedules.advance(schedule.id, following)
    return taken


async def _write(
    tx: Transaction, outlook: Outlook, schedule: Schedule, due: Due, decision: Decision, now: datetime
) -> Occurrence | None:
    found, prompt = decision.verdict, decision.prompt
    occurrence = await tx.occurrences.claim(
        schedule.circle,
        schedule.id,
        schedule.kind,
        due.date,
        due.at,
        prompt.id if prompt else None,
        found.state,
        now,
        found.reason,
    )
    missed = found.reason if found.state is State.MISSED else None
    if occurrence is not None and missed is not None and await _is_news(tx, outlook, schedule.kind, missed):
        await tell_missed(tx, occurrence, missed, now)
    return occurrence


async def _is_news(tx: Transaction, outlook: Outlook, kind: Kind, reason: Reason) -> bool:
    """That a plan has ended is told once, not week after week."""
    if reason is not Reason.NOTHING_PLANNED:
        return True
    return await tx.plans.notice(outlook.circle.id, f"dry:{kind}:{outlook.plan.last}")


def _used(taken: list[Occurrence]) -> list[Used]:
    claimed = [one for one in taken if one.state is State.CLAIMED]
    return [Used(one.prompt, one.date) for one in claimed if one.prompt is not None]
