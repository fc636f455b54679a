"""A plan's weeks: however they are laid, swapped, skipped and moved, none overlap and no theme is lost."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain import plan_errors
from bot.domain.ids import ThemeId
from bot.domain.plans import (
    MOST_WEEKS,
    WEEK,
    Plan,
    Skip,
    Week,
    changes,
    cleared,
    first_start,
    laid,
    merged,
    repeated,
    restored,
    rethemed,
    skipped,
    swapped,
)
from bot.domain.prompts import ThemeRef

TODAY = date(2026, 12, 2)  # a Wednesday
REFS = [ThemeRef(ThemeId(f"theme-{number:02}")) for number in range(1, 13)]
SETTLING = frozenset(ref.id for ref in REFS[:4])
MONDAYS = st.integers(0, 30).map(lambda number: date(2026, 10, 5) + number * WEEK)
TWELVE = laid(Plan(), REFS, TODAY, 1, TODAY)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Weeks with gaps, some of them over, some skipped; on any weekdays."""
    starts, day = [], TODAY - 5 * WEEK + timedelta(days=draw(st.integers(0, 6)))
    for _ in range(draw(st.integers(2, 14))):
        starts.append(day)
        day += WEEK + timedelta(days=draw(st.sampled_from([0, 0, 0, 0, 1, 7, 9])))
    return Plan(tuple(Week(start, draw(st.sampled_from(REFS)), draw(st.booleans())) for start in starts))


def themes(plan: Plan) -> Counter[ThemeRef]:
    return Counter(week.theme for week in plan.weeks)


def history(plan: Plan) -> list[Week]:
    return [week for week in plan.weeks if week.begun(TODAY)]


def test_twelve_themes_are_twelve_weeks_from_the_first_such_weekday_on() -> None:
    assert [week.start for week in TWELVE.weeks] == [date(2026, 12, 7) + n * WEEK for n in range(12)]
    assert [week.theme for week in TWELVE.weeks] == REFS
    assert TWELVE.last == date(2027, 2, 28)
    assert (TWELVE.number_of(date(2026, 12, 6)), TWELVE.number_of(date(2026, 12, 14))) == (0, 2)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 7))
def test_a_week_starts_on_the_circles_weekday_on_the_named_date_or_within_six_days(
    day: date, weekday: int
) -> None:
    start = first_start(day, weekday)
    assert start.isoweekday() == weekday
    assert 0 <= (start - day).days < 7


def test_a_plan_in_the_past_or_over_another_is_refused_and_says_where() -> None:
    with pytest.raises(plan_errors.PlanInPast):
        laid(Plan(), REFS, TODAY - timedelta(days=1), 1, TODAY)
    with pytest.raises(plan_errors.PlanOverlaps) as refused:
        laid(TWELVE, REFS, date(2027, 2, 20), 1, TODAY)
    assert (refused.value.start, refused.value.other) == (date(2027, 2, 22), date(2027, 2, 22))
    assert len(laid(TWELVE, REFS, date(2027, 3, 1), 1, TODAY).weeks) == 24
    with pytest.raises(plan_errors.PlanTooLong):
        laid(Plan(), REFS * 9, TODAY, 1, TODAY)
    assert len(laid(Plan(), (REFS * 9)[:MOST_WEEKS], TODAY, 1, TODAY).weeks) == MOST_WEEKS


@given(plans(), MONDAYS)
def test_a_week_is_merged_exactly_where_none_of_its_days_is_taken(plan: Plan, start: date) -> None:
    days = [start + timedelta(days=number) for number in range(7)]
    free = all(plan.at(day) is None for day in days)
    try:
        after = merged(plan, [Week(start, REFS[0])])
    except plan_errors.PlanOverlaps:
        assert not free
    else:
        assert free
        assert after.at(start) == Week(start, REFS[0])


@given(plans(), st.data())
def test_a_swap_exchanges_two_coming_themes_and_swapped_back_it_is_as_before(
    plan: Plan, data: st.DataObject
) -> None:
    coming = plan.after(TODAY)
    assume(len(coming) > 1)
    one, other = data.draw(st.permutations(coming))[:2]
    after = swapped(plan, one.start, other.start, TODAY)
    assert (after.starting(one.start).theme, after.starting(other.start).theme) == (other.theme, one.theme)
    assert len(changes(plan, after)) in (0, 2)
    assert swapped(after, one.start, other.start, TODAY) == plan


