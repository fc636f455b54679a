"""A circle: one group, its places, its zone and its settings."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.accounts import Platform
from bot.domain.closing_errors import CircleClosing
from bot.domain.closings import Closing, begun
from bot.domain.ids import CircleId
from bot.domain.languages import Language
from bot.domain.pauses import Pause
from bot.domain.plans import MONDAY
from bot.domain.prompts import Readers


class Sharing(StrEnum):
    """Whether members may offer words to the circle."""

    OFF = "off"
    REVIEWED = "reviewed"


class AlertPolicy(StrEnum):
    """Which word matches the facilitators are told of; what somebody asks for by hand is always passed on."""

    OFF = "off"
    URGENT = "urgent"  # the gravest alone
    ALL = "all"


class Holidays(StrEnum):
    """What public holidays of the circle's region change; nothing unless a facilitator wants it."""

    OFF = "off"
    MARK = "mark"  # they stand in the calendar and in the fortnight's preview
    GENTLE = "gentle"  # the day's check-in is one that was written for such days
    REST = "rest"  # nothing is posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a circle lives: ids as the platform writes them."""

    platform: Platform
    server: str = field(repr=False)
    channel: str = field(repr=False)  # the circle's home channel
    facilitators: str = field(repr=False)  # the private facilitators' channel
    role: str = field(repr=False)  # the facilitator role


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times between which nothing leaves by itself; may run over midnight."""

    start: time
    end: time

    def hold(self, at: time) -> bool:
        """Whether a local time lies in them; their end does not."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a facilitator may set. Times are local to `zone`."""

    zone: ZoneInfo
    prompt_time: time = time(9, 0)
    region: str | None = None  # ISO 3166-1 alpha-2
    discreet: bool = True
    quiet: QuietHours | None = None
    sharing: Sharing = Sharing.REVIEWED
    week_starts: int = MONDAY  # the ISO weekday on which a theme's week begins
    holidays: Holidays = Holidays.OFF
    made_for: Readers = Readers.ALL  # a circle of one side alone may be asked what only that side can answer
    digest: bool = True  # the facilitators' weekly look ahead
    alerts: AlertPolicy = AlertPolicy.ALL
    hours: str = ""  # in which facilitators read, in their words, such as "weekday evenings"; empty: not said
    response_time: str = ""  # until one answers in those hours, such as "two hours"; empty: not said
    language: Language = Language.EN  # of posts, and of what facilitators are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """One group."""

    id: CircleId
    home: Home
    name: str = field(repr=False)
    settings: Settings
    made_at: datetime
    pause: Pause | None = None
    closing: Closing | None = None
    welcome: str | None = field(default=None, repr=False)  # the welcome card's message id


def paused_at(circle: Circle, now: datetime) -> bool:
    """Whether the circle rests at this instant; a pause whose `until` has passed is over.

    One that closes rests until it is kept, and so it is asked nowhere else whether anything leaves by itself.
    """
    rests = (circle.pause, circle.closing)
    return any(each is not None and each.covers(now) for each in rests)


def paused(circle: Circle, *, since: datetime, until: datetime | None = None) -> Circle:
    """The circle resting from `since`; a rest that is on keeps its start and takes the new end."""
    if circle.pause is not None and circle.pause.covers(since):
        since = circle.pause.since
    return replace(circle, pause=Pause(since, until))


def resumed(circle: Circle) -> Circle:
    """The circle without its pause."""
    return replace(circle, pause=None)


def closing(circle: Circle, now: datetime) -> Circle:
    """The circle on its way to its end, GRACE from now; one that is already keeps its first date."""
    return circle if circle.closing is not None else replace(circle, closing=begun(now))


def kept_open(circle: Circle) -> Circle:
    """The circle after all; a pause that was on before is on again."""
    return replace(circle, closing=None)


def check_open(circle: Circle) -> None:
    """Raises CircleClosing where nothing new is begun any more."""
    if circle.closing is not None:
        raise CircleClosing(circle.closing.closes_at)


def local_date(circle: Circle, now: datetime) -> date:
    """The date on the circle's own calendar at this instant."""
    return now.astimezone(circle.settings.zone).date()
