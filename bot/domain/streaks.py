"""Streaks: figures folded from a commitment's log each time, never counted up; pure, and never shaming.

The log becomes steps, one for each thing that was asked or done, in the order of their days; the fold takes
one after the other.
The same log gives the same figures, in whatever order it was entered.

Run: steps kept since the run began. Rest, pause and repair hold it; so does a day that can still be logged.
A step not kept (missed, or silent until it could not be logged any more) holds it too, as a grace, up to
GRACES in any GRACE_WINDOW days; one more ends it.

Steadiness, 0 to 100: s <- 0.95 s + 5 for a step kept, s <- 0.95 s for one missed; nothing else moves it. It
begins at 50, as nothing is known yet. So one missed day costs at most 5 points, and fourteen kept ones win
back half of what lacks. It is the exponential average by which Loop Habit Tracker scores habits (with
0.5 ** (1 / 13) = 0.948 for daily ones; github.com/iSoron/uhabits, Score.kt). Silence is no miss
(content/commitments.yaml, rules.no_log) and leaves it alone.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from bot.domain.commitments import LOG_BACK, Cadence, Commitment, Log, Mark, Rhythm

SMOOTHING = 0.95
GAIN = 100 * (1 - SMOOTHING)
UNKNOWN = 50.0  # steadiness before the first step
GRACES, GRACE_WINDOW = 2, 30  # steps not kept that hold a run, in any so many days
RECENT = 14  # days
REVIEW_EVERY = timedelta(days=14)
AWAY_AFTER = 7  # silent days that ask for a log; then a member is away, and nothing is asked any more


class Step(Enum):
    """What a day, or a place in a week, came to."""

    KEPT = auto()
    REPAIRED = auto()
    HELD = auto()  # rest
    OPEN = auto()  # it can still be logged
    MISSED = auto()
    SILENT = auto()  # it cannot be logged any more


STEPS = {
    Mark.KEPT: Step.KEPT,
    Mark.SMALL: Step.KEPT,
    Mark.REST: Step.HELD,
    Mark.MISSED: Step.MISSED,
    Mark.REPAIRED: Step.REPAIRED,
}


class Phase(Enum):
    """What is said, and whether any number is."""

    NEW = auto()  # nothing has been kept yet
    GOING = auto()
    RETURNED = auto()  # the last step is the first one kept after some that were not
    AWAY = auto()  # after a lapse: no number, no run; a welcome and the smallest next step


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """The figures of one commitment, as of a day."""

    kept: int  # in all
    recent: int  # kept in the last RECENT days
    run: int
    steadiness: float  # 0 to 100
    returns: int  # steps kept after a gap
    repairs: int
    missed_recently: int  # misses logged in the last RECENT days; never shown, it asks whether it is too big
    phase: Phase


def streak(commitment: Commitment, log: Log, today: date) -> Streak:
    """The figures as of the member's `today`; entries of a later date (an earlier zone's) count already."""
    fold = _Fold(since=today.toordinal() - RECENT)
    for day, step in steps(commitment, log, today):
        fold.take(day, step)
    late = [log.get(today - timedelta(days=n)) for n in range(RECENT)]
    return fold.streak(missed_recently=late.count(Mark.MISSED))


def return_days(commitment: Commitment, log: Log, today: date) -> list[date]:
    """The days on which something was kept again after a gap, oldest first; as many as `streak` counts."""
    fold, found = _Fold(since=0), []
    for day, step in steps(commitment, log, today):
        before = fold.returns
        fold.take(day, step)
        if fold.returns > before:
            found.append(date.fromordinal(day))
    return found


def review_due(commitment: Commitment, figures: Streak, today: date) -> bool:
    """Whether two weeks are over since it was begun or last looked at; never after a lapse, nor at rest.

    Every REVIEW_EVERY days (content/commitments.yaml, rules.review_every_days).
    """
    if not commitment.live or commitment.paused or figures.phase in (Phase.AWAY, Phase.NEW):
        return False
    since = max(commitment.reviewed or commitment.begun, commitment.plans[-1][0])
    return figures.recent > 0 and today - since >= REVIEW_EVERY


def steps(commitment: Commitment, log: Log, today: date) -> Iterator[tuple[int, Step]]:
    """What each day (as an ordinal) came to, by the cadence of its time, oldest first."""
    marks = {day.toordinal(): mark for day, mark in log.items()}
    last = max([today, *log]) if commitment.ended is None else commitment.ended
    seen = _Seen(marks, _rested(commitment, last), today.toordinal(), commitment.lapse_only)
    ends = [*(first.toordinal() - 1 for first, _ in commitment.plans[1:]), last.toordinal()]
    for (first, cadence), end in zip(commitment.plans, ends, strict=True):
        begin = first.toordinal()
        if cadence.rhythm is Rhythm.TIMES:
            yield from _by_weeks(cadence, seen, begin, end)
        elif cadence.rhythm is Rhythm.DAYS:
            yield from _by_days(cadence.days, seen, begin, end)
        else:
            yield from _by_entries(cadence.on, seen, begin, end)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The log by ordinals, and what is asked of nobody."""

    marks: dict[int, Mark]
    rested: frozenset[int]
    today: int
    lapse_only: bool

    def unlogged(self, day: int) -> Step | None:
        """What a day comes to that asked for a log and has none."""
        if day >= self.today:
            return None  # it is not over
        if self.lapse_only:
            return Step.KEPT
        return Step.OPEN if day >= self.today - LOG_BACK else Step.SILENT