def test_the_settling_weeks_the_running_week_and_a_week_itself_are_not_swapped() -> None:
    starts = [week.start for week in TWELVE.weeks]
    with pytest.raises(plan_errors.SettlingWeek):
        swapped(TWELVE, starts[3], starts[6], TODAY, SETTLING)
    with pytest.raises(plan_errors.SameWeek):
        swapped(TWELVE, starts[6], starts[6], TODAY, SETTLING)
    with pytest.raises(plan_errors.WeekBegun):
        swapped(TWELVE, starts[5], starts[6], starts[5] + timedelta(days=3), SETTLING)
    with pytest.raises(plan_errors.NoSuchWeek):
        swapped(TWELVE, starts[5], starts[6] + timedelta(days=1), TODAY, SETTLING)
    assert swapped(TWELVE, starts[4], starts[11], TODAY, SETTLING).starting(starts[4]).theme == REFS[11]


@given(plans(), st.sampled_from(Skip), st.data())
def test_a_skip_loses_no_other_theme_and_touches_nothing_that_has_begun(
    plan: Plan, how: Skip, data: st.DataObject
) -> None:
    coming = plan.after(TODAY)
    assume(coming)
    week = data.draw(st.sampled_from(coming))
    after = skipped(plan, week.start, how, TODAY)
    assert history(after) == history(plan)
    lost = themes(plan) - themes(after)
    assert lost == (Counter({week.theme: 1}) if how is Skip.MOVE_UP else Counter())
    if how is Skip.STAY:
        assert after.starting(week.start).skipped
        assert [one.start for one in after.weeks] == [one.start for one in plan.weeks]
    if how is Skip.MOVE_BACK:
        assert after.at(week.start) is None
        assert after.starting(week.start + WEEK).theme == week.theme


@given(plans(), st.data())
def test_a_week_that_is_skipped_and_brought_back_is_as_before(plan: Plan, data: st.DataObject) -> None:
    coming = [week for week in plan.after(TODAY) if not week.skipped]
    assume(coming)
    start = data.draw(st.sampled_from(coming)).start
    assert restored(skipped(plan, start, Skip.STAY, TODAY), start, TODAY) == plan


@given(plans(), st.data())
def test_a_repeated_theme_follows_itself_and_every_later_week_comes_a_week_later(
    plan: Plan, data: st.DataObject
) -> None:
    open_ = [week for week in plan.weeks if week.last >= TODAY]
    assume(open_)
    week = data.draw(st.sampled_from(open_))
    after = repeated(plan, week.start, TODAY)
    assert after.starting(week.start + WEEK) == Week(week.start + WEEK, week.theme)
    later = [one for one in plan.weeks if one.start > week.start]
    moved = [one for one in after.weeks if one.start > week.start + WEEK]
    assert [(one.start, one.theme) for one in moved] == [(one.start + WEEK, one.theme) for one in later]


def test_a_week_that_is_over_is_history() -> None:
    later = TWELVE.weeks[1].start
    for change in (
        lambda: skipped(TWELVE, TWELVE.weeks[0].start, Skip.STAY, later),
        lambda: restored(TWELVE, TWELVE.weeks[0].start, later),
        lambda: repeated(TWELVE, TWELVE.weeks[0].start, later),
        lambda: rethemed(TWELVE, TWELVE.weeks[0].start, REFS[5], later),
        lambda: skipped(TWELVE, TWELVE.weeks[1].start, Skip.MOVE_UP, later),
    ):
        with pytest.raises(plan_errors.WeekBegun):
            change()
    assert skipped(TWELVE, TWELVE.weeks[1].start, Skip.STAY, later).starting(later).skipped


@given(plans())
def test_clearing_leaves_what_has_begun_and_takes_the_rest(plan: Plan) -> None:
    assert list(cleared(plan, TODAY).weeks) == history(plan)


@given(plans())
def test_skipped_weeks_are_not_counted_and_every_held_one_has_the_next_number(plan: Plan) -> None:
    numbers = [plan.number_of(week.last) for week in plan.weeks if not week.skipped]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(plan.number_of(week.start) == 0 for week in plan.weeks if week.skipped)


def test_weeks_that_overlap_make_no_plan() -> None:
    with pytest.raises(ValueError, match="overlap"):
        Plan((Week(TODAY, REFS[0]), Week(TODAY + timedelta(days=6), REFS[1])))
