"""An attacker with every report in hand, before and after what one person does, learns nothing of them."""

import itertools
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.accounts import Actor
from bot.domain.check_ins import Answer, Audience, Weather
from bot.domain.circles import Circle
from bot.domain.ids import MemberId
from bot.domain.members import Scope, consented
from bot.domain.summaries import FLOOR, WEEK, Band, WeekFigures
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
    st.tuples(st.just("mark"), st.integers(0, 6), st.sampled_from(list(Weather))),
    st.tuples(st.just("read-marked"), st.just(0), st.none()),
    st.tuples(st.just("take-back"), st.integers(0, 6), st.none()),
    st.tuples(st.just("leave"), st.integers(0, 6), st.booleans()),
    st.tuples(st.just("delete"), st.integers(0, 6), st.none()),
    st.tuples(st.just("days"), st.integers(1, 12), st.none()),
    st.tuples(st.just("week-starts"), st.sampled_from(DAYS), st.none()),
    st.tuples(st.just("report"), st.integers(1, 26), st.none()),
)


@dataclass
class Attacker:
    """A facilitator who keeps all that was ever shown."""

    weeks: dict[date, WeekFigures] = field(default_factory=dict)
    read: set[tuple[MemberId, date]] = field(default_factory=set)  # by name, through /marked

    def keeps(self, report: Summary) -> list[WeekFigures]:
        """The weeks that are new; one that was seen before is as it was."""
        new = [week for week in report.weeks if week.first not in self.weeks]
        for week in report.weeks:
            assert self.weeks.setdefault(week.first, week) == week
        return new


async def answer(
    house: House, circle: Circle, who: Actor, kind: Weather, audience: Audience = Audience.ME
) -> None:
    """Joins first, where they are no member."""
    await house.members.join(who, circle.id, YES | {Scope.FACILITATORS})
    await house.check_ins.submit_today(who, circle.id, Answer(weather=(kind,), audience=audience))


async def happen(house: House, circle: Circle, event: tuple[Any, ...], attacker: Attacker) -> None:
    what, which, more = event
    if what == "days":
        for _ in range(which):
            house.clock.step(timedelta(days=1))
            await house.care.tick()
            for week in attacker.keeps(await house.summaries.report(MARA, circle.id, 26)):
                await is_of_unreadable_answers(house, week, attacker)
    elif what == "read-marked":
        place = 0
        while (shown := await house.marked.read(MARA, circle.id, place)) and shown.place == place:
            attacker.read.add((shown.check_in.member, shown.check_in.date))
            place += 1
    elif what == "week-starts":
        await house.circles.settings(MARA, circle.id, Typed(week_starts=which))
    elif what == "report":
        attacker.keeps(await house.summaries.report(MARA, circle.id, which))
    else:
        for who in PEOPLE[:which] if what == "all-answer" else PEOPLE[which : which + 1]:
            await act(house, circle, what, who, more)


async def is_of_unreadable_answers(house: House, week: WeekFigures, attacker: Attacker) -> None:
    """A week that was written just now says what a slow count says of the answers that have no name."""
    said: dict[MemberId, set[Weather]] = {}
    for who in PEOPLE:
        for circle, member in await house.members.memberships(who):
            if not (member.active and consented(member, Scope.CHECK_INS)):
                continue
            for at, one in await house.check_ins.mine(who):
                private = one.answer.audience is Audience.ME and (one.member, one.date) not in attacker.read
                if at == circle and private and week.first <= one.date < week.first + WEEK:
                    said.setdefault(one.member, set()).update(one.answer.weather)
    if len(said) < FLOOR:
        assert (week.people, week.weather, week.energy, week.reactivity) == (None, {}, {}, {})
        return
    assert week.people == FLOOR  # to 9: there are seven people
    for kind in Weather:
        count = sum(kind in kinds for kinds in said.values())
        few, most = count <= 2, count >= len(said) - 2
        assert week.weather[kind] is (Band.FEW if few else Band.MOST if most else Band.SEVERAL)


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
            await answer(house, circle, who, more, Audience.FACILITATORS if what == "mark" else Audience.ME)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(EVENTS, min_size=4, max_size=20))
async def test_two_reports_differ_by_whole_weeks_of_five_people_and_by_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[Any, ...]]
) -> None:
    file = tmp_path_factory.mktemp("summary") / "trellis.db"
    clock = SteppedClock(START)
    house = await House.open(file, clock, Recorder(clock))
    attacker = Attacker()
    try:
        circle = await house.circle()
        for event in [("all-answer", 6, Weather.FOG), *events, ("days", 12, None), ("report", 26, None)]:
            await happen(house, circle, event, attacker)
    finally:
        await house.storage.close()
    for earlier, later in itertools.pairwise(sorted(attacker.weeks)):
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
    await happen(house, circle, (deed, 0, more), Attacker())
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


@pytest.mark.parametrize(
    ("read", "unmarked", "people"), [(False, False, None), (True, True, None), (False, True, FLOOR)]
)
async def test_an_answer_that_facilitators_could_read_by_name_makes_nobody_the_fifth(
    house: House, read: bool, unmarked: bool, people: int | None
) -> None:
    circle = await house.circle()
    for who in PEOPLE[:4]:
        await answer(house, circle, who, Weather.RAIN)
    await answer(house, circle, PEOPLE[4], Weather.RAIN, Audience.FACILITATORS)
    if read:
        assert await house.marked.read(MARA, circle.id) is not None
    if unmarked:
        await answer(house, circle, PEOPLE[4], Weather.RAIN)
    for _ in range(10):
        house.clock.step(timedelta(days=1))
        await house.care.tick()
    [week] = await weeks_of(house, circle)
    assert week.people == people


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
