"""Check-ins: one answer a member and post, whatever was said, kept to the letter."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.domain.check_ins import MAX_NOTE, Answer, Audience, Energy, Reactivity, Weather
from bot.domain.circles import Circle
from bot.domain.members import Member
from storage import Storage
from tests.storage.samples import (
    ANSWER,
    BEN,
    TODAY,
    check_in,
    later,
    made_circle,
    made_member,
    made_occurrence,
    put,
)

ANSWERS = st.builds(
    Answer,
    weather=st.lists(st.sampled_from(Weather), max_size=3, unique=True).map(tuple),
    energy=st.none() | st.sampled_from(Energy),
    reactivity=st.none() | st.sampled_from(Reactivity),
    note=st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_NOTE),
    audience=st.sampled_from(Audience),
)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answer=ANSWERS)
async def test_any_answer_comes_back_to_the_letter(sqlite: Storage, answer: Answer) -> None:
    async with sqlite.read() as tx:
        circles = await tx.circles.all()
    circle = circles[0] if circles else await made_circle(sqlite)
    member = await made_member(sqlite, circle)
    await put(sqlite, check_in(member, answer=answer))
    async with sqlite.read() as tx:
        kept = await tx.check_ins.of(member.id, None, TODAY)
    assert kept is not None
    assert kept.answer == answer


async def test_an_answer_is_kept_for_its_post(storage: Storage, circle: Circle, member: Member) -> None:
    occurrence = await made_occurrence(storage, circle)
    given = check_in(member, occurrence.id)
    await put(storage, given)
    async with storage.read() as tx:
        assert await tx.check_ins.of(member.id, occurrence.id, TODAY) == given
        assert await tx.check_ins.of(member.id, None, TODAY) is None
        assert await tx.check_ins.count(occurrence.id) == 1


@pytest.mark.parametrize("posted", [True, False], ids=["to a post", "to the day"])
async def test_a_changed_answer_takes_the_first_ones_place(
    storage: Storage, circle: Circle, member: Member, *, posted: bool
) -> None:
    occurrence = (await made_occurrence(storage, circle)).id if posted else None
    first = check_in(member, occurrence)
    second = replace(first, answer=replace(ANSWER, note="And then it passed"), changed_at=later(minutes=5))
    await put(storage, first)
    await put(storage, second)
    async with storage.read() as tx:
        assert await tx.check_ins.all_of(member.id) == [second]


async def test_many_presses_at_once_leave_one_answer(
    storage: Storage, circle: Circle, member: Member
) -> None:
    occurrence = await made_occurrence(storage, circle)
    given = [check_in(member, occurrence.id, answer=Answer(note=str(turn))) for turn in range(20)]
    await asyncio.gather(*(put(storage, one) for one in given))
    async with storage.read() as tx:
        assert await tx.check_ins.count(occurrence.id) == 1
        assert await tx.check_ins.of(member.id, occurrence.id, TODAY) in given


async def test_answers_of_days_and_members_stand_apart(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    days = [TODAY, TODAY + timedelta(days=1)]
    for day in days:
        await put(storage, check_in(member, day=day))
    await put(storage, check_in(ben))
    async with storage.read() as tx:
        assert [one.date for one in await tx.check_ins.all_of(member.id)] == days
        assert [one.member for one in await tx.check_ins.all_of(ben.id)] == [ben.id]


@pytest.mark.parametrize("posted", [True, False], ids=["to a post", "to the day"])
async def test_a_deleted_answer_is_gone_and_no_other_one_is(
    storage: Storage, circle: Circle, member: Member, *, posted: bool
) -> None:
    ben = await made_member(storage, circle, BEN)
    post = (await made_occurrence(storage, circle)).id
    of_mine = {post: check_in(member, post), None: check_in(member)}
    others = [check_in(ben, post), check_in(ben), check_in(member, day=TODAY + timedelta(days=1))]
    for one in [*of_mine.values(), *others]:
        await put(storage, one)
    taken = of_mine.pop(post if posted else None)
    for found in (True, False):
        async with storage.begin() as tx:
            assert await tx.check_ins.delete(member.id, taken.occurrence, TODAY) is found
            await tx.commit()
    async with storage.read() as tx:
        left = await tx.check_ins.all_of(member.id) + await tx.check_ins.all_of(ben.id)
        assert await tx.check_ins.count(post) == (1 if posted else 2)
    assert sorted(map(repr, left)) == sorted(map(repr, [*of_mine.values(), *others]))
