"""Every due post is claimed, held or missed with its reason, in one transaction with its schedule's advance.

After a long absence each promised date still gets its row, in batches; what is due just now goes first.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice, takewhile

import structlog

from bot.domain.choice import next_prompt
from bot.domain.circles import Circle, local_date
from bot.domain.occurrences import Occurrence, Reason, State, Verdict, verdict
from bot.domain.outbox import Recipient
from bot.domain.prompts import Content, Prompt
from bot.domain.schedules import MAX_LATENESS, Due, Kind, Schedule, dues, dues_between, next_due
from storage.transaction import Reading, Transaction

BATCH = 20  # schedules in one transaction: some hundredths of a second, unfelt by who waits for the writer
DATES = 10  # of one schedule in one transaction
NEWS = timedelta(days=1)  # a miss is told to the facilitators while it is news; the promise log has them all

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claims:
    """What one transaction took: posts to be sent, and how many schedules were seen to."""

    posts: tuple[Occurrence, ...]
    schedules: int


async def claim_due(tx: Transaction, content: Content, now: datetime) -> Claims:
    """Takes up to BATCH due schedules. One that fails is logged and left as it is; the others go on."""
    posts: list[Occurrence] = []
    done = 0
    for schedule in await tx.schedules.due(now, BATCH):
        try:
            posts += await _claim(tx, content, schedule, now)
        except Exception as error:  # noqa: BLE001 - one circle's fault must not silence all others
            log.warning("claim failed", schedule=schedule.id, error=type(error).__name__)
        else:
            done += 1
    return Claims(tuple(posts), done)


async def planned(tx: Reading, content: Content, circle: Circle, kind: Kind, day: date) -> Prompt | None:
    """The text that the circle's next post of this kind has on a local date, if there is one."""
    used = await tx.occurrences.used_prompts(circle.id, kind)
    return next_prompt(kind, content, day=day, first_day=first_day(circle), used=used)


def first_day(circle: Circle) -> date:
    """The local date on which the circle was made: day 1 of its first week."""
    return local_date(circle, circle.made_at)


async def tell_missed(tx: Transaction, occurrence: Occurrence, reason: Reason, now: datetime) -> None:
    """Writes to the facilitators that a post did not come, and why."""
    if now - occurrence.due > NEWS:
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
    posts = []
    for due in [*recent, *backlog]:
        found = verdict(circle, due, now, skips)
        occurrence = await _write(tx, content, circle, schedule, due, found, now)
        if occurrence is not None and occurrence.state is State.CLAIMED:
            posts.append(occurrence)
    following = next_due(schedule.days, schedule.time, zone, after=backlog[-1].at)
    await tx.schedules.advance(schedule.id, following)
    return posts


async def _write(
    tx: Transaction,
    content: Content,
    circle: Circle,
    schedule: Schedule,
    due: Due,
    found: Verdict,
    now: datetime,
) -> Occurrence | None:
    prompt = None
    if found.send:
        prompt = await planned(tx, content, circle, schedule.kind, due.date)
        if prompt is None:
            found = Verdict(State.MISSED, Reason.NOTHING_PLANNED)
    occurrence = await tx.occurrences.claim(
        circle.id,
        schedule.id,
        schedule.kind,
        due.date,
        due.at,
        prompt.id if prompt else None,
        found.state,
        now,
        found.reason,
    )
    if occurrence is not None and found.state is State.MISSED and found.reason is not None:
        await tell_missed(tx, occurrence, found.reason, now)
    return occurrence
