"""Who is on duty, who is asked next, and what the circle is told of it: truly, and once an hour at most."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.accounts import Account
from bot.domain.alert_errors import BadUntil
from bot.domain.errors import BadDate, BadTime
from bot.domain.ids import CircleId, DutyId, OutboxId
from bot.domain.schedules import due_at, parse_date, parse_time

CALLABLE_FOR = timedelta(days=30)  # after being on duty one can still be asked
FURTHEST = timedelta(days=31)  # ahead that duty can be set
SETTLED = timedelta(minutes=5)  # a change that lasts as long is said; a handing over within it is none
NOTED_EVERY = timedelta(hours=1)  # a new note to the circle; within it the last one is changed instead
WARNED_BEFORE = timedelta(hours=1)  # facilitators are told of a gap that is coming
_DATED = re.compile(r"(\S+)[ T]+(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One facilitator's turn in one circle: the one that runs, or the last one."""

    id: DutyId
    circle: CircleId
    account: Account = field(repr=False)
    since: datetime | None = None  # None: not switched on
    until: datetime | None = None  # None: until it is switched off
    last_at: datetime | None = None  # when they were last on duty, where the turn was switched off

    def on(self, now: datetime) -> bool:
        """Whether they are on duty at this instant; a turn ends by itself at `until`."""
        return self.since is not None and self.since <= now and (self.until is None or now < self.until)

    def last(self, now: datetime) -> datetime | None:
        """When they were last on duty, up to now."""
        if self.on(now):
            return now
        if self.since is not None and self.since <= now:
            return self.until
        return self.last_at


def on(duty: Duty, now: datetime, until: datetime | None) -> Duty:
    """On duty from now on; who is already keeps the beginning."""
    return replace(duty, since=duty.since if duty.on(now) else now, until=until, last_at=None)


def off(duty: Duty, now: datetime) -> Duty:
    """Off duty; that they were on it is known for CALLABLE_FOR."""
    return replace(duty, since=None, until=None, last_at=duty.last(now))


def on_duty(duties: Collection[Duty], now: datetime) -> list[Duty]:
    """Those who are, the longest first."""
    there = [duty for duty in duties if duty.on(now)]
    return sorted(there, key=lambda duty: (duty.since or now, duty.id))


def rota(duties: Collection[Duty], now: datetime) -> list[Duty]:
    """Who can be asked, in this order: who is on duty, then who last was, for CALLABLE_FOR."""
    rest = []
    for duty in duties:
        last = duty.last(now)
        if not duty.on(now) and last is not None and now - last < CALLABLE_FOR:
            rest.append((last, duty))
    rest.sort(key=lambda each: (-each[0].timestamp(), each[1].id))
    return on_duty(duties, now) + [duty for _, duty in rest]


def until(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """HH:MM in the zone, the next time that it comes, or YYYY-MM-DD HH:MM. Raises BadUntil."""
    try:
        at = _read(text.strip(), zone, now)
    except (BadTime, BadDate) as error:
        raise BadUntil(text) from error
    if not now < at <= now + FURTHEST:
        raise BadUntil(text)
    return at


def _read(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    dated = _DATED.fullmatch(text)
    if dated is not None:
        return due_at(parse_date(dated[1]), parse_time(dated[2]), zone)
    time, today = parse_time(text), now.astimezone(zone).date()
    at = due_at(today, time, zone)
    return at if at > now else due_at(today + timedelta(days=1), time, zone)


class Notice(StrEnum):
    """What is to be said."""

    NOTE = "note"  # a new one to the circle
    CHANGE = "change"  # the circle's last one is changed
    GAP = "gap"  # facilitators are told that one is coming


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a circle that uses duty has been told of it."""

    circle: CircleId
    covered: bool = True  # what it was last told; before any note nobody was promised anything
    bare: datetime | None = None  # from when nobody is on duty; None: somebody is
    since: datetime | None = None  # from when that holds, as it was told
    told_at: datetime | None = None  # the last new note
    note: OutboxId | None = None
    warned: datetime | None = None  # of the gap that begins then


def covered_until(duties: Collection[Duty], now: datetime) -> datetime | None:
    """When the last of those on duty goes off it; None: nobody is, or one has no end."""
    ends = [duty.until for duty in on_duty(duties, now)]
    dated = [end for end in ends if end is not None]
    return max(dated) if dated and len(dated) == len(ends) else None


def watched(watch: Watch, duties: Collection[Duty], now: datetime) -> tuple[Watch, tuple[Notice, ...]]:
    """What is to be said now, and the watch once it is."""
    notices: list[Notice] = []
    covered = bool(on_duty(duties, now))
    since = _since(duties, now) if covered or watch.bare is None else watch.bare
    watch = replace(watch, bare=None if covered else since)
    if covered is not watch.covered and (covered or now - since >= SETTLED):
        fresh = watch.told_at is None or now - watch.told_at >= NOTED_EVERY
        notices.append(Notice.NOTE if fresh else Notice.CHANGE)
        watch = replace(watch, covered=covered, since=since, told_at=now if fresh else watch.told_at)
    end = covered_until(duties, now)
    if end is not None and end - now <= WARNED_BEFORE and watch.warned != end:
        notices.append(Notice.GAP)
        watch = replace(watch, warned=end)
    return watch, tuple(notices)


def next_look(watch: Watch, duties: Collection[Duty], now: datetime) -> datetime | None:
    """When there may be something to say; None: not before somebody changes something."""
    covered, end = bool(on_duty(duties, now)), covered_until(duties, now)
    looks = [end] if end is not None else []
    if end is not None and watch.warned != end:
        looks.append(end - WARNED_BEFORE)
    if covered is not watch.covered:
        looks.append(now if covered else (watch.bare or _since(duties, now)) + SETTLED)
    return min(looks, default=None)


def _since(duties: Collection[Duty], now: datetime) -> datetime:
    """From when it has been as it is: covered, or not."""
    there = on_duty(duties, now)
    if there:
        return there[0].since or now
    return max((last for last in (duty.last(now) for duty in duties) if last is not None), default=now)
