"""Facilitators plan posts, see them before anyone does, and post by hand once."""

import asyncio
from datetime import UTC, date, datetime, time

import pytest

from bot.domain import errors
from bot.domain.occurrences import Reason, State
from bot.domain.schedules import Kind
from tests.services.house import CONTENT, MARA, House
from tests.services.recorder import Fault


async def test_a_schedule_is_added_listed_with_three_dates_and_removed(house: House) -> None:
    circle = await house.circle()
    added = await house.schedules.add(MARA, circle.id, Kind.BOUNDARY, "18:30", "mon,wed")
    assert added.time == time(18, 30)
    [_, (schedule, dues, _)] = await house.schedules.list(MARA, circle.id)
    assert schedule == added
    assert [due.date.day for due in dues] == [2, 4, 9]
    with pytest.raises(errors.ScheduleExists):
        await house.schedules.add(MARA, circle.id, Kind.BOUNDARY, "18:30", "wed mon")
    await house.schedules.remove(MARA, circle.id, added.id)
    assert len(await house.schedules.list(MARA, circle.id)) == 1
    with pytest.raises(errors.NoSuchSchedule):
        await house.schedules.remove(MARA, circle.id, added.id)


@pytest.mark.parametrize(
    ("at", "days", "error"),
    [("25:61", "daily", errors.BadTime), ("9:00", "someday", errors.BadDays), ("9:00", "", errors.BadDays)],
)
async def test_wrong_times_and_days_are_refused(
    house: House, at: str, days: str, error: type[Exception]
) -> None:
    circle = await house.circle()
    with pytest.raises(error):
        await house.schedules.add(MARA, circle.id, Kind.CHECK_IN, at, days)


async def test_a_schedule_of_another_circle_is_none_here(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    [(theirs, _, _)] = await house.schedules.list(MARA, second.id)
    with pytest.raises(errors.NoSuchSchedule):
        await house.schedules.skip(MARA, first.id, theirs.id)
    with pytest.raises(errors.NoSuchSchedule):
        await house.schedules.remove(MARA, first.id, theirs.id)


async def test_skipping_takes_the_next_date_or_the_one_that_is_named(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    assert await house.schedules.skip(MARA, circle.id, schedule.id) == date(2026, 3, 2)
    assert await house.schedules.skip(MARA, circle.id, schedule.id) == date(2026, 3, 3)
    assert await house.schedules.skip(MARA, circle.id, schedule.id, "2026-03-05") == date(2026, 3, 5)
    [(_, dues, skips)] = await house.schedules.list(MARA, circle.id)
    assert [due.date.day for due in dues] == [4, 6, 7]
    assert sorted(day.day for day in skips) == [2, 3, 5]
    assert (await house.circles.status(MARA, circle.id)).nexts[0][1] == dues[0]
    await house.step(days=2)
    [(_, _, skips)] = await house.schedules.list(MARA, circle.id)
    assert sorted(day.day for day in skips) == [5]


async def test_a_date_without_a_post_is_named_with_those_that_have_one(house: House) -> None:
    circle = await house.circle()
    added = await house.schedules.add(MARA, circle.id, Kind.BOUNDARY, "18:30", "mon")
    for wrong in ("2026-03-03", "2026-02-23"):
        with pytest.raises(errors.NotADueDate) as refused:
            await house.schedules.skip(MARA, circle.id, added.id, wrong)
        assert refused.value.next_dates == ("2026-03-02", "2026-03-09", "2026-03-16")
    with pytest.raises(errors.BadDate):
        await house.schedules.skip(MARA, circle.id, added.id, "03/02")


async def test_a_preview_shows_what_is_then_posted(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.add(MARA, circle.id, Kind.CHECK_IN, "18:00", "sat")
    await house.schedules.skip(MARA, circle.id, schedule.id, "2026-03-10")
    days = [3, 8, 9, 14, 20]
    seen = {
        day: await house.schedules.preview(MARA, circle.id, schedule.id, f"2026-03-{day:02}") for day in days
    }
    assert all(post.occurrence is None for post in seen.values())
    for _ in range(24 * 19):
        await house.step(hours=1)
    posted = {one.date.day: one.prompt for one in await house.occurrences(circle.id) if one.due.hour == 8}
    assert {day: post.prompt.id for day, post in seen.items()} == {day: posted[day] for day in days}


async def test_a_preview_takes_the_next_date_and_says_where_nothing_is_planned(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    assert (await house.schedules.preview(MARA, circle.id, schedule.id)).prompt is CONTENT.check_ins[0]
    theme = await house.schedules.add(MARA, circle.id, Kind.THEME, "08:30", "mon")
    with pytest.raises(errors.NothingPlanned):
        await house.schedules.preview(MARA, circle.id, theme.id, "2026-03-09")
    with pytest.raises(errors.BadDate):
        await house.schedules.preview(MARA, circle.id, schedule.id, "2028-03-06x")


async def test_pressed_five_times_at_once_it_is_posted_once(house: House) -> None:
    circle = await house.circle()
    presses = (house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN) for _ in range(5))
    posted = await asyncio.gather(*presses)
    assert len(house.face.posts) == 1
    assert sorted(each.already for each in posted) == [False] + [True] * 4
    assert {each.occurrence.message for each in posted} == {house.face.posts[0][0]}
    await house.step(seconds=59)
    assert (await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)).already
    assert not (await house.schedules.post_now(MARA, circle.id, Kind.BOUNDARY)).already
    await house.step(seconds=2)
    again = await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)
    assert not again.already
    assert again.occurrence.prompt != posted[0].occurrence.prompt


async def test_a_post_by_hand_that_is_refused_says_so_and_may_be_tried_again(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [Fault(errors.NotPermitted())]
    with pytest.raises(errors.NotPermitted):
        await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)
    [occurrence] = await house.occurrences(circle.id)
    assert (occurrence.state, occurrence.reason) == (State.MISSED, Reason.NOT_PERMITTED)
    assert not (await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)).already


async def test_a_post_by_hand_without_an_answer_is_settled_by_itself(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [Fault(errors.Unreachable(), applied=True)]
    with pytest.raises(errors.Unreachable):
        await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)
    await house.step(seconds=3)
    assert (await house.occurrences(circle.id))[0].state is State.SENT
    assert len(house.face.posts) == 1
    assert (await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)).already


async def test_nothing_is_posted_by_hand_into_a_rest_or_without_a_text(house: House) -> None:
    circle = await house.circle()
    await house.circles.pause(MARA, circle.id, "2026-03-20")
    with pytest.raises(errors.CirclePaused) as paused:
        await house.schedules.post_now(MARA, circle.id, Kind.CHECK_IN)
    assert paused.value.until == datetime(2026, 3, 19, 23, 0, tzinfo=UTC)
    await house.step(days=20)
    with pytest.raises(errors.NothingPlanned):
        await house.schedules.post_now(MARA, circle.id, Kind.THEME)
