"""Regular meetings: at their local time whatever the clocks do, in their rhythm, without those left out."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar_files import calendar_file
from bot.domain.circles import QuietHours
from bot.domain.errors import BadDate, TooLong
from bot.domain.ids import CircleId
from bot.domain.meetings import (
    REMIND_BEFORE,
    Meeting,
    checked_minutes,
    checked_where,
    first_on,
    meetings_between,
    next_meeting,
    next_meetings,
    remind_at,
    skipped,
)
from bot.domain.plan_errors import BadMinutes
from bot.domain.schedules import dues_between
from tests.domain.test_due_dates import BOTH_CHANGES, ODD_CHANGES

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = date(2026, 3, 5)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ZONES = st.sampled_from(sorted({name for name, _ in BOTH_CHANGES + ODD_CHANGES})).map(ZoneInfo)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
DATES = st.dates(date(1990, 1, 1), date(2036, 1, 1))


def meeting(**changes: Any) -> Meeting:
    given = {"circle": CircleId(1), "day": 4, "time": time(19), "first": THURSDAY, "changed_at": NOW}
    given |= {"uid": "a-series"} | changes
    if "first" in changes:
        given["day"] = given["first"].isoweekday()
    return Meeting(**given)


@settings(max_examples=150, deadline=None)
@given(zone=ZONES, at=TIMES, first=DATES, every=st.sampled_from([1, 2]), weeks=st.integers(-30, 120))
def test_every_meeting_is_at_its_local_time_in_its_rhythm(
    zone: ZoneInfo, at: time, first: date, every: int, weeks: int
) -> None:
    begin = datetime.combine(first, time(), UTC) + timedelta(weeks=weeks)
    found = next_meetings(meeting(first=first, time=at, every=every), zone, after=begin, count=30)
    for one, other in pairwise(found):
        assert one.at < other.at
        assert (other.date - one.date).days % (7 * every) == 0
        assert (other.date - one.date).days <= 14 * every, "no more than a date that the calendar leaves out"
    for due in found:
        assert due.at > begin
        assert due.date >= first
        assert (due.date - first).days % (7 * every) == 0
        local = due.at.astimezone(zone).replace(tzinfo=None)
        shown = datetime.combine(due.date, at)
        assert local == shown or not exists_on_clocks(shown, zone), (zone.key, due)


def exists_on_clocks(local: datetime, zone: ZoneInfo) -> bool:
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


@settings(max_examples=100, deadline=None)
@given(zone=ZONES, at=TIMES, first=DATES, skips=st.sets(st.integers(0, 60)))
def test_a_weekly_meeting_is_due_just_when_a_weekly_post_would_be(
    zone: ZoneInfo, at: time, first: date, skips: set[int]
) -> None:
    after = datetime.combine(first, time(), UTC) - timedelta(days=2)
    until = after + timedelta(days=400)
    left_out = frozenset(first + timedelta(weeks=week) for week in skips)
    found = meetings_between(meeting(first=first, time=at, skips=left_out), zone, after=after, until=until)
    days = {first.isoweekday()}
    expected = [
        due
        for due in dues_between(days, at, zone, after=after, until=until, skips=left_out)
        if due.date >= first
    ]
    assert found == expected


def test_a_meeting_left_out_leaves_the_others_where_they_are() -> None:
    fortnightly = meeting(every=2)
    one, two, three = next_meetings(fortnightly, BERLIN, after=NOW, count=3)
    without = skipped(fortnightly, one.date, NOW)
    assert next_meetings(without, BERLIN, after=NOW, count=2) == [two, three]
    assert without.revision == fortnightly.revision + 1


def test_a_series_that_began_decades_ago_goes_on_at_once() -> None:
    old = meeting(first=date(2000, 1, 6), every=2)
    assert next_meeting(old, BERLIN, after=NOW).date == date(2026, 3, 12)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_meeting(meeting(), BERLIN, after=datetime(2026, 3, 2))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "since", "found"),
    [
        (time(9), None, date(2026, 3, 9)),  # today at nine has begun: Monday in a week
        (time(9, 30), None, date(2026, 3, 2)),
        (time(9), date(2026, 3, 3), date(2026, 3, 9)),
        (time(9), date(2026, 2, 1), date(2026, 2, 2)),  # a series that is under way already
    ],
)
def test_the_first_meeting_is_the_next_such_day_or_the_one_from_the_named_date_on(
    at: time, since: date | None, found: date
) -> None:
    assert first_on(1, at, BERLIN, after=NOW, since=since) == found


def test_a_first_date_more_than_a_year_ahead_is_a_slip_of_the_finger() -> None:
    with pytest.raises(BadDate):
        first_on(1, time(9), BERLIN, after=NOW, since=date(2062, 3, 2))


@pytest.mark.parametrize(
    ("quiet", "before"),
    [
        (None, REMIND_BEFORE),
        (QuietHours(time(21), time(7)), REMIND_BEFORE),
        (QuietHours(time(17), time(18, 30)), timedelta(minutes=30)),
        (QuietHours(time(17), time(19)), None),
        (QuietHours(time(17), time(7)), None),
    ],
)
def test_a_reminder_waits_for_the_end_of_quiet_hours_or_does_not_come(
    quiet: QuietHours | None, before: timedelta | None
) -> None:
    start = next_meeting(meeting(), BERLIN, after=NOW).at
    assert remind_at(start, BERLIN, quiet) == (None if before is None else start - before)


def test_quiet_hours_over_midnight_hold_back_a_morning_s_reminder() -> None:
    start = next_meeting(meeting(time=time(7, 30)), BERLIN, after=NOW).at
    assert remind_at(start, BERLIN, QuietHours(time(21), time(7))) == start - timedelta(minutes=30)


@pytest.mark.parametrize("minutes", [14, 481, 0, -90])
def test_a_length_that_is_none_is_refused(minutes: int) -> None:
    with pytest.raises(BadMinutes):
        checked_minutes(minutes)


def test_a_place_is_one_short_line() -> None:
    assert checked_where("  the mill \n by the river ") == "the mill by the river"
    assert checked_where("  ") is None
    with pytest.raises(TooLong):
        checked_where("x" * 101)


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("every", [1, 2])
def test_a_calendar_reads_the_very_meetings_that_are_held(name: str, every: int) -> None:
    zone = ZoneInfo(name)
    left_out = THURSDAY + timedelta(weeks=4 * every)
    held = meeting(
        every=every, skips=frozenset({left_out, date(2026, 3, 6)}), revision=7, where="The mill; 2"
    )
    parsed = icalendar.Calendar.from_ical(calendar_file(held, "Larch", zone))
    [event] = parsed.walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["UID"]), event["SEQUENCE"]) == ("Larch", "a-series", 7)
    assert str(event["LOCATION"]) == "The mill; 2"
    assert event["DURATION"].dt == timedelta(minutes=90)
    rule = event["RRULE"]
    assert (rule["FREQ"], rule["INTERVAL"], rule["BYDAY"]) == (["WEEKLY"], [every], ["TH"])
    exdate = event["EXDATE"].dts
    assert [each.dt.date() for each in exdate] == [left_out]
    start = event["DTSTART"].dt
    read = [
        (start.replace(tzinfo=None) + timedelta(weeks=every * week)).replace(tzinfo=zone)
        for week in range(40)
    ]
    expected = [due.at for due in next_meetings(held, zone, after=NOW, count=39)]
    assert [each.astimezone(UTC) for each in read if each.date() != left_out] == expected
    assert len(parsed.walk("VTIMEZONE")) == (0 if name == "UTC" else 1)


def test_a_calendar_says_no_word_of_what_the_circle_is_for() -> None:
    said = calendar_file(meeting(where="The mill"), "Larch", BERLIN).decode().lower()
    for word in ("therapy", "betrayal", "support", "peer", "crisis"):
        assert word not in said
