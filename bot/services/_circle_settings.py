"""What a facilitator typed becomes a circle's settings, and the daily check-in follows its new time."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.circles import Circle, QuietHours, Settings, Sharing
from bot.domain.errors import ScheduleExists
from bot.domain.prompts import Content
from bot.domain.regions import region as parse_region
from bot.domain.schedules import DAILY, Due, Kind, Schedule, next_due, parse_time
from storage.transaction import Transaction

NIGHT = QuietHours(time(22), time(7))  # the end that was not named, where no quiet hours stand yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The changes as typed; None leaves a setting as it is."""

    prompt_time: str | None = None
    discreet: bool | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None
    region: str | None = None
    sharing: str | None = None


def changed(settings: Settings, typed: Typed, content: Content) -> Settings:
    """The settings after the changes. Raises BadTime, UnknownRegion; ValueError for an unknown sharing."""
    return replace(
        settings,
        prompt_time=settings.prompt_time if typed.prompt_time is None else parse_time(typed.prompt_time),
        discreet=settings.discreet if typed.discreet is None else typed.discreet,
        quiet=_quiet(settings.quiet, typed),
        region=settings.region if typed.region is None else parse_region(typed.region, content.regions),
        sharing=settings.sharing if typed.sharing is None else Sharing(typed.sharing),
    )


def _quiet(quiet: QuietHours | None, typed: Typed) -> QuietHours | None:
    if typed.quiet_from is None and typed.quiet_until is None:
        return quiet
    before = quiet or NIGHT
    start = before.start if typed.quiet_from is None else parse_time(typed.quiet_from)
    end = before.end if typed.quiet_until is None else parse_time(typed.quiet_until)
    return None if start == end else QuietHours(start, end)


async def move_daily(tx: Transaction, circle: Circle, before: time, now: datetime) -> None:
    """Moves the daily check-in from `before` to the circle's prompt time, with its skips.

    Where one was posted today already, the next comes tomorrow; where the facilitators removed it or one
    stands at the new time already, there is none to add.
    """
    for old in await tx.schedules.of_circle(circle.id):
        if (old.kind, old.time, old.days) == (Kind.CHECK_IN, before, DAILY):
            skips = await tx.schedules.skips(old.id)
            due = await _first(tx, circle, old, now)
            await tx.schedules.remove(old.id, now)
            await _add_moved(tx, circle, due, skips, now)


async def _add_moved(
    tx: Transaction, circle: Circle, due: Due, skips: frozenset[date], now: datetime
) -> None:
    at = circle.settings.prompt_time
    try:
        new = await tx.schedules.add(circle.id, Kind.CHECK_IN, at, DAILY, now, due)
    except ScheduleExists:
        return
    for day in skips:
        await tx.schedules.skip(new.id, day)


async def _first(tx: Transaction, circle: Circle, old: Schedule, now: datetime) -> Due:
    settings = circle.settings
    due = next_due(DAILY, settings.prompt_time, settings.zone, after=now)
    lately = await tx.occurrences.since(circle.id, now - timedelta(days=1))
    if any(one.schedule == old.id and one.date == due.date for one in lately):
        return next_due(DAILY, settings.prompt_time, settings.zone, after=due.at)
    return due