class _Fold:
    """The figures so far."""

    def __init__(self, since: int) -> None:
        self._since = since
        self._kept = self._recent = self._run = self.returns = self._repairs = self._quiet = 0
        self._steadiness = UNKNOWN
        self._graces: deque[int] = deque(maxlen=GRACES)
        self._gap = self._lapsed = self._returned = False

    def take(self, day: int, step: Step) -> None:
        """Goes one step on."""
        if step is Step.KEPT:
            self._keep(day)
        elif step is Step.OPEN:
            self._quiet += 1
        elif step is Step.SILENT:
            self._quiet += 1
            self._lose(day)
        else:
            self._quiet = 0
            if step is Step.MISSED:
                self._steadiness *= SMOOTHING
                self._lapsed = True
                self._lose(day)
            elif step is Step.REPAIRED:
                self._repairs += 1
                self._lapsed = False

    def streak(self, missed_recently: int) -> Streak:
        """All of it, with what the log alone says."""
        return Streak(
            kept=self._kept,
            recent=self._recent,
            run=self._run,
            steadiness=self._steadiness,
            returns=self.returns,
            repairs=self._repairs,
            missed_recently=missed_recently,
            phase=self._phase(),
        )

    def _keep(self, day: int) -> None:
        self._returned = self._kept > 0 and (self._gap or self._quiet >= AWAY_AFTER)
        if self._returned:
            self.returns += 1
        if day > self._since:
            self._recent += 1
        self._kept += 1
        self._run += 1
        self._steadiness = self._steadiness * SMOOTHING + GAIN
        self._gap = self._lapsed = False
        self._quiet = 0

    def _lose(self, day: int) -> None:
        self._gap = True
        if not self._run:
            return
        if len(self._graces) == GRACES and self._graces[0] > day - GRACE_WINDOW:
            self._run = 0
        else:
            self._graces.append(day)

    def _phase(self) -> Phase:
        if not self._kept:
            return Phase.NEW
        if self._lapsed or self._quiet >= AWAY_AFTER:
            return Phase.AWAY
        return Phase.RETURNED if self._returned else Phase.GOING


def _by_days(asked: frozenset[int], seen: _Seen, begin: int, end: int) -> Iterator[tuple[int, Step]]:
    """A miss on a day that asked for nothing costs nothing."""
    marks, rested = seen.marks, seen.rested
    for day in range(begin, end + 1):
        mark = marks.get(day)
        asks = (day - 1) % 7 + 1 in asked and day not in rested
        if mark is not None:
            if asks or mark is not Mark.MISSED:
                yield day, STEPS[mark]
        elif asks and (step := seen.unlogged(day)) is not None:
            yield day, step


def _by_entries(on: date | None, seen: _Seen, begin: int, end: int) -> Iterator[tuple[int, Step]]:
    """What was logged; and the one date, if there is one that asked and it was kept on no day."""
    taken = {
        day: STEPS[mark]
        for day, mark in seen.marks.items()
        if begin <= day <= end and (mark is not Mark.MISSED or day not in seen.rested)
    }
    if on is not None and Step.KEPT not in taken.values():
        asked = on.toordinal()
        if begin <= asked <= end and asked not in seen.rested and asked not in seen.marks:
            step = seen.unlogged(asked)
            taken |= {asked: step} if step is not None else {}
    yield from sorted(taken.items(), key=lambda each: each[0])


def _by_weeks(cadence: Cadence, seen: _Seen, begin: int, end: int) -> Iterator[tuple[int, Step]]:
    """A week asks for its times once it is over; a part of one for its share, rounded down."""
    first = begin
    while first <= end:
        sunday = first + 6 - (first - 1) % 7
        last = min(sunday, end)
        days = range(first, last + 1)
        done = [(day, seen.marks[day]) for day in days if day in seen.marks]
        yield from ((day, STEPS[mark]) for day, mark in done if mark is not Mark.MISSED)
        if last < seen.today:
            free = sum(day not in seen.rested for day in days)
            lacking = cadence.times * free // 7 - sum(mark is not Mark.MISSED for _, mark in done)
            if lacking > 0 and all(mark is not Mark.REST for _, mark in done):
                missed = min(lacking, sum(mark is Mark.MISSED for _, mark in done))
                yield from [(last, Step.MISSED)] * missed
                silent = seen.unlogged(last)
                if silent is not None:
                    yield from [(last, silent)] * (lacking - missed)
        first = last + 1


def _rested(commitment: Commitment, last: date) -> frozenset[int]:
    return frozenset(
        day
        for rest in commitment.rests
        for day in range(rest.first.toordinal(), (rest.last or last).toordinal() + 1)
    )
