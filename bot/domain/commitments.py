"""Commitments: small acts that members choose for themselves, and what they log of them, day by day.

A day is the member's own: it ends at their own hour, in their own zone. What was logged keeps its date,
whatever the zone is later; a zone change can neither double a day nor take one away (`days_skipped`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import BadDate, BadDays
from bot.domain.ids import CommitmentId, MemberId
from bot.domain.practice_errors import BadCadence, DayClosed, FutureDay, NoRestLeft
from bot.domain.schedules import DAILY, parse_date, parse_days, spoken_days

LIVE = 3  # commitments at a time
LOG_BACK = 7  # days that can still be logged, besides today
DAY_STARTS = time(4)  # a late evening belongs to the day before
RESTS = 2  # rest days in a calendar week
REST_WEEKS = 4  # of which one may be rested, where the cadence counts by the week
_TIMES = re.compile(r"([1-6]|once|twice)( times)? (a|per|each|every) week")
_TIMES_WORDS = {"once": 1, "twice": 2}
_OPEN = frozenset({"when it comes up", "whenever", "when"})


class Rhythm(StrEnum):
    """How often."""

    DAYS = "days"  # on these weekdays
    TIMES = "times"  # so many times a week, on any days
    ONCE = "once"  # on a date
    OPEN = "open"  # when it comes up: no day asks for it


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a commitment is meant to be kept. `days` holds ISO weekdays, 1 (Monday) to 7."""

    rhythm: Rhythm
    days: frozenset[int] = frozenset()  # DAYS only
    times: int = 0  # TIMES only, 1 to 6
    on: date | None = None  # ONCE only


EVERY_DAY = Cadence(Rhythm.DAYS, days=DAILY)
COMES_UP = Cadence(Rhythm.OPEN)


class Mark(StrEnum):
    """How one day went."""

    KEPT = "kept"
    SMALL = "small"  # the smallest version, which counts in full
    REST = "rest"
    MISSED = "missed"
    REPAIRED = "repaired"  # late, and mended


KEEPS = frozenset({Mark.KEPT, Mark.SMALL})
Log = Mapping[date, Mark]


@dataclass(frozen=True, slots=True)
class Rest:
    """Days in which nothing is asked: first and last (None: it goes on)."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The member's own words about a commitment."""

    text: str = field(repr=False)
    seen: str = field(default="", repr=False)  # what someone would see or hear
    smallest: str = field(default="", repr=False)
    plan: str = field(default="", repr=False)  # if ..., then I will ...
    value: str = field(default="", repr=False)  # what it is for
    hard: str = field(default="", repr=False)  # what to do or whom to ask if it gets hard


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a member chose. `plans` are its cadences, each from its first day on, oldest first."""

    id: CommitmentId
    member: MemberId
    words: Words = field(repr=False)
    plans: tuple[tuple[date, Cadence], ...]
    rests: tuple[Rest, ...] = ()  # pauses, oldest first
    zone: ZoneInfo  # the member's own, like the hour at which their day begins
    day_starts: time = DAY_STARTS
    lapse_only: bool = False  # only what did not go well is logged; nothing ever prompts
    reminded: time | None = None  # the member's own local time; None: no reminder
    made_at: datetime
    ended: date | None = None  # let go; its log stays until it is deleted
    remind_at: datetime | None = None
    reviewed: date | None = None  # when its member last looked whether it still fits

    def day(self, now: datetime) -> date:
        """The member's own day at an instant."""
        return day_of(now, self.zone, self.day_starts)

    @property
    def begun(self) -> date:
        """Its first day."""
        return self.plans[0][0]

    @property
    def cadence(self) -> Cadence:
        """As it is meant now."""
        return self.plans[-1][1]

    @property
    def live(self) -> bool:
        """Not let go."""
        return self.ended is None

    @property
    def paused(self) -> bool:
        """It rests until the member goes on."""
        return bool(self.rests) and self.rests[-1].last is None


def day_of(now: datetime, zone: ZoneInfo, starts: time = DAY_STARTS) -> date:
    """The member's own day at an instant: it begins at `starts` by the clock on the wall, in each zone.

    An hour that comes twice (the clocks go back) belongs both times to the day that the clock shows.
    """
    local = now.astimezone(zone)
    early = local.time().replace(tzinfo=None) < starts
    return local.date() - timedelta(days=1) if early else local.date()


def days_skipped(before: date, after: date) -> Rest | None:
    """The days that a change of zone left out (westwards over the date line): they are rest, never a miss."""
    if after - before < timedelta(days=2):
        return None
    return Rest(before + timedelta(days=1), after - timedelta(days=1))


