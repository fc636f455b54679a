"""What is so when a reminder is looked at, and whether one that is written is still wanted when it leaves."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import preferences
from bot.domain.circles import Circle, local_date, paused_at
from bot.domain.ids import MemberId
from bot.domain.members import Member, Scope, consented
from bot.domain.occurrences import Occurrence
from bot.domain.outbox import Letter
from bot.domain.quiet import quiet_until
from bot.domain.reminders import LOOKED_AT, Situation, switched_off
from bot.domain.schedules import Due, Kind, dues_between
from bot.services._following import rests
from storage.transaction import Reading, Transaction

KIND = "reminder"  # of the letter
NEEDS = (Scope.REMINDERS, Scope.CHECK_INS)  # to be written to, and to have something to be reminded of
DAY = timedelta(days=1)


async def situation(tx: Reading, member: Member, now: datetime) -> Situation:
    """The day as it stands for this member."""
    circle = await tx.circles.get(member.circle)
    post = await tx.occurrences.latest(circle.id, Kind.CHECK_IN)
    return Situation(
        post=post,
        zone=circle.settings.zone,
        answered=post is not None and await _answered(tx, member.id, circle, post, now),
        welcome=await _welcome(tx, member, circle, now),
    )


async def still_needed(tx: Reading, letter: Letter, now: datetime) -> bool:
    """Whether a reminder that is still on its way is wanted: neither answered nor stopped meanwhile."""
    member = await tx.members.get(letter.member) if letter.member is not None else None
    reminder = await tx.reminders.of(member.id) if member is not None else None
    if member is None or reminder is None or reminder.off:
        return False
    seen = await situation(tx, member, now)
    same = seen.post is not None and int(seen.post.id) == letter.facts.get("occurrence")
    return same and seen.welcome and not seen.answered


async def switch_off(tx: Transaction, letter: Letter) -> None:
    """Ends reminders that do not reach their member; they are told where they are met next."""
    reminder = await tx.reminders.of(letter.member) if letter.member is not None else None
    if reminder is not None:
        await tx.reminders.put(switched_off(reminder))


async def told_off(tx: Transaction, member: MemberId) -> bool:
    """Whether the member is to be told now that their reminder was switched off: True once."""
    reminder = await tx.reminders.switched_off(member)
    if reminder is None or reminder.told:
        return False
    await tx.reminders.put(replace(reminder, told=True))
    return True


async def posts_around(tx: Reading, circle: Circle, now: datetime) -> list[Due]:
    """When check-ins were and will be due, from yesterday on, as the schedules stand."""
    until = now + LOOKED_AT * DAY
    return [
        due
        for schedule in await tx.schedules.of_circle(circle.id)
        if schedule.kind is Kind.CHECK_IN
        for due in dues_between(
            schedule.days, schedule.time, circle.settings.zone, after=now - DAY, until=until
        )
    ]


async def _answered(tx: Reading, member: MemberId, circle: Circle, post: Occurrence, now: datetime) -> bool:
    """An answer to the post, or to its day or the running one without a post."""
    if await tx.check_ins.of(member, post.id, post.date) is not None:
        return True
    days = {post.date, local_date(circle, now)}
    return any([await tx.check_ins.of(member, None, day) is not None for day in days])


async def _welcome(tx: Reading, member: Member, circle: Circle, now: datetime) -> bool:
    if not all(consented(member, scope) for scope in NEEDS) or paused_at(circle, now):
        return False
    if await rests(tx, member.id, now):
        return False
    wishes = await tx.preferences.of(member.id)
    quiet = quiet_until(preferences.quiet(wishes, circle.settings), circle.settings.zone, now)
    return quiet is None and await tx.mutes.until(member.id, now) is None
