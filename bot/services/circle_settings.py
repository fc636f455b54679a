"""What a facilitator typed becomes a circle's settings, and the daily check-in follows its new time."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time

from bot.domain.alert_errors import TooLongForALine
from bot.domain.circles import AlertPolicy, Circle, Holidays, QuietHours, Settings, Sharing
from bot.domain.errors import BadDays, ScheduleExists
from bot.domain.holidays import holidays_between
from bot.domain.languages import Language
from bot.domain.plan_errors import NoHolidays
from bot.domain.prompts import Content, Readers
from bot.domain.regions import region as parse_region
from bot.domain.schedules import DAILY, Kind, parse_days, parse_time
from bot.services._retiming import check_loud, retimed
from storage.transaction import Reading, Transaction

MAX_LINE = 60  # characters
NONE = frozenset({"", "-", "none", "unset"})
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
    week_starts: str | None = None  # mon to sun
    holidays: str | None = None
    made_for: str | None = None
    digest: bool | None = None
    alerts: str | None = None
    language: str | None = None
    hours: str | None = None
    response_time: str | None = None

    @property
    def named(self) -> list[str]:
        """The settings that were named."""
        return [each.name for each in fields(self) if getattr(self, each.name) is not None]


def changed(settings: Settings, typed: Typed, content: Content) -> Settings:
    """The settings after the changes. Raises BadTime, BadDays, UnknownRegion; ValueError for others."""
    return replace(
        settings,
        prompt_time=settings.prompt_time if typed.prompt_time is None else parse_time(typed.prompt_time),
        discreet=settings.discreet if typed.discreet is None else typed.discreet,
        quiet=_quiet(settings.quiet, typed),
        region=settings.region if typed.region is None else parse_region(typed.region, content.regions),
        sharing=settings.sharing if typed.sharing is None else Sharing(typed.sharing),
        week_starts=settings.week_starts if typed.week_starts is None else _weekday(typed.week_starts),
        holidays=settings.holidays if typed.holidays is None else Holidays(typed.holidays),
        made_for=settings.made_for if typed.made_for is None else Readers(typed.made_for),
        digest=settings.digest if typed.digest is None else typed.digest,
        alerts=settings.alerts if typed.alerts is None else AlertPolicy(typed.alerts),
        language=settings.language if typed.language is None else Language(typed.language),
        hours=settings.hours if typed.hours is None else _line(typed.hours),
        response_time=settings.response_time if typed.response_time is None else _line(typed.response_time),
    )


def check_holidays(settings: Settings, today: date) -> None:
    """Raises NoHolidays where the circle wants holidays and none are known for its region."""
    if settings.holidays is Holidays.OFF:
        return
    if settings.region is None:
        raise NoHolidays(None)
    holidays_between(settings.region, today, today)


def _line(text: str) -> str:
    """What is said within a sentence; "none" takes it back. Raises TooLongForALine."""
    said = " ".join(text.split()).rstrip(".")
    if len(said) > MAX_LINE:
        raise TooLongForALine(len(said), MAX_LINE)
    return "" if said.casefold() in NONE else said


def _weekday(text: str) -> int:
    days = parse_days(text)
    if len(days) != 1:
        raise BadDays(text)
    return next(iter(days))


def _quiet(quiet: QuietHours | None, typed: Typed) -> QuietHours | None:
    if typed.quiet_from is None and typed.quiet_until is None:
        return quiet
    before = quiet or NIGHT
    start = before.start if typed.quiet_from is None else parse_time(typed.quiet_from)
    end = before.end if typed.quiet_until is None else parse_time(typed.quiet_until)
    return None if start == end else QuietHours(start, end)


async def move_daily(tx: Transaction, circle: Circle, before: time, now: datetime) -> None:
    """Moves the daily check-in from `before` to the circle's prompt time; its skips and its rest stay.

    Where the facilitators removed it there is none to move, and where one stands at the new time already
    that one is the daily check-in from now on.
    """
    at = circle.settings.prompt_time
    for old in await tx.schedules.of_circle(circle.id):
        if (old.kind, old.time, old.days) == (Kind.CHECK_IN, before, DAILY):
            try:
                await retimed(tx, circle, old, at, DAILY, now)
            except ScheduleExists:
                await tx.schedules.remove(old.id, now)


async def check_quiet(tx: Reading, circle: Circle) -> None:
    """Raises QuietTime where a standing schedule would post within the circle's quiet hours."""
    for schedule in await tx.schedules.of_circle(circle.id):
        check_loud(circle, schedule.time)
