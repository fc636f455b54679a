"""A commitment's own reminder: at the member's time, on days that ask, once a day for all of theirs; or none.

Nothing prompts where only lapses are logged. After AWAY_AFTER silent days one quiet note comes, then nothing.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.commitments import Commitment, Log, Mark, Rhythm, expected
from bot.domain.practice_errors import NothingAsks
from bot.domain.schedules import DAILY, dues
from bot.domain.streaks import AWAY_AFTER, Step, steps

LATEST = timedelta(hours=1)  # after its time; later than that it does not come at all


def reminded(commitment: Commitment, at: time | None, now: datetime) -> Commitment:
    """With a reminder at this local time, or with none. Raises NothingAsks where no day ever asks."""
    if at is None:
        return replace(commitment, reminded=None, remind_at=None)
    if commitment.lapse_only or commitment.cadence.rhythm is Rhythm.OPEN:
        raise NothingAsks
    return replace(commitment, reminded=at, remind_at=_next(at, commitment, now))


def looked_at(commitment: Commitment, now: datetime) -> Commitment:
    """After its time has come: the next one is tomorrow's, and none where it rests or was let go."""
    if commitment.reminded is None or not commitment.live or commitment.lapse_only:
        return replace(commitment, remind_at=None)
    return replace(commitment, remind_at=_next(commitment.reminded, commitment, now))


def asks(commitment: Commitment, log: Log, day: date) -> bool:
    """Whether this day asks for a log and has none yet."""
    if not commitment.live or commitment.paused or commitment.lapse_only or day in log:
        return False
    cadence = commitment.cadence
    if cadence.rhythm is not Rhythm.TIMES:
        return expected(cadence, day)
    monday = day - timedelta(days=day.weekday())
    week = [log[each] for n in range(7) if (each := monday + timedelta(days=n)) in log]
    return Mark.REST not in week and sum(mark is not Mark.MISSED for mark in week) < cadence.times


def gone_quiet(commitment: Commitment, log: Log, today: date) -> bool:
    """Whether so many days in a row asked and none was logged."""
    quiet = 0
    for _, step in steps(commitment, log, today):
        quiet = quiet + 1 if step in (Step.OPEN, Step.SILENT) else 0
    return quiet >= AWAY_AFTER


def _next(at: time, commitment: Commitment, now: datetime) -> datetime:
    return next(dues(DAILY, at, commitment.zone, after=now)).at
