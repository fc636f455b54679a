"""A circle that closes: it rests for good from then on, and its date stands until it is taken back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Platform
from bot.domain.circles import (
    Circle,
    Home,
    Settings,
    check_open,
    closing,
    kept_open,
    paused,
    paused_at,
    resumed,
)
from bot.domain.closing_errors import CircleClosing
from bot.domain.closings import GRACE
from bot.domain.ids import CircleId, ScheduleId
from bot.domain.occurrences import Reason, State, verdict
from bot.domain.schedules import DAILY, Due, Kind, Schedule

NOW = datetime(2026, 3, 26, 9, 30, tzinfo=UTC)  # three days before summer time
MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)


def circle() -> Circle:
    home = Home(platform=Platform.DISCORD, server="9", channel="10", facilitators="100", role="77")
    settings = Settings(zone=ZoneInfo("Europe/Berlin"))
    return Circle(id=CircleId(1), home=home, name="North", settings=settings, made_at=NOW - DAY)


def schedule() -> Schedule:
    return Schedule(
        id=ScheduleId(1),
        circle=CircleId(1),
        kind=Kind.CHECK_IN,
        time=time(9),
        days=DAILY,
        added_at=NOW - DAY,
        next=None,
    )


def test_it_ends_seven_days_to_the_instant_after_it_was_said() -> None:
    found = closing(circle(), NOW).closing
    assert found is not None
    assert found.closes_at - NOW == GRACE == timedelta(days=7)
    assert not found.over(found.closes_at - MOMENT)
    assert found.over(found.closes_at)


def test_one_that_closes_already_keeps_its_first_date() -> None:
    once = closing(circle(), NOW)
    assert closing(once, NOW + DAY) == once


@pytest.mark.parametrize("after", [timedelta(0), DAY, GRACE, timedelta(days=400)])
def test_it_rests_from_then_on_and_for_good(after: timedelta) -> None:
    assert paused_at(closing(circle(), NOW), NOW + after)
    assert not paused_at(closing(circle(), NOW), NOW - MOMENT)


def test_kept_it_is_as_it_was_before() -> None:
    for before in (circle(), paused(circle(), since=NOW - DAY), paused(circle(), since=NOW, until=NOW + DAY)):
        assert kept_open(closing(before, NOW)) == before


def test_the_end_of_a_pause_ends_no_closing() -> None:
    both = closing(paused(circle(), since=NOW - DAY, until=NOW + DAY), NOW)
    assert paused_at(both, NOW + 2 * DAY)
    assert paused_at(resumed(both), NOW)


def test_nothing_new_is_begun_in_it() -> None:
    check_open(circle())
    check_open(paused(circle(), since=NOW))
    with pytest.raises(CircleClosing) as refused:
        check_open(closing(circle(), NOW))
    assert refused.value.closes_at == NOW + GRACE


def test_a_post_that_is_due_meanwhile_is_held_back_and_one_that_was_overdue_before_is_missed() -> None:
    ending = closing(circle(), NOW)
    meanwhile = Due(date(2026, 3, 27), NOW + DAY)
    found = verdict(ending, schedule(), meanwhile, meanwhile.at)
    assert (found.state, found.reason) == (State.HELD, Reason.PAUSED)
    overdue = Due(date(2026, 3, 26), NOW - timedelta(hours=3))
    assert verdict(ending, schedule(), overdue, NOW).state is State.MISSED
