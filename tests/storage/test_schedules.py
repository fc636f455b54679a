"""Schedules: what is due is found by an index, once, whoever looks."""

import asyncio
from datetime import date, time, timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import NoSuchSchedule, ScheduleExists
from bot.domain.ids import ScheduleId
from bot.domain.schedules import Due, Kind
from storage import Storage
from tests.storage.samples import KEY, NOW, TODAY, later, made_circle, made_occurrence, made_schedule


async def test_a_schedule_is_read_as_it_was_added(storage: Storage, circle: Circle) -> None:
    added = await made_schedule(storage, circle)
    assert (added.time, added.days, added.next) == (time(9, 0), frozenset({1, 3, 5}), Due(TODAY, NOW))
    async with storage.read() as tx:
        assert await tx.schedules.get(added.id) == added
        assert await tx.schedules.of_circle(circle.id) == [added]


async def test_the_very_same_schedule_is_refused_until_it_is_removed(
    storage: Storage, circle: Circle
) -> None:
    first = await made_schedule(storage, circle)
    with pytest.raises(ScheduleExists):
        await made_schedule(storage, circle)
    async with storage.begin() as tx:
        await tx.schedules.remove(first.id, NOW)
        await tx.commit()
    second = await made_schedule(storage, circle)
    assert second.id != first.id


async def test_a_removed_schedule_is_gone_but_its_posts_stay(storage: Storage, circle: Circle) -> None:
    schedule = await made_schedule(storage, circle)
    occurrence = await made_occurrence(storage, circle, schedule=schedule.id)
    async with storage.begin() as tx:
        await tx.schedules.remove(schedule.id, NOW)
        await tx.commit()
    async with storage.begin() as tx:
        assert await tx.occurrences.get(occurrence.id) == occurrence
        assert await tx.schedules.of_circle(circle.id) == []
        assert await tx.schedules.due(later(days=99), 10) == []
        for refused in (tx.schedules.get(schedule.id), tx.schedules.remove(schedule.id, NOW)):
            with pytest.raises(NoSuchSchedule):
                await refused
        with pytest.raises(NoSuchSchedule):
            await tx.schedules.advance(ScheduleId(999), None)


async def test_what_is_due_comes_longest_due_first(storage: Storage, circle: Circle) -> None:
    second = await made_circle(storage, 2)
    late = await made_schedule(storage, circle, NOW - timedelta(hours=1))
    on_time = await made_schedule(storage, second, NOW)
    await made_schedule(storage, circle, later(seconds=1), time(10))
    async with storage.begin() as tx:
        assert await tx.schedules.due(NOW, 10) == [late, on_time]
        assert await tx.schedules.due(NOW, 1) == [late]
    async with storage.read() as tx:
        assert await tx.schedules.next_at() == NOW - timedelta(hours=1)


async def test_an_advanced_schedule_is_due_at_its_next_instant(storage: Storage, circle: Circle) -> None:
    schedule = await made_schedule(storage, circle)
    tomorrow = Due(TODAY + timedelta(days=1), later(days=1))
    async with storage.begin() as tx:
        await tx.schedules.advance(schedule.id, tomorrow)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.schedules.due(later(hours=23), 10) == []
        assert [one.next for one in await tx.schedules.due(later(days=1), 10)] == [tomorrow]
        assert await tx.schedules.next_at() == tomorrow.at
        assert await tx.schedules.count() == 1


async def test_nothing_is_next_where_nothing_is_planned(storage: Storage, circle: Circle) -> None:
    schedule = await made_schedule(storage, circle)
    async with storage.begin() as tx:
        await tx.schedules.advance(schedule.id, None)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.schedules.next_at() is None
        assert (await tx.schedules.get(schedule.id)).next is None


async def test_a_date_skipped_twice_is_skipped_once_and_can_be_taken_back(
    storage: Storage, circle: Circle
) -> None:
    schedule = await made_schedule(storage, circle)
    days = [date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 6)]
    async with storage.begin() as tx:
        for day in days:
            await tx.schedules.skip(schedule.id, day)
        assert await tx.schedules.skips(schedule.id) == frozenset(days)
        await tx.schedules.unskip(schedule.id, days[0])
        await tx.schedules.unskip(schedule.id, date(2030, 1, 1))
        assert await tx.schedules.skips(schedule.id) == frozenset({days[2]})


async def test_two_processes_on_postgres_take_different_schedules(postgres_url: str) -> None:
    here, there = [await Storage.open(postgres_url, [KEY]) for _ in range(2)]
    circle = await made_circle(here)
    for hour in range(6):
        await made_schedule(here, circle, NOW, time(hour))
    async with asyncio.timeout(10), here.begin() as one, there.begin() as two:
        mine = {schedule.id for schedule in await one.schedules.due(NOW, 4)}
        theirs = {schedule.id for schedule in await two.schedules.due(NOW, 4)}
        assert len(mine) == 4
        assert len(theirs) == 2
        assert not mine & theirs
    await here.close()
    await there.close()


async def test_a_schedule_of_each_kind_may_stand_at_one_time(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        for kind in Kind:
            await tx.schedules.add(circle.id, kind, time(9), frozenset(range(1, 8)), NOW, None)
        assert [one.kind for one in await tx.schedules.of_circle(circle.id)] == list(Kind)
