"""What a facilitator typed becomes a regular meeting, or changes the one that stands."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.errors import BadDays
from bot.domain.ids import CircleId
from bot.domain.meetings import (
    FORTNIGHTLY,
    USUAL,
    WEEKLY,
    Meeting,
    checked_minutes,
    checked_where,
    first_on,
)
from bot.domain.plan_errors import MeetingIncomplete
from bot.domain.schedules import parse_date, parse_days, parse_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was named, as it was typed; None was left out."""

    day: str | None = None
    time: str | None = None
    minutes: int | None = None
    fortnightly: bool | None = None
    first: str | None = None
    where: str | None = field(default=None, repr=False)
    channel: str | None = field(default=None, repr=False)

    @property
    def anything(self) -> bool:
        """Whether anything was named."""
        return any(getattr(self, each.name) is not None for each in fields(self))


def arranged(
    before: Meeting | None, wanted: Wanted, circle: CircleId, zone: ZoneInfo, now: datetime, uid: str
) -> Meeting:
    """The meeting as it is from now on; what was not named stays.

    A new day or rhythm begins with the next such day, or from the first date that was named. Where a place
    is named it takes the place of the earlier one, voice channel or not. `uid` is used where there is none.
    Raises BadDays, BadTime, BadMinutes, BadDate, TooLong, MeetingIncomplete.
    """
    standing = before if before is not None and not before.removed else None
    since = parse_date(wanted.first) if wanted.first is not None else None
    day, at = _day(wanted, standing, since), _time(wanted, standing)
    every = _every(wanted, standing)
    stays = standing is not None and since is None and (day, every) == (standing.day, standing.every)
    first = standing.first if standing and stays else first_on(day, at, zone, after=now, since=since)
    where, channel = _place(wanted, standing)
    return Meeting(
        circle=circle,
        day=day,
        time=at,
        minutes=_minutes(wanted, standing),
        every=every,
        first=first,
        where=where,
        channel=channel,
        skips=standing.skips if standing else frozenset(),
        uid=before.uid if before else uid,
        revision=before.revision + 1 if before else 0,
        changed_at=now,
    )


def _day(wanted: Wanted, standing: Meeting | None, since: date | None) -> int:
    if wanted.day is not None:
        days = parse_days(wanted.day)
        if len(days) != 1:
            raise BadDays(wanted.day)
        return next(iter(days))
    if standing is not None:
        return standing.day
    if since is None:
        raise MeetingIncomplete
    return since.isoweekday()


def _time(wanted: Wanted, standing: Meeting | None) -> time:
    if wanted.time is not None:
        return parse_time(wanted.time)
    if standing is None:
        raise MeetingIncomplete
    return standing.time


def _every(wanted: Wanted, standing: Meeting | None) -> int:
    if wanted.fortnightly is None:
        return standing.every if standing else WEEKLY
    return FORTNIGHTLY if wanted.fortnightly else WEEKLY


def _minutes(wanted: Wanted, standing: Meeting | None) -> int:
    if wanted.minutes is None:
        return standing.minutes if standing else USUAL
    return checked_minutes(wanted.minutes)


def _place(wanted: Wanted, standing: Meeting | None) -> tuple[str | None, str | None]:
    if wanted.where is None and wanted.channel is None:
        return (standing.where, standing.channel) if standing else (None, None)
    return checked_where(wanted.where or ""), wanted.channel
