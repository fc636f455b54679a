"""A circle's regular meeting: at its local time on its weekday, weekly or fortnightly, whatever clocks do."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.domain.circles import QuietHours
from bot.domain.errors import BadDate, TooLong
from bot.domain.ids import CircleId
from bot.domain.plan_errors import BadMinutes
from bot.domain.quiet import quiet_until
from bot.domain.schedules import Due, due_at, exists

REMIND_BEFORE = timedelta(minutes=60)
SHORTEST, LONGEST, USUAL = 15, 480, 90  # minutes
MAX_WHERE = 100  # characters of an event's place (Discord)
AHEAD = timedelta(days=366)  # the farthest first meeting
WEEKLY, FORTNIGHTLY = 1, 2
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A regular meeting in the circle's zone. `day` is an ISO weekday; `first` lies on it."""

    circle: CircleId
    day: int
    time: time
    minutes: int = USUAL
    every: int = WEEKLY  # weeks
    first: date
    where: str | None = field(default=None, repr=False)
    channel: str | None = field(default=None, repr=False)  # a voice channel, as the platform writes its id
    skips: frozenset[date] = frozenset()
    removed: bool = False
    uid: str = ""  # by which calendars know it again
    revision: int = 0  # rises with each change
    changed_at: datetime

    @property
    def lasts(self) -> timedelta:
        """How long one meeting is."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A meeting with what is done about it: the platform's event, and the reminders."""

    meeting: Meeting
    event: str | None = field(default=None, repr=False)  # the platform's id of the event
    event_for: date | None = None  # the meeting that the event is for
    next_at: datetime | None = None  # when the event is looked after next
    tries: int = 0  # of looking after it since it last went well
    remind_at: datetime | None = None  # when the next reminders are written
    reminded_for: date | None = None  # the meeting that the last ones were about


def first_on(day: int, at: time, zone: ZoneInfo, *, after: datetime, since: date | None = None) -> date:
    """The first such weekday from `since` on; without it, the first whose meeting begins after `after`.

    Raises BadDate where `since` is more than a year ahead.
    """
    start = since or after.astimezone(zone).date()
    if since is not None and since > (after + AHEAD).astimezone(zone).date():
        raise BadDate(since.isoformat())
    found = start + _DAY * ((day - start.isoweekday()) % 7)
    if since is None and due_at(found, at, zone) <= after:
        found += _DAY * 7
    return found


def meetings(meeting: Meeting, zone: ZoneInfo, *, after: datetime) -> Iterator[Due]:
    """All meetings that begin strictly after `after`, without end. ValueError where `after` is naive.

    Fortnights count in local dates from `first` on. A date that the zone's calendar leaves out has none.
    """
    if after.tzinfo is None:
        raise ValueError("meetings need an aware instant")
    step = _DAY * 7 * meeting.every
    begin = after.astimezone(zone).date() - _DAY  # a time in a gap before midnight comes on the morrow
    passed = max(0, -(-(begin - meeting.first) // step))
    day = meeting.first + step * passed
    while True:
        if day not in meeting.skips:
            at = due_at(day, meeting.time, zone)
            if at > after and (at.astimezone(zone).date() == day or exists(day, zone)):
                yield Due(day, at)
        day += step


def next_meeting(meeting: Meeting, zone: ZoneInfo, *, after: datetime) -> Due:
    """The first meeting that begins strictly after `after`."""
    return next(meetings(meeting, zone, after=after))


def next_meetings(meeting: Meeting, zone: ZoneInfo, *, after: datetime, count: int) -> list[Due]:
    """The first `count` of them."""
    return list(islice(meetings(meeting, zone, after=after), count))


def meetings_between(meeting: Meeting, zone: ZoneInfo, *, after: datetime, until: datetime) -> list[Due]:
    """Those that begin strictly after `after` and not after `until`."""
    return list(takewhile(lambda due: due.at <= until, meetings(meeting, zone, after=after)))


def skipped(meeting: Meeting, day: date, now: datetime) -> Meeting:
    """Without the meeting of a date."""
    return _changed(meeting, now, skips=meeting.skips | {day})


def restored(meeting: Meeting, day: date, now: datetime) -> Meeting:
    """With the meeting of a date after all."""
    return _changed(meeting, now, skips=meeting.skips - {day})


def ended(meeting: Meeting, now: datetime) -> Meeting:
    """Over for good."""
    return _changed(meeting, now, removed=True)


def remind_at(start: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime | None:
    """When its reminder goes: REMIND_BEFORE, or at the end of quiet hours over that; None if too late."""
    at = start - REMIND_BEFORE
    loud = quiet_until(quiet, zone, at) or at
    return loud if loud < start else None


def checked_minutes(minutes: int) -> int:
    """Raises BadMinutes unless from SHORTEST to LONGEST."""
    if not SHORTEST <= minutes <= LONGEST:
        raise BadMinutes(minutes, SHORTEST, LONGEST)
    return minutes


def checked_where(text: str) -> str | None:
    """A place in few words; None for an empty one. Raises TooLong."""
    where = " ".join(text.split())
    if len(where) > MAX_WHERE:
        raise TooLong(text, MAX_WHERE)
    return where or None


def _changed(meeting: Meeting, now: datetime, **changes: object) -> Meeting:
    return replace(meeting, **changes, revision=meeting.revision + 1, changed_at=now)  # type: ignore[arg-type]
