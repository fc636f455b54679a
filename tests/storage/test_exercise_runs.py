"""Exercises on both databases: as put, found by their own person alone, sealed, and gone at their end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.grounding import Phase, Run
from bot.domain.grounding_errors import NoSuchRun
from bot.domain.live_runs import Place, changed
from bot.domain.members import Member
from bot.domain.own_exercises import OwnExercises, Rating, keeping, rated
from storage import Storage
from storage.transaction import Transaction
from tests.storage.samples import ADA, BEN, NOW

STEP = Run(
    touched_at=NOW,
    phase=Phase.STEP,
    exercise="gr-23",
    minutes=2,
    step=3,
    began=NOW,
    due=NOW + timedelta(seconds=10.25),
    before=7,
    picture=True,
)
PLACE = Place(token="a-token", got_at=NOW, channel="500", message="600")


async def test_a_run_stands_as_put_and_is_its_own_person_s_alone(storage: Storage) -> None:
    async with storage.begin() as tx:
        begun = await tx.exercise_runs.begin(ADA, Run(touched_at=NOW), NOW + timedelta(hours=2))
        live = changed(begun, STEP, PLACE)
        await tx.exercise_runs.put(live)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.exercise_runs.get(live.id, ADA) == live
        assert await tx.exercise_runs.find([live.id, live.id]) == {live.id: live}
        assert await tx.exercise_runs.of(BEN) is None
        with pytest.raises(NoSuchRun):
            await tx.exercise_runs.get(live.id, BEN)
        assert await tx.exercise_runs.next_at() == STEP.due


async def test_a_second_one_takes_the_place_of_the_first_and_an_ended_one_stays_ended(
    storage: Storage,
) -> None:
    async with storage.begin() as tx:
        first = await tx.exercise_runs.begin(ADA, STEP, NOW)
        second = await tx.exercise_runs.begin(ADA, STEP, NOW)
        assert second.id != first.id
        await tx.exercise_runs.put(first)  # a late hand brings nothing back
        assert await tx.exercise_runs.find([first.id]) == {}
        await tx.exercise_runs.end(second.id)
        assert await tx.exercise_runs.of(ADA) is None
        await tx.exercise_runs.end()
        await tx.exercise_runs.put()
        await tx.commit()


async def test_two_hands_at_one_run_write_one_after_the_other(storage: Storage) -> None:
    async with storage.begin() as tx:
        live = await tx.exercise_runs.begin(ADA, STEP, NOW)
        await tx.commit()

    async def tapped(tx: Transaction) -> None:
        stands = await tx.exercise_runs.get(live.id, ADA)
        await asyncio.sleep(0.05)
        await tx.exercise_runs.put(replace(stands, turn=stands.turn + 1))

    async def settled(tx: Transaction) -> None:
        stands = (await tx.exercise_runs.find([live.id]))[live.id]
        await asyncio.sleep(0.05)
        await tx.exercise_runs.put(replace(stands, turn=stands.turn + 1))

    await at_once(storage, tapped, settled)
    async with storage.read() as tx:
        assert (await tx.exercise_runs.get(live.id, ADA)).turn == live.turn + 2


async def test_numbers_that_come_while_they_are_switched_off_stay_away(
    storage: Storage, member: Member
) -> None:
    async with storage.begin() as tx:
        await tx.own_exercises.put(OwnExercises(member=member.id, keeps=True))
        await tx.commit()

    async def switched_off(tx: Transaction) -> None:
        own = await tx.own_exercises.of(member.id)
        await asyncio.sleep(0.05)
        await tx.own_exercises.put(keeping(own, on=False))

    async def rated_then(tx: Transaction) -> None:
        await asyncio.sleep(0.02)
        own = await tx.own_exercises.of(member.id)
        await asyncio.sleep(0.05)
        await tx.own_exercises.put(rated(own, Rating("gr-01", 7, 4, date(2026, 11, 27))))

    await at_once(storage, switched_off, rated_then)
    async with storage.read() as tx:
        assert await tx.own_exercises.of(member.id) == OwnExercises(member=member.id)


async def at_once(storage: Storage, *works: Callable[[Transaction], Awaitable[None]]) -> None:
    """Each in a transaction of its own, on PostgreSQL on connections that are open already."""
    async with storage.read() as one, storage.read() as other:
        await asyncio.gather(one.exercise_runs.next_at(), other.exercise_runs.next_at())

    async def done(work: Callable[[Transaction], Awaitable[None]]) -> None:
        async with storage.begin() as tx:
            await work(tx)
            await tx.commit()

    await asyncio.gather(*map(done, works))


async def test_what_is_due_comes_in_its_order_and_no_more_than_asked_for(storage: Storage) -> None:
    async with storage.begin() as tx:
        for number in range(5):
            who = replace(ADA, id=str(number))
            at = NOW + timedelta(seconds=9 - number)
            await tx.exercise_runs.begin(who, STEP, at)
        due = await tx.exercise_runs.due(NOW + timedelta(seconds=8), 3)
        assert [(live.next_at - NOW).seconds for live in due] == [5, 6, 7]
        await tx.exercise_runs.put(*(replace(live, next_at=NOW + timedelta(hours=1)) for live in due))
        assert len(await tx.exercise_runs.due(NOW + timedelta(seconds=8), 3)) == 1
        await tx.commit()


async def test_what_a_member_keeps_of_exercises_stands_as_put_and_goes_with_them(
    storage: Storage, member: Member
) -> None:
    rating = Rating("gr-01", 7, 4, date(2026, 11, 27))
    own = OwnExercises(member=member.id, favourites=("gr-08", "gr-01"), keeps=True, ratings=(rating,))
    async with storage.begin() as tx:
        assert await tx.own_exercises.of(member.id) == OwnExercises(member=member.id)
        await tx.own_exercises.put(own)
        assert await tx.own_exercises.of(member.id) == own
        await tx.own_exercises.put(replace(own, keeps=False, ratings=()))
        assert (await tx.own_exercises.of(member.id)).ratings == ()
        await tx.members.delete(member.id)
        assert await tx.own_exercises.of(member.id) == OwnExercises(member=member.id)
        await tx.commit()