def moved(commitment: Commitment, zone: ZoneInfo, starts: time, now: datetime) -> Commitment:
    """The commitment on another clock from now on; days that the change leaves out are rest."""
    after = day_of(now, zone, starts)
    skipped = days_skipped(commitment.day(now), after)
    rests = commitment.rests
    if skipped is not None and not commitment.paused:
        rests = (*rests, skipped)
    return replace(commitment, zone=zone, day_starts=starts, rests=rests)


def parse_cadence(text: str) -> Cadence:
    """From `daily`, `mon, wed`, `3 a week`, `2026-12-24` or `when it comes up`. Raises BadCadence."""
    said = " ".join(text.strip().lower().split())
    if said in _OPEN:
        return COMES_UP
    if said in ("weekly", "each week", "every week"):
        return Cadence(Rhythm.TIMES, times=1)
    if (found := _TIMES.fullmatch(said)) is not None:
        return Cadence(Rhythm.TIMES, times=_TIMES_WORDS.get(found[1]) or int(found[1]))
    if said[:4].isdigit():
        return Cadence(Rhythm.ONCE, on=_date(text))
    try:
        return Cadence(Rhythm.DAYS, days=parse_days("daily" if said in ("each day", "every day") else said))
    except BadDays:
        raise BadCadence(text) from None


def spoken_cadence(cadence: Cadence) -> str:
    """As `parse_cadence` reads it back."""
    if cadence.rhythm is Rhythm.DAYS:
        return spoken_days(cadence.days)
    if cadence.rhythm is Rhythm.TIMES:
        return f"{cadence.times} a week" if cadence.times > 1 else "once a week"
    return cadence.on.isoformat() if cadence.on else "when it comes up"


def expected(cadence: Cadence, day: date) -> bool:
    """Whether this very day asks for it."""
    if cadence.rhythm is Rhythm.DAYS:
        return day.isoweekday() in cadence.days
    return cadence.rhythm is Rhythm.ONCE and cadence.on == day


def loggable(commitment: Commitment, day: date, today: date) -> None:
    """Raises FutureDay, or DayClosed where it is more than LOG_BACK days ago or before it was begun."""
    if day > today:
        raise FutureDay(today)
    if day < max(today - timedelta(days=LOG_BACK), commitment.begun):
        raise DayClosed(max(today - timedelta(days=LOG_BACK), commitment.begun))


def rests_left(commitment: Commitment, log: Log, day: date) -> int:
    """Rest days left in the calendar week of `day`; where a week is counted, 1 or 0 for that whole week.

    Two in each week, or one week in any four (content/commitments.yaml, rules); none is carried over.
    """
    monday = day - timedelta(days=day.weekday())
    if commitment.cadence.rhythm is not Rhythm.TIMES:
        week = {monday + timedelta(days=n) for n in range(7)}
        return max(0, RESTS - sum(log.get(each) is Mark.REST for each in week - {day}))
    first, last = monday - timedelta(weeks=REST_WEEKS - 1), monday + timedelta(weeks=REST_WEEKS)
    rested = {
        each - timedelta(days=each.weekday())
        for each, mark in log.items()
        if mark is Mark.REST and first <= each < last
    }
    return int(not rested - {monday})


def logged(commitment: Commitment, log: Log, day: date, mark: Mark, today: date) -> dict[date, Mark]:
    """The log with this day in it. Raises FutureDay, DayClosed, NoRestLeft."""
    loggable(commitment, day, today)
    if mark is Mark.REST and not rests_left(commitment, log, day):
        raise NoRestLeft
    return {**log, day: mark}


def replanned(commitment: Commitment, cadence: Cadence, today: date) -> Commitment:
    """The commitment with another cadence from today on; what was logged stays under the one it had."""
    if cadence == commitment.cadence:
        return commitment
    kept = tuple(plan for plan in commitment.plans if plan[0] < today)
    return replace(commitment, plans=(*kept, (today, cadence)))


def resting(commitment: Commitment, today: date) -> Commitment:
    """On hold from today on; one that rests already goes on resting."""
    if commitment.paused:
        return commitment
    return replace(commitment, rests=(*commitment.rests, Rest(today)))


def resumed(commitment: Commitment, today: date) -> Commitment:
    """Taken up again today; the days until yesterday cost nothing."""
    if not commitment.paused:
        return commitment
    *before, current = commitment.rests
    ended = Rest(current.first, today - timedelta(days=1))
    rests = (*before, ended) if ended.last is not None and ended.last >= ended.first else tuple(before)
    return replace(commitment, rests=rests)


def _date(text: str) -> date:
    try:
        return parse_date(text)
    except BadDate:
        raise BadCadence(text) from None
