"""Writes the reminders of commitments, one a member and day at most; and whether one is still wanted."""

from datetime import datetime

from bot.domain import preferences
from bot.domain.circles import paused_at
from bot.domain.commitments import Commitment
from bot.domain.ids import CommitmentId
from bot.domain.members import Scope, consented
from bot.domain.nudges import LATEST, asks, gone_quiet, looked_at, reminded
from bot.domain.outbox import Letter, Recipient
from bot.domain.practice_errors import NoSuchCommitment
from bot.domain.quiet import quiet_until
from bot.services._following import rests
from storage.transaction import Reading, Transaction

KIND, QUIET = "commitment-due", "commitment-quiet"  # of the letters
NEEDS = (Scope.STREAKS, Scope.REMINDERS)


async def look(tx: Transaction, it: Commitment, now: datetime) -> None:
    """Writes the letter that is due, if one is, and sets the next look; both are one transaction."""
    facts: dict[str, str | int | bool | None] = {"commitment": int(it.id)}
    member = await tx.members.get(it.member)
    due = it.remind_at is not None and now < it.remind_at + LATEST
    if member is not None and due and await _welcome(tx, it, now):
        log, today, circle = await tx.commitments.log(it), it.day(now), member.circle
        if gone_quiet(it, log, today):
            await tx.outbox.add(circle, Recipient.MEMBER, QUIET, facts, now, member=it.member)
            await tx.commitments.put(reminded(it, None, now))
            return
        if asks(it, log, today) and not await _told_today(tx, it, now):
            facts["until"] = int((now + LATEST).timestamp())
            await tx.outbox.add(circle, Recipient.MEMBER, KIND, facts, now, member=it.member)
    await tx.commitments.put(looked_at(it, now))


async def still_needed(tx: Reading, letter: Letter, now: datetime) -> bool:
    """Whether a reminder that is still on its way is wanted: neither logged nor switched off meanwhile."""
    it = await _of(tx, letter)
    if it is None or it.reminded is None or not await _welcome(tx, it, now):
        return False
    return asks(it, await tx.commitments.log(it), it.day(now))


async def switch_off(tx: Transaction, letter: Letter) -> None:
    """Ends reminders that do not reach their member; the card says that there is none."""
    it = await _of(tx, letter)
    if it is not None:
        await tx.commitments.put(reminded(it, None, letter.written_at))


async def _of(tx: Reading, letter: Letter) -> Commitment | None:
    try:
        return await tx.commitments.get(CommitmentId(int(letter.facts["commitment"] or 0)))
    except NoSuchCommitment:
        return None


async def _told_today(tx: Reading, it: Commitment, now: datetime) -> bool:
    """Whether another of the member's was reminded of on this day of theirs."""
    today = it.day(now)
    letters = await tx.outbox.of(it.member)
    return any(letter.kind == KIND and it.day(letter.written_at) == today for letter in letters)


async def _welcome(tx: Reading, it: Commitment, now: datetime) -> bool:
    """A member who said yes, in a circle that does not rest, outside of quiet hours and of their own rest."""
    member = await tx.members.get(it.member)
    if member is None or not all(consented(member, scope) for scope in NEEDS):
        return False
    if await rests(tx, member.id, now):
        return False
    circle = await tx.circles.get(member.circle)
    quiet = preferences.quiet(await tx.preferences.of(member.id), circle.settings)
    if paused_at(circle, now) or await tx.mutes.until(member.id, now) is not None:
        return False
    return quiet_until(quiet, circle.settings.zone, now) is None
