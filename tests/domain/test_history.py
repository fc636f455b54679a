"""A member's days: none left out, each as it was last said."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.check_ins import Answer, CheckIn, Energy, Reactivity, Weather
from bot.domain.history import DAY, MOST_WEEKS, Span, first_day, folded
from bot.domain.ids import MemberId

TODAY = date(2026, 11, 23)
LONG_AGO = TODAY - 400 * DAY
ANSWERS = st.builds(
    Answer,
    weather=st.lists(st.sampled_from(Weather), unique=True, max_size=3).map(tuple),
    energy=st.none() | st.sampled_from(Energy),
    reactivity=st.none() | st.sampled_from(Reactivity),
)
ENTRIES = st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 86399), ANSWERS), max_size=30)


def check_in(days_ago: int, second: int, answer: Answer) -> CheckIn:
    day = TODAY - days_ago * DAY
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)
    return CheckIn(member=MemberId(1), occurrence=None, date=day, answer=answer, answered_at=at)


@given(ENTRIES, st.integers(-3, 40), st.integers(0, 400))
def test_every_day_stands_once_and_holds_only_what_was_said_on_it(
    entries: list[tuple[int, int, Answer]], weeks: int, age: int
) -> None:
    check_ins = [check_in(*entry) for entry in entries]
    first = first_day(TODAY, weeks, TODAY - age * DAY)
    history = folded(check_ins, [], first, TODAY)
    assert [day.date for day in history.days] == [first + n * DAY for n in range(len(history.days))]
    assert len(history.days) == min(min(max(weeks, 1), MOST_WEEKS) * 7, age + 1)
    for day in history.days:
        said = [one.answer for one in check_ins if one.date == day.date]
        assert set(day.weather) == {kind for answer in said for kind in answer.weather}
        assert day.energy in {answer.energy for answer in said} | {None}
        assert (day.energy is None) == all(answer.energy is None for answer in said)
        assert (day.reactivity is None) == all(answer.reactivity is None for answer in said)
        assert day.rest == (not any(a.weather or a.energy or a.reactivity for a in said))


def test_of_several_answers_on_a_day_the_latest_level_counts() -> None:
    early, late = Answer(energy=Energy.LOW, weather=(Weather.RAIN,)), Answer(energy=Energy.GOOD)
    history = folded(
        [check_in(0, 900, late), check_in(0, 100, early)], [], first_day(TODAY, 1, LONG_AGO), TODAY
    )
    assert (history.days[-1].energy, history.days[-1].weather) == (Energy.GOOD, (Weather.RAIN,))


def test_themes_outside_of_the_span_are_left_out() -> None:
    before = Span("Before", TODAY - 30 * DAY, TODAY - 24 * DAY)
    now = Span("Now", TODAY - 3 * DAY, TODAY + 3 * DAY)
    history = folded([], [before, now], first_day(TODAY, 2, LONG_AGO), TODAY)
    assert history.themes == (now,)
    assert history.theme_of(TODAY) == "Now"
    assert history.theme_of(TODAY - 9 * DAY) is None
