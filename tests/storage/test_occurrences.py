"""Occurrences: claimed once, settled once, found again."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import NoSuchOccurrence
from bot.domain.ids import OccurrenceId, PromptId
from bot.domain.occurrences import Reason, State
from bot.domain.schedules import Kind
from storage import Storage
from tests.storage.samples import KEY, NOW, TODAY, claimed, later, made_circle, made_occurrence, made_schedule

MESSAGE = "950000000000000001"


async def test_a_claim_is_read_as_it_was_made(storage: Storage, circle: Circle) -> None:
    schedule = await made_schedule(storage, circle)
    made = await made_occurrence(
        storage, circle, schedule=schedule.id, state=State.HELD, reason=Reason.SKIPPED
    )
    async with storage.read() as tx:
        assert await tx.occurrences.get(made.id) == made
    assert (made.schedule, made.state, made.reason) == (schedule.id, State.HELD, Reason.SKIPPED)


async def test_a_post_is_read_with_the_newest_sent_one_of_its_circle_and_kind(
    storage: Storage, circle: Circle
) -> None:
    other = await made_circle(storage, 2)
    first = await made_occurrence(storage, circle, state=State.SENT)
    second = await made_occurrence(storage, circle, state=State.SENT, due=later(hours=1))
    await made_occurrence(storage, circle, state=State.SENT, due=later(hours=1), kind=Kind.THEME)
    await made_occurrence(storage, other, state=State.SENT, due=later(hours=3))
    claim = await made_occurrence(storage, circle, due=later(hours=2))
    async with storage.read() as tx:
        for one in (first, second, claim):
            assert await tx.occurrences.with_newest(one.id) == (one, second)
            assert await tx.occurrences.latest(circle.id, Kind.CHECK_IN) == second
        assert await tx.occurrences.latest(circle.id, Kind.CHECK_IN, State.CLAIMED) == claim
        with pytest.raises(NoSuchOccurrence):
            await tx.occurrences.with_newest(OccurrenceId(424242))


async def test_where_nothing_was_sent_there_is_no_newest(storage: Storage, circle: Circle) -> None:
    claim = await made_occurrence(storage, circle)
    async with storage.read() as tx:
        assert await tx.occurrences.with_newest(claim.id) == (claim, None)


async def test_of_fifty_who_claim_at_once_one_gets_it(database_url: str) -> None:
    opened = [await Storage.open(database_url, [KEY]) for _ in range(2)]
    circle = await made_circle(opened[0])
    schedule = await made_schedule(opened[0], circle)

    async def claim(storage: Storage) -> bool:
        async with storage.begin() as tx:
            taken = await claimed(tx, circle, schedule.id)
            await tx.commit()
        return taken is not None

    assert sum(await asyncio.gather(*(claim(opened[turn % 2]) for turn in range(50)))) == 1
    for storage in opened:
        await storage.close()


async def test_a_claim_that_was_rolled_back_can_be_made_again(storage: Storage, circle: Circle) -> None:
    schedule = await made_schedule(storage, circle)
    async with storage.begin() as tx:
        assert await claimed(tx, circle, schedule.id) is not None
    async with storage.begin() as tx:
        assert await claimed(tx, circle, schedule.id) is not None
        assert await claimed(tx, circle, schedule.id) is None
        assert await claimed(tx, circle, schedule.id, date=TODAY + timedelta(days=1)) is not None


async def test_posts_by_hand_do_not_stand_in_each_others_way(storage: Storage, circle: Circle) -> None:
    first = await made_occurrence(storage, circle)
    second = await made_occurrence(storage, circle, at=later(seconds=90))
    await made_occurrence(storage, circle, at=later(seconds=95), state=State.MISSED)
    async with storage.read() as tx:
        assert await tx.occurrences.by_hand_since(circle.id, Kind.CHECK_IN, NOW) == second
        assert await tx.occurrences.by_hand_since(circle.id, Kind.CHECK_IN, later(seconds=91)) is None
        assert await tx.occurrences.by_hand_since(circle.id, Kind.THEME, NOW) is None
    assert first.id != second.id


async def test_a_sent_post_is_found_by_its_message(storage: Storage, circle: Circle) -> None:
    made = await made_occurrence(storage, circle)
    async with storage.begin() as tx:
        assert await tx.occurrences.unsettled() == [made]
        await tx.occurrences.mark_sent(made.id, MESSAGE, later(seconds=1))
        await tx.commit()
    async with storage.read() as tx:
        found = await tx.occurrences.by_message(MESSAGE)
        assert await tx.occurrences.by_message("1") is None
        assert await tx.occurrences.unsettled() == []
    assert found is not None
    assert (found.id, found.state, found.message) == (made.id, State.SENT, MESSAGE)
    assert found.sent_at == later(seconds=1)


async def test_a_missed_post_says_why(storage: Storage, circle: Circle) -> None:
    made = await made_occurrence(storage, circle)
    async with storage.begin() as tx:
        await tx.occurrences.mark_missed(made.id, Reason.CHANNEL_GONE)
        await tx.commit()
    async with storage.read() as tx:
        missed = await tx.occurrences.get(made.id)
    assert (missed.state, missed.reason) == (State.MISSED, Reason.CHANNEL_GONE)


async def test_only_a_missed_post_is_opened_again(storage: Storage, circle: Circle) -> None:
    missed = await made_occurrence(storage, circle, state=State.MISSED)
    held = await made_occurrence(storage, circle, due=later(days=1), state=State.HELD)
    async with storage.begin() as tx:
        await tx.occurrences.mark_missed(missed.id, Reason.CHANNEL_GONE)
        await tx.occurrences.reopen(missed.id)
        await tx.occurrences.reopen(held.id)
        assert [(one.id, one.reason) for one in await tx.occurrences.unsettled()] == [(missed.id, None)]
        await tx.commit()


async def test_an_unknown_post_is_refused(storage: Storage) -> None:
    unknown = OccurrenceId(999)
    async with storage.begin() as tx:
        for refused in (
            tx.occurrences.get(unknown),
            tx.occurrences.mark_sent(unknown, MESSAGE, NOW),
            tx.occurrences.mark_missed(unknown, Reason.LATE),
        ):
            with pytest.raises(NoSuchOccurrence):
                await refused


async def test_the_latest_is_by_when_it_was_due(storage: Storage, circle: Circle) -> None:
    late = await made_occurrence(storage, circle, due=later(days=1), state=State.SENT)
    await made_occurrence(storage, circle, due=NOW, state=State.SENT)
    held = await made_occurrence(storage, circle, due=later(days=2), state=State.HELD)
    other = await made_circle(storage, 2)
    await made_occurrence(storage, other, due=later(days=3), state=State.SENT)
    async with storage.read() as tx:
        assert await tx.occurrences.latest(circle.id, Kind.CHECK_IN) == late
        assert await tx.occurrences.latest(circle.id, Kind.CHECK_IN, State.HELD) == held
        assert await tx.occurrences.latest(circle.id, Kind.BOUNDARY) is None


async def test_used_texts_and_the_log_are_in_the_order_of_their_days(
    storage: Storage, circle: Circle
) -> None:
    texts = [
        ("ck-002", 2, State.SENT),
        ("ck-001", 1, State.CLAIMED),
        ("ck-003", 3, State.MISSED),
        (None, 4, State.SENT),
    ]
    for prompt, day, state in texts:
        await made_occurrence(storage, circle, prompt=prompt, due=later(days=day), state=state)
    async with storage.read() as tx:
        used = await tx.occurrences.used(circle.id, Kind.CHECK_IN)
        since = await tx.occurrences.since(circle.id, later(days=2))
    assert [one.prompt for one in used] == [PromptId("ck-001"), PromptId("ck-002")]
    assert [one.date for one in used] == sorted(one.date for one in used)
    assert [one.due for one in since] == [later(days=2), later(days=3), later(days=4)]
