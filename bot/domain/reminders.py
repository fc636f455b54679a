"""A member's own reminder of the day's check-in: at their time, in their zone, as strong as they chose."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.ids import MemberId
from bot.domain.occurrences import Occurrence
from bot.domain.schedules import DAILY, Due, dues

AGAIN_AFTER = timedelta(hours=2)  # from a day's first to its second
LATEST = timedelta(hours=1)  # after its time; later than that it does not come at all
LOOKED_AT = 8  # coming days, to see whether there is ever a post before the reminder


class Strength(StrEnum):
    """How much of a nudge; each comes only to who has not answered."""

    QUIET = "quiet"  # one message, without a sound
    PLAIN = "plain"  # one message
    TWICE = "twice"  # and one more, two hours later


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What the member asked for; `next_at` is the next instant to look whether it is needed."""

    member: MemberId
    at: time = field(repr=False)  # local to zone
    zone: ZoneInfo = field(repr=False)
    strength: Strength = Strength.QUIET
    next_at: datetime | None = None  # None: switched off, since a message could not reach the member
    again: bool = False  # the next one is the day's second
    last: date | None = None  # of the post that was reminded of last, on its circle's calendar
    told: bool = False  # of being switched off

    @property
    def off(self) -> bool:
        """Whether it was switched off, as the member's direct messages were closed."""
        return self.next_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is so at the moment of a look."""

    post: Occurrence | None  # the newest check-in that was posted
    zone: ZoneInfo  # the circle's
    answered: bool  # the post, or its day
    welcome: bool  # a member who said yes, in a circle that does not rest, outside of quiet hours


def next_due(reminder: Reminder, *, after: datetime) -> datetime:
    """The next instant (UTC) of the member's time, strictly after `after`; once on each local date."""
    return next(dues(DAILY, reminder.at, reminder.zone, after=after)).at


def begun(reminder: Reminder, now: datetime) -> Reminder:
    """The reminder switched on. What was reminded of stays known, so a new time brings no second one."""
    return replace(reminder, next_at=next_due(reminder, after=now), again=False, told=False)


def switched_off(reminder: Reminder) -> Reminder:
    """The reminder after a message that could not reach its member."""
    return replace(reminder, next_at=None, again=False, told=False)


def needed(reminder: Reminder, seen: Situation, now: datetime) -> bool:
    """Whether a message is due now: once for a day's post, or twice, never late, and only if unanswered."""
    if reminder.next_at is None or not reminder.next_at <= now < reminder.next_at + LATEST:
        return False
    if seen.post is None or seen.answered or not seen.welcome:
        return False
    first = seen.post.date != reminder.last
    return first != reminder.again and of_today(seen.post, seen.zone, reminder.zone, now)


def of_today(post: Occurrence, circle: ZoneInfo, member: ZoneInfo, now: datetime) -> bool:
    """Whether a post is today's, on the circle's calendar or on the member's own."""
    posted = post.sent_at or post.due
    return post.date == now.astimezone(circle).date() or _same_day(posted, now, member)


def looked_at(reminder: Reminder, now: datetime, reminded_of: date | None) -> Reminder:
    """The reminder after a look; `reminded_of` is the day of the post where a message was written."""
    last = reminded_of or reminder.last
    twice = reminder.strength is Strength.TWICE and reminder.next_at is not None
    if reminded_of is not None and twice and not reminder.again:
        second = (reminder.next_at or now) + AGAIN_AFTER
        return replace(reminder, next_at=second, again=True, last=last)
    return replace(reminder, next_at=next_due(reminder, after=now), again=False, last=last)


def reaches(reminder: Reminder, posts: Iterable[Due], circle: ZoneInfo, now: datetime) -> bool:
    """Whether on any of the coming days there is a post of that day before the reminder."""
    looks = [due.at for due in islice(dues(DAILY, reminder.at, reminder.zone, after=now), LOOKED_AT)]
    return any(
        post.at <= look
        and (post.date == look.astimezone(circle).date() or _same_day(post.at, look, reminder.zone))
        for post in posts
        for look in looks
    )


def _same_day(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    return one.astimezone(zone).date() == other.astimezone(zone).date()
