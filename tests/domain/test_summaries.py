"""Bands of a week: none under five people, none that tells nobody or everybody, no day counted twice."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.check_ins import Answer, Energy, Reactivity, Weather
from bot.domain.summaries import FLOOR, SETTLED, WEEK, Band, as_data, figures, from_data, settled_weeks

MONDAY = date(2026, 11, 2)
ANSWERS = st.builds(
    Answer,
    weather=st.lists(st.sampled_from(Weather), unique=True, max_size=3).map(tuple),
    energy=st.none() | st.sampled_from(Energy),
    reactivity=st.none() | st.sampled_from(Reactivity),
)
CIRCLES = st.dictionaries(st.integers(1, 30), st.lists(ANSWERS, min_size=1, max_size=3), max_size=14)


def said(given_: list[Answer]) -> bool:
    return any(one.weather or one.energy or one.reactivity for one in given_)


@given(CIRCLES)
def test_under_five_people_nothing_is_shown_and_from_five_up_only_bands(
    answers: dict[int, list[Answer]],
) -> None:
    people = sum(map(said, answers.values()))
    week = figures(MONDAY, answers)
    if people < FLOOR:
        assert as_data(week) == {}
        return
    assert week.people == people - people % 5
    for kind in Weather:
        count = sum(any(kind in one.weather for one in given_) for given_ in answers.values())
        fits = {Band.FEW: count <= 2, Band.MOST: count >= max(people - 2, 3)}
        assert fits.get(week.weather[kind], 2 < count < people - 2)
    assert from_data(MONDAY, as_data(week)) == week


def test_nobody_and_everybody_look_the_same_as_two_people_more_or_less() -> None:
    for people in range(FLOOR, 40):
        seen: dict[Band, set[int]] = {}
        for count in range(people + 1):
            answers = {
                who: [Answer(weather=(Weather.RAIN if who < count else Weather.CLEAR,))]
                for who in range(people)
            }
            seen.setdefault(figures(MONDAY, answers).weather[Weather.RAIN], set()).add(count)
        assert {0, 1, 2} <= seen[Band.FEW]
        assert {people - 2, people - 1, people} <= seen[Band.MOST]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 7)), min_size=1, max_size=20),
    st.integers(0, 6),
)
def test_no_day_is_counted_in_two_weeks_whatever_day_the_week_begins_on(
    looks: list[tuple[int, int]], offset: int
) -> None:
    made, today, newest = MONDAY + timedelta(days=offset), MONDAY, None
    weeks: list[date] = []
    for days, week_starts in looks:
        today += timedelta(days=days)
        for first in settled_weeks(newest, made, today, week_starts):
            assert first + WEEK + SETTLED <= today
            weeks.append(first)
            newest = first
    assert all(later - earlier >= WEEK for earlier, later in itertools.pairwise(weeks))
    assert all(first >= made for first in weeks)
