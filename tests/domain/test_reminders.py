"""When a reminder comes: once for a day's post, in every zone, over every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import CircleId, MemberId, OccurrenceId
from bot.domain.occurrences import Occurrence, State
from bot.domain.reminders import (
    AGAIN_AFTER,
    LATEST,
    Reminder,
    Situation,
    Strength,
    begun,
    looked_at,
    needed,
    next_due,
    of_today,
    reaches,
    switched_off,
)
from bot.domain.schedules import DAILY, Kind, due_at, dues_between
from tests.domain.test_due_dates import ZONES
from tests.domain.walks import DAY

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)
HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def wanted(at: time = time(18), zone: ZoneInfo = BERLIN, strength: Strength = Strength.PLAIN) -> Reminder:
    return Reminder(member=MemberId(1), at=at, zone=zone, strength=strength)


def posted(day: date, at: time = time(9), zone: ZoneInfo = BERLIN, id_: int = 1) -> Occurrence:
    due = due_at(day, at, zone)
    return Occurrence(
        id=OccurrenceId(id_),
        circle=CircleId(1),
        schedule=None,
        kind=Kind.CHECK_IN,
        date=day,
        due=due,
        prompt=None,
        state=State.SENT,
        claimed_at=due,
        sent_at=due,
    )


def seen(post: Occurrence | None, *, answered: bool = False, welcome: bool = True) -> Situation:
    return Situation(post=post, zone=BERLIN, answered=answered, welcome=welcome)


@given(at=HOURS, zone=ZONES, start=INSTANTS)
@settings(max_examples=60, deadline=None)
def test_over_every_change_of_the_clocks_it_is_due_once_on_each_local_date(
    at: time, zone: ZoneInfo, start: datetime
) -> None:
    reminder, came = begun(wanted(at, zone), start), []
    for _ in range(6):
        assert reminder.next_at is not None
        came.append(reminder.next_at)
        reminder = looked_at(reminder, reminder.next_at, None)
    assert came == [due.at for due in dues_between(DAILY, at, zone, after=start, until=came[-1])]
    assert all(timedelta(hours=20) < later - earlier for earlier, later in pairwise(came))


@given(
    zone=ZONES,
    start=INSTANTS,
    strength=st.sampled_from(Strength),
    acts=st.lists(st.one_of(HOURS, st.sampled_from(["look", "away", "answer", "look"])), max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_changed_and_however_long_we_are_away_a_day_s_post_is_reminded_of_as_often_as_asked(
    zone: ZoneInfo, start: datetime, strength: Strength, acts: list[time | str]
) -> None:
    """Against an oracle that keeps all that was ever sent, and every answer."""
    reminder, now = begun(wanted(zone=zone, strength=strength), start), start
    sent: list[date] = []
    answered: set[date] = set()
    for act in acts:
        today = now.astimezone(BERLIN).date()
        post = posted(today) if due_at(today, time(9), BERLIN) <= now else posted(today - DAY)
        if isinstance(act, time):
            reminder = begun(
                Reminder(member=reminder.member, at=act, zone=zone, strength=strength, last=reminder.last),
                now,
            )
        elif act == "answer":
            answered.add(post.date)
        else:
            assert reminder.next_at is not None
            now = max(now, reminder.next_at) + (timedelta(hours=9) if act == "away" else timedelta())
            today = now.astimezone(BERLIN).date()
            post = posted(today) if due_at(today, time(9), BERLIN) <= now else posted(today - DAY)
            come = needed(reminder, seen(post, answered=post.date in answered), now)
            assert not (come and (act == "away" or post.date in answered))
            if come:
                sent.append(post.date)
            reminder = looked_at(reminder, now, post.date if come else None)
            assert reminder.next_at is not None
            assert reminder.next_at > now
    most = 2 if strength is Strength.TWICE else 1
    assert all(sent.count(day) <= most for day in sent)


def test_nothing_comes_where_nothing_was_posted_or_all_is_said_or_it_is_not_welcome() -> None:
    now = due_at(MONDAY, time(18), BERLIN)
    reminder = begun(wanted(), now - DAY)
    assert needed(reminder, seen(posted(MONDAY)), now)
    assert not needed(reminder, seen(None), now)
    assert not needed(reminder, seen(posted(MONDAY - DAY)), now), "yesterday's"
    assert not needed(reminder, seen(posted(MONDAY), answered=True), now)
    assert not needed(reminder, seen(posted(MONDAY), welcome=False), now)
    assert not needed(reminder, seen(posted(MONDAY)), now - timedelta(seconds=1))
    assert not needed(reminder, seen(posted(MONDAY)), now + LATEST), "too late"
    assert not needed(switched_off(reminder), seen(posted(MONDAY)), now)


def test_the_second_of_a_day_comes_two_hours_later_and_only_after_a_first() -> None:
    now = due_at(MONDAY, time(18), BERLIN)
    first = begun(wanted(strength=Strength.TWICE), now - DAY)
    second = looked_at(first, now, MONDAY)
    assert second.next_at == now + AGAIN_AFTER
    assert needed(second, seen(posted(MONDAY)), now + AGAIN_AFTER)
    after = looked_at(second, now + AGAIN_AFTER, MONDAY)
    assert (after.next_at, after.again) == (now + DAY, False)
    assert looked_at(first, now, None).next_at == now + DAY, "no first, no second"


def test_a_new_time_on_a_day_that_was_reminded_of_brings_no_other() -> None:
    now = due_at(MONDAY, time(18), BERLIN)
    told = looked_at(begun(wanted(), now - DAY), now, MONDAY)
    later = begun(Reminder(member=told.member, at=time(20), zone=BERLIN, last=told.last), now)
    assert later.next_at == now + timedelta(hours=2)
    assert not needed(later, seen(posted(MONDAY)), later.next_at)


@pytest.mark.parametrize(
    ("zone", "local", "todays"),
    [
        (BERLIN, datetime(2026, 3, 2, 23, 59), True),  # noqa: DTZ001
        (BERLIN, datetime(2026, 3, 3, 8, 0), False),  # noqa: DTZ001
        (NEW_YORK, datetime(2026, 3, 2, 18, 30), True),  # noqa: DTZ001 - past midnight in Berlin
        (NEW_YORK, datetime(2026, 3, 3, 0, 30), False),  # noqa: DTZ001
        (ZoneInfo("Pacific/Auckland"), datetime(2026, 3, 3, 8, 0), True),  # noqa: DTZ001 - still Monday in Berlin
    ],
)
def test_a_post_is_today_s_on_the_circle_s_calendar_or_on_the_member_s_own(
    zone: ZoneInfo, local: datetime, todays: bool
) -> None:
    assert of_today(posted(MONDAY), BERLIN, zone, local.replace(tzinfo=zone)) is todays


def test_a_time_before_every_post_is_known_as_too_early() -> None:
    now = due_at(MONDAY, time(12), BERLIN)
    posts = dues_between(frozenset({1, 3}), time(9), BERLIN, after=now - DAY, until=now + 8 * DAY)
    assert reaches(wanted(time(9)), posts, BERLIN, now)
    assert not reaches(wanted(time(8, 59)), posts, BERLIN, now)
    assert reaches(wanted(time(8, 59), NEW_YORK), posts, BERLIN, now)
    assert not reaches(wanted(), [], BERLIN, now)
    assert next_due(wanted(time(12)), after=now) == now + DAY
