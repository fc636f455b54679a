"""When a schedule is due, in zones that change their clocks in every known way."""

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.schedules import DAILY, Due, due_at, dues_between, exists, next_due, next_dues
from tests.domain.walks import DAY, changes, walked_dues

pytestmark = pytest.mark.long

BOTH_CHANGES = [  # zone and a year in which its clocks go forward and back
    ("Europe/Berlin", 2026),
    ("Europe/London", 2026),
    ("Europe/Dublin", 2026),  # winter time is the negative one
    ("Europe/Chisinau", 2021),
    ("America/New_York", 2026),
    ("America/Havana", 2026),  # at midnight
    ("America/Asuncion", 2023),  # at midnight
    ("America/Sao_Paulo", 2017),  # at midnight
    ("America/Santiago", 2025),  # at midnight, local time 24:00
    ("America/St_Johns", 2009),  # at 00:01
    ("America/Nuuk", 2025),  # before midnight
    ("America/Mexico_City", 2021),
    ("Atlantic/Azores", 2026),
    ("Africa/Casablanca", 2026),  # back for Ramadan
    ("Africa/Cairo", 2024),
    ("Antarctica/Troll", 2025),  # by two hours
    ("Asia/Beirut", 2026),  # at midnight
    ("Asia/Tehran", 2021),  # at midnight
    ("Asia/Amman", 2021),  # at midnight
    ("Asia/Jerusalem", 2025),
    ("Asia/Gaza", 2019),
    ("Australia/Lord_Howe", 2026),  # by half an hour
    ("Australia/Adelaide", 2025),
    ("Pacific/Auckland", 2025),
    ("Pacific/Chatham", 2025),  # at 02:45
    ("Pacific/Easter", 2025),
    ("Pacific/Norfolk", 2024),
]
ODD_CHANGES = [
    ("Pacific/Apia", 2011),  # 30 December left out
    ("Pacific/Fakaofo", 2011),  # 30 December left out
    ("Pacific/Kwajalein", 1993),  # 21 August left out
    ("Asia/Kathmandu", 1985),  # once, by a quarter of an hour
    ("Asia/Pyongyang", 2018),  # half an hour before midnight
    ("America/Caracas", 2016),
    ("America/Nuuk", 2024),  # over midnight: 23:00 to 00:00
    ("Europe/Istanbul", 2016),
]
TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)] + [
    time(0, 1),
    time(2, 17),
    time(2, 59),
    time(23, 59),
]
YEARS = st.integers(1985, 2036)
ZONES = st.sampled_from(sorted({ZoneInfo(name) for name, _ in BOTH_CHANGES + ODD_CHANGES}, key=str))


def test_more_than_twenty_zones_go_forward_and_back_in_the_year_tried() -> None:
    both = [
        name
        for name, year in BOTH_CHANGES
        if {by > timedelta() for _, by in changes(ZoneInfo(name), year)} == {True, False}
    ]
    assert both == [name for name, _ in BOTH_CHANGES]
    assert len(set(both)) > 25


