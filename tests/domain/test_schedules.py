"""Times, days and dates as facilitators type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadDate, BadDays, BadTime
from bot.domain.schedules import MAX_LATENESS, Due, is_late, parse_date, parse_days, parse_time, spoken_days


@pytest.mark.parametrize(
    ("text", "meant"),
    [("9:05", time(9, 5)), ("09:05", time(9, 5)), (" 23:59 ", time(23, 59)), ("0:00", time(0))],
)
def test_a_time_is_read_with_one_or_two_digits_for_the_hour(text: str, meant: time) -> None:
    assert parse_time(text) == meant


@pytest.mark.parametrize(
    "text",
    ["25:61", "24:00", "9:5", "9.05", "9", "", "9:05 pm", "-1:00", "009:05", "9:05:00", "٩:٠٥", "9:60"],
)
def test_what_is_no_time_is_given_back(text: str) -> None:
    with pytest.raises(BadTime) as refused:
        parse_time(text)
    assert refused.value.given == text


@given(st.times())
def test_every_minute_of_the_day_is_read_as_it_is_written(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("daily", {1, 2, 3, 4, 5, 6, 7}),
        ("Weekdays", {1, 2, 3, 4, 5}),
        ("mon,wed,fri", {1, 3, 5}),
        ("Fri, Monday; sun", {1, 5, 7}),
        ("sat sat", {6}),
    ],
)
def test_days_are_read_by_name(text: str, meant: set[int]) -> None:
    assert parse_days(text) == meant


@pytest.mark.parametrize("text", ["", ",", "mo", "mon,someday", "daily,mon", "1,2"])
def test_what_is_no_day_is_given_back(text: str) -> None:
    with pytest.raises(BadDays) as refused:
        parse_days(text)
    assert refused.value.given == text


@given(st.frozensets(st.integers(1, 7), min_size=1))
def test_spoken_days_are_read_back_as_the_same(days: frozenset[int]) -> None:
    assert parse_days(spoken_days(days)) == days


def test_days_are_spoken_in_the_order_of_the_week() -> None:
    assert spoken_days({3, 1}) == "mon, wed"
    assert spoken_days(range(1, 6)) == "weekdays"
    assert spoken_days(range(1, 8)) == "daily"


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_every_date_is_read_as_it_is_written(day: date) -> None:
    assert parse_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-13-01", "20260301", "1.3.2026", "", "9999-12-31", "1999-12-31"]
)
def test_what_is_no_date_is_given_back(text: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_date(text)
    assert refused.value.given == text


def test_a_post_is_late_only_after_more_than_two_hours() -> None:
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    due = Due(date(2026, 3, 1), at)
    assert not is_late(due, at + MAX_LATENESS)
    assert is_late(due, at + MAX_LATENESS + timedelta(microseconds=1))
    assert timedelta(hours=2) == MAX_LATENESS
