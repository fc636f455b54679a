"""What can go wrong with plans, their posts and meetings; the same tree as `bot.domain.errors`."""

from datetime import date, time

from bot.domain.errors import TrellisError


class PlanInPast(TrellisError):
    """A plan cannot start before the circle's own today."""

    def __init__(self, start: date, today: date) -> None:
        super().__init__(start)
        self.start, self.today = start, today


class PlanOverlaps(TrellisError):
    """A week would lie on another one: the first days of both."""

    def __init__(self, start: date, other: date) -> None:
        super().__init__(start)
        self.start, self.other = start, other


class PlanTooLong(TrellisError):
    """More weeks than a plan holds."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoPlan(TrellisError):
    """The circle has no weeks planned."""


class NoSuchWeek(TrellisError):
    """The plan has no week of that first day."""


class NoSuchTheme(TrellisError):
    """The circle's library has no theme of that name."""


class NoSuchPrompt(TrellisError):
    """The circle's library has no such prompt for a check-in."""


class SameWeek(TrellisError):
    """A week cannot be exchanged with itself."""


class WeekBegun(TrellisError):
    """The week has begun, or is over: `start` is its first day."""

    def __init__(self, start: date) -> None:
        super().__init__(start)
        self.start = start


class SettlingWeek(TrellisError):
    """The week settles people before anything digs, and keeps its place."""

    def __init__(self, start: date) -> None:
        super().__init__(start)
        self.start = start


class NoSuchDraft(TrellisError):
    """The import that waited for its yes is gone: it was made, left or is too old."""


class PlanChanged(TrellisError):
    """The plan was changed since the difference was shown."""


class HeldBack(TrellisError):
    """Nothing is posted then, by somebody's choice: `reason` is a Reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QuietTime(TrellisError):
    """A post would come within the circle's quiet hours (local times)."""

    def __init__(self, at: time, start: time, end: time) -> None:
        super().__init__(at)
        self.at, self.start, self.end = at, start, end


class NoHolidays(TrellisError):
    """No holidays are known: `region` is None where the circle has none."""

    def __init__(self, region: str | None) -> None:
        super().__init__(region)
        self.region = region


class NoMeeting(TrellisError):
    """The circle has no regular meeting."""


class MeetingIncomplete(TrellisError):
    """A first meeting needs a weekday (or a first date) and a time."""


class BadMinutes(TrellisError):
    """A meeting cannot be that long or short. Minutes."""

    def __init__(self, given: int, least: int, most: int) -> None:
        super().__init__(given)
        self.given, self.least, self.most = given, least, most