@pytest.mark.parametrize(("name", "year"), BOTH_CHANGES + ODD_CHANGES)
def test_around_every_change_each_local_date_is_due_exactly_once(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    assert changes(zone, year)
    for change, _ in changes(zone, year):
        start, end = change - 4 * DAY, change + 4 * DAY
        quarters = (change + timedelta(minutes=15 * step) for step in range(-2 * 96, 2 * 96))
        shown = {quarter.astimezone(zone).date() for quarter in quarters}
        for at in TIMES:
            dues = dues_between(DAILY, at, zone, after=start, until=end)
            dates = [due.date for due in dues]
            assert len(set(dates)) == len(dates)
            assert all(one.at < other.at for one, other in pairwise(dues))
            assert {day for day in dates if min(shown) <= day <= max(shown)} == shown


@pytest.mark.parametrize(("name", "year"), BOTH_CHANGES + ODD_CHANGES)
def test_around_every_change_the_dues_are_those_that_a_wall_clock_shows(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    for change, _ in changes(zone, year):
        start, end = change - DAY, change + DAY
        moved = change.astimezone(zone)
        near = [(moved + timedelta(minutes=step)).time().replace(tzinfo=None) for step in (-30, 0, 31)]
        for at in [*near, time(0)]:
            walked = list(walked_dues(DAILY, at, zone, after=start, until=end))
            assert dues_between(DAILY, at, zone, after=start, until=end) == walked


@st.composite
def moments(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """A zone and an instant, often close to a change of its clocks."""
    zone, year = draw(ZONES), draw(YEARS)
    near = changes(zone, year)
    base = (
        draw(st.sampled_from(near))[0] if near and draw(st.booleans()) else datetime(year, 1, 1, tzinfo=UTC)
    )
    spread = 4 * 86_400 if near else 300 * 86_400
    return zone, base + timedelta(seconds=draw(st.integers(-spread, spread)))


@given(
    moment=moments(),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    days=st.frozensets(st.integers(1, 7), min_size=1),
    skipped=st.sets(st.integers(-1, 9), max_size=3),
)
@settings(max_examples=80, deadline=None)
def test_the_next_dues_are_those_that_a_wall_clock_shows(
    moment: tuple[ZoneInfo, datetime], at: time, days: frozenset[int], skipped: set[int]
) -> None:
    zone, after = moment
    today = after.astimezone(zone).date()
    skips = {today + number * DAY for number in skipped}
    walked = list(islice(walked_dues(days, at, zone, after=after, until=after + 12 * DAY, skips=skips), 2))
    assert next_dues(days, at, zone, after=after, count=len(walked), skips=skips) == walked
    if walked:
        assert next_due(days, at, zone, after=after, skips=skips) == walked[0]


@given(moment=moments(), at=st.times(), days=st.frozensets(st.integers(1, 7), min_size=1))
@settings(max_examples=200, deadline=None)
def test_each_due_leads_to_the_next_and_never_to_itself(
    moment: tuple[ZoneInfo, datetime], at: time, days: frozenset[int]
) -> None:
    zone, after = moment
    together = next_dues(days, at, zone, after=after, count=9)
    one_by_one = [next_due(days, at, zone, after=after)]
    while len(one_by_one) < 9:
        one_by_one.append(next_due(days, at, zone, after=one_by_one[-1].at))
    assert one_by_one == together
    assert all(a.date < b.date and a.at < b.at for a, b in pairwise(together))
    assert all(due.at.tzinfo is UTC and due.date.isoweekday() in days for due in together)


def test_in_a_gap_the_first_instant_after_it_is_due() -> None:
    due = due_at(date(2026, 3, 29), time(2, 30), ZoneInfo("Europe/Berlin"))
    assert due == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_in_a_fold_the_first_of_the_two_instants_is_due() -> None:
    due = due_at(date(2026, 10, 25), time(2, 30), ZoneInfo("Europe/Berlin"))
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_time_in_a_gap_over_midnight_keeps_its_date_and_is_due_as_the_next_day_begins() -> None:
    nuuk = ZoneInfo("America/Nuuk")
    due = next_due(DAILY, time(23, 30), nuuk, after=datetime(2024, 3, 30, 12, tzinfo=UTC))
    assert due == Due(date(2024, 3, 30), datetime(2024, 3, 31, 1, tzinfo=UTC))
    assert due.at.astimezone(nuuk).date() == date(2024, 3, 31)


@pytest.mark.parametrize("at", [time(0), time(9), time(23, 59)])
def test_a_date_that_the_calendar_left_out_is_not_due(at: time) -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert not exists(date(2011, 12, 30), apia)
    dues = next_dues(DAILY, at, apia, after=due_at(date(2011, 12, 28), at, apia), count=3)
    assert [due.date.day for due in dues] == [29, 31, 1]


def test_a_year_of_skips_and_ten_thousand_questions_cost_little() -> None:
    zone, after = ZoneInfo("Europe/Berlin"), datetime(2026, 1, 1, tzinfo=UTC)
    skips = frozenset(date(2026, 1, 1) + number * DAY for number in range(365))
    assert next_due(DAILY, time(9), zone, after=after, skips=skips).date == date(2027, 1, 1)
    start = stopwatch.perf_counter()
    for hour in range(10_000):
        next_due(frozenset({1}), time(9), zone, after=after + timedelta(hours=hour))
    assert stopwatch.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("days", "after"),
    [((), datetime(2026, 1, 1, tzinfo=UTC)), (DAILY, datetime(2026, 1, 1))],  # noqa: DTZ001
)
def test_no_weekday_or_a_naive_instant_is_refused_rather_than_searched_for_ever(
    days: frozenset[int], after: datetime
) -> None:
    with pytest.raises(ValueError, match="weekday"):
        next_due(days, time(9), ZoneInfo("UTC"), after=after)
