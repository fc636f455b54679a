"""An attacker with every report in hand, before and after what one person does, learns nothing of them."""

import itertools
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.accounts import Actor
from bot.domain.check_ins import Answer, Weather
from bot.domain.circles import Circle
from bot.domain.summaries import FLOOR, WEEK
from bot.services.circle_settings import Typed
from bot.services.summaries import Summary
from tests.clocks import SteppedClock
from tests.services.house import ADA, MARA, START, YES, House, person
from tests.services.recorder import Recorder

PEOPLE = [person(str(number)) for number in range(20, 27)]
DAYS = ("monday", "wednesday", "sunday")
EVENTS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 6), st.sampled_from(list(Weather))),
    st.tuples(st.just("all-answer"), st.integers(3, 7), st.sampled_from(list(Weather))),
    st.tuples(st.just("take-back"), st.integers(0, 6), st.none()),
    st.tuples(st.just("leave"), st.integers(0, 6), st.booleans()),
    st.tuples(st.just("delete"), st.integers(0, 6), st.none()),
    st.tuples(st.just("days"), st.integers(1, 12), st.none()),
    st.tuples(st.just("week-starts"), st.sampled_from(DAYS), st.none()),
    st.tuples(st.just("report"), st.integers(1, 26), st.none()),
)


async def answer(house: House, circle: Circle, who: Actor, kind: Weather) -> None:
    """Joins first, where they are no member."""
    await house.members.join(who, circle.id, YES)
    await house.check_ins.submit_today(who, circle.id, Answer(weather=(kind,)))


async def happen(house: House, circle: Circle, event: tuple[Any, ...], reports: list[Summary]) -> None:
    what, which, more = event
    if what == "days":
        for _ in range(which):
            house.clock.step(timedelta(days=1))
            await house.care.tick()
    elif what == "week-starts":
        await house.circles.settings(MARA, circle.id, Typed(week_starts=which))
    elif what == "report":
        reports.append(await house.summaries.report(MARA, circle.id, which))
    else:
        for who in PEOPLE[:which] if what == "all-answer" else PEOPLE[which : which + 1]:
            await act(house, circle, what, who, more)


async def act(house: House, circle: Circle, what: str, who: Actor, more: Any) -> None:
    """One person does something."""
    with suppress(errors.NotAMember):
        if what == "delete":
            await house.members.delete_all(who)
        elif what == "leave":
            await house.members.leave(who, circle.id, now=more)
        elif what == "take-back":
            await house.check_ins.take_back(who, circle_id=circle.id)
        else:
            await answer(house, circle, who, more)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(EVENTS, min_size=4, max_size=25))
async def test_two_reports_differ_by_whole_weeks_of_five_people_and_by_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[Any, ...]]
) -> None:
    file = tmp_path_factory.mktemp("summary") / "trellis.db"
    clock = SteppedClock(START)
    house = await House.open(file, clock, Recorder(clock))
    reports: list[Summary] = []
    try:
        circle = await house.circle()
        for event in [("all-answer", 6, Weather.FOG), *events, ("days", 12, None), ("report", 26, None)]:
            await happen(house, circle, event, reports)
    finally:
        await house.storage.close()
    known: dict[date, Any] = {}
    for report in reports:
        for week in report.weeks:
            assert known.setdefault(week.first, week) == week  # a week is the same in every report
            assert week.people is None or week.people >= FLOOR
            assert week.people is not None or not (week.weather or week.energy or week.reactivity)
    for earlier, later in itertools.pairwise(sorted(known)):
        assert later - earlier >= WEEK  # no day stands in two weeks, whose difference would be a day


async def weeks_of(house: House, circle: Circle) -> tuple[Any, ...]:
    return (await house.summaries.report(MARA, circle.id)).weeks


async def settled(house: House, people: int, kinds: list[Weather]) -> Circle:
    """A circle whose first whole week, answered by so many people, has been written."""
    circle = await house.circle()
    for who, kind in zip(PEOPLE[:people], itertools.cycle(kinds), strict=False):
        await answer(house, circle, who, kind)
    for _ in range(10):
        house.clock.step(timedelta(days=1))
        await house.care.tick()
    return circle


@pytest.mark.parametrize("deed", ["delete", "leave", "take-back", "answer"])
async def test_what_one_person_does_later_changes_no_figure(house: House, deed: str) -> None:
    circle = await settled(house, 6, [Weather.RAIN, Weather.FOG])
    before = await weeks_of(house, circle)
    assert before[0].people == 5
    more = {"leave": True, "answer": Weather.STORM}.get(deed)
    await happen(house, circle, (deed, 0, more), [])
    await house.care.tick()
    assert await weeks_of(house, circle) == before


async def test_with_four_people_a_week_is_shown_as_too_few_and_stays_so(house: House) -> None:
    circle = await settled(house, 4, [Weather.RAIN])
    [week] = await weeks_of(house, circle)
    assert (week.people, week.weather) == (None, {})
    await answer(house, circle, PEOPLE[5], Weather.RAIN)  # a fifth who comes later is in a later week
    await house.care.tick()
    assert await weeks_of(house, circle) == (week,)


async def test_a_week_counts_only_who_still_agrees_when_it_is_written(house: House) -> None:
    circle = await house.circle()
    for who in PEOPLE[:6]:
        await answer(house, circle, who, Weather.RAIN)
    await house.members.leave(PEOPLE[0], circle.id)
    await house.members.consents(PEOPLE[1], circle.id, frozenset())
    for _ in range(10):
        house.clock.step(timedelta(days=1))
        await house.care.tick()
    [week] = await weeks_of(house, circle)
    assert week.people is None


async def test_only_a_circles_own_facilitators_see_its_summary(house: House, tmp_path: Path) -> None:
    circle = await settled(house, 5, [Weather.RAIN])
    other = await house.circle("20", role="78")
    await house.members.join(ADA, circle.id, YES)
    with pytest.raises(errors.NotFacilitator):
        await house.summaries.report(ADA, circle.id)
    with pytest.raises(errors.NotFacilitator):
        await house.summaries.report(person("9", "78"), circle.id)
    with pytest.raises(errors.NoCircle):
        await house.summaries.report(person("9", "77", server="901"), circle.id)
    assert (await house.summaries.report(person("9", "78"), other.id)).weeks == ()
