"""Reminders of a meeting: written once, to those who asked and still say yes, and never after its start."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.circles import Circle
from bot.domain.meetings import REMIND_BEFORE, Meeting, Standing, meetings, next_meeting, remind_at
from bot.domain.members import Scope, consented
from bot.domain.outbox import Recipient
from storage.transaction import Transaction

KIND = "meeting-reminder"


def woken(meeting: Meeting, circle: Circle, now: datetime, reminded_for: date | None) -> datetime | None:
    """When reminders are thought of next. Quiet hours are looked at then, as they stand then."""
    if meeting.removed:
        return None
    coming = meetings(meeting, circle.settings.zone, after=now)
    return next(due.at for due in coming if due.date != reminded_for) - REMIND_BEFORE


async def remind(tx: Transaction, standing: Standing, now: datetime) -> None:
    """Writes what is due of one meeting, and sets when the next reminders are thought of."""
    meeting = standing.meeting
    circle = await tx.circles.get(meeting.circle)
    zone, quiet = circle.settings.zone, circle.settings.quiet
    due = next_meeting(meeting, zone, after=now)
    if due.at - REMIND_BEFORE <= now and due.date != standing.reminded_for:
        at = remind_at(due.at, zone, quiet)
        if at is not None and at > now:
            await tx.meetings.put(replace(standing, remind_at=at))
            return
        if at is not None:
            await _write(tx, circle, due.at, now)
        standing = replace(standing, reminded_for=due.date)
    at = woken(meeting, circle, now, standing.reminded_for)
    await tx.meetings.put(replace(standing, remind_at=at))


async def _write(tx: Transaction, circle: Circle, start: datetime, now: datetime) -> None:
    at = int(start.timestamp())
    facts: dict[str, str | int | bool | None] = {"at": at, "until": at}
    for id_ in await tx.meetings.wishing(circle.id):
        member = await tx.members.get(id_)
        if member is not None and consented(member, Scope.REMINDERS):
            await tx.outbox.add(circle.id, Recipient.MEMBER, KIND, facts, now, member=id_)
