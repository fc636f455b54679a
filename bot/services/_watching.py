"""What is said of duty: a calm note to the circle when nobody is on it, a word to facilitators before."""

from dataclasses import replace
from datetime import datetime

from bot.domain.duty import WARNED_BEFORE, Notice, Watch, next_look, watched
from bot.domain.ids import CircleId
from bot.domain.outbox import REVISE, Letter, Recipient
from storage.transaction import Reading, Transaction

DUTY_NOTE, DUTY_GAP = "duty-note", "duty-gap"  # letters to the circle, and to facilitators


async def look(
    tx: Transaction, circle: CircleId, now: datetime, *, announced: datetime | None = None
) -> None:
    """Writes what is to be said now, and sets when it is looked at next; for a circle that uses duty.

    `announced`: an end that a facilitator has just set; if it is near, they know of the gap after it.
    """
    watch = await tx.duty.watch(circle)
    if watch is None:
        return
    duties = await tx.duty.of_circle(circle)
    if announced is not None and announced - now <= WARNED_BEFORE:
        watch = replace(watch, warned=announced)
    watch, notices = watched(watch, duties, now)
    for notice in notices:
        watch = await _say(tx, watch, notice, now)
    await tx.duty.put_watch(watch, next_look(watch, duties, now))


async def fresh(tx: Reading, letter: Letter) -> Letter:
    """A note to the circle as it holds when it leaves."""
    watch = await tx.duty.watch(letter.circle)
    if watch is None:
        return letter
    since = int(watch.since.timestamp()) if watch.since else None
    return replace(letter, facts={"covered": watch.covered, "since": since})


async def lost(tx: Transaction, letter: Letter, now: datetime) -> None:
    """The note was taken out of the channel before it could be changed: what holds is said anew."""
    watch = await tx.duty.watch(letter.circle)
    if watch is not None and watch.note == letter.id:
        again = replace(watch, covered=not watch.covered, note=None, told_at=None)
        await tx.duty.put_watch(again, now)


async def _say(tx: Transaction, watch: Watch, notice: Notice, now: datetime) -> Watch:
    if notice is Notice.GAP:
        at = int(watch.warned.timestamp()) if watch.warned else None
        facts = {"at": at, "until": at}  # then it is no coming gap any more
        await tx.outbox.add(watch.circle, Recipient.FACILITATORS, DUTY_GAP, facts, now)
        return watch
    if notice is Notice.CHANGE and watch.note is not None:
        facts = {"letter": int(watch.note)}
        await tx.outbox.add(watch.circle, Recipient.CIRCLE, REVISE, facts, now)
        return watch
    note = await tx.outbox.add(watch.circle, Recipient.CIRCLE, DUTY_NOTE, {}, now)
    return replace(watch, note=note.id)
