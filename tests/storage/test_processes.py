"""What a living process holds no other takes; what is nobody's, or a dead one's, exactly one does."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.domain.circles import Circle
from bot.domain.ids import OccurrenceId
from bot.domain.outbox import Recipient
from bot.domain.processes import GONE_AFTER, Process
from storage import Storage
from tests.storage.samples import KEY, NOW, later, made_occurrence


@pytest.fixture
async def other(database_url: str, storage: Storage) -> AsyncIterator[Storage]:
    """Another process on the same database."""
    opened = await Storage.open(database_url, [KEY])
    yield opened
    await opened.close()


async def lives(storage: Storage, seconds: float = 0, seat: str = "0/2") -> None:
    """Says that it was seen then; on SQLite nobody does."""
    if storage.process is None:
        return
    at = later(seconds=seconds)
    async with storage.begin() as tx:
        await tx.processes.alone()
        await tx.processes.put(Process(id=storage.process, seat=seat, since=NOW, seen_at=at, pace=24))
        await tx.commit()


async def loose(storage: Storage, seconds: float) -> list[OccurrenceId]:
    async with storage.read() as tx:
        return [one.id for one in await tx.occurrences.loose(later(seconds=seconds))]


async def test_a_claim_is_its_holders_while_that_lives_and_anybodys_after(
    storage: Storage, other: Storage, circle: Circle
) -> None:
    await lives(storage)
    claim = await made_occurrence(storage, circle)
    shared = storage.process is not None
    assert await loose(storage, 1) == [claim.id]
    assert await loose(other, 1) == ([] if shared else [claim.id])
    gone = GONE_AFTER.total_seconds()
    assert await loose(other, gone - 1) == ([] if shared else [claim.id])
    assert await loose(other, gone) == [claim.id]
    async with other.begin() as tx:
        assert await tx.occurrences.take([claim.id], later(seconds=gone)) == [claim.id]
        await tx.commit()
    await lives(other, gone)
    assert await loose(storage, gone) == ([] if shared else [claim.id])
    async with other.begin() as tx:
        await tx.occurrences.let_go(claim.id)
        await tx.commit()
    assert await loose(storage, gone) == [claim.id]


async def test_of_many_who_take_at_once_each_claim_has_one(
    storage: Storage, other: Storage, circle: Circle
) -> None:
    if storage.process is None:
        return  # one process, one writer
    await lives(storage)
    await lives(other, seat="1/2")
    async with storage.begin() as tx:
        claims = [await made_occurrence(storage, circle, at=later(seconds=-n)) for n in range(30)]
        for claim in claims:
            await tx.occurrences.let_go(claim.id)
        await tx.commit()

    async def take(by: Storage) -> list[OccurrenceId]:
        async with by.begin() as tx:
            taken = await tx.occurrences.take([claim.id for claim in claims], NOW)
            await asyncio.sleep(0.05)
            await tx.commit()
        return taken

    first, second, *again = await asyncio.gather(take(storage), take(other), take(storage), take(other))
    held = dict.fromkeys([*first, *again[0]], "first") | dict.fromkeys([*second, *again[1]], "second")
    assert len(held) == 30
    assert not {*first, *again[0]} & {*second, *again[1]}


async def test_a_letter_in_hand_is_due_for_no_other_until_it_is_let_go(
    storage: Storage, other: Storage, circle: Circle
) -> None:
    await lives(storage)
    async with storage.begin() as tx:
        letter = await tx.outbox.add(circle.id, Recipient.FACILITATORS, "missed-post", {}, NOW)
        await tx.outbox.take(letter.id, later(seconds=1))
        await tx.commit()

    async def due(by: Storage) -> bool:
        async with by.read() as tx:
            return [each.id for each in await tx.outbox.due(later(seconds=2), 9)] == [letter.id]

    shared = storage.process is not None
    assert await due(storage)
    assert await due(other) is not shared
    async with storage.begin() as tx:
        await tx.outbox.let_go(letter.id)
        await tx.commit()
    assert await due(other)


async def test_a_successor_takes_its_seat_and_the_unseen_are_buried(
    storage: Storage, other: Storage, circle: Circle
) -> None:
    if storage.process is None:
        return
    await lives(storage)
    claim = await made_occurrence(storage, circle)
    await lives(other, seat="1/2")
    async with other.begin() as tx:
        assert [each.id for each in await tx.processes.others()] == [storage.process]
        await tx.processes.displace("0/2")
        assert await tx.processes.others() == []
        await tx.commit()
    assert await loose(other, 1) == [claim.id]
    await lives(storage, 5)
    async with other.begin() as tx:
        assert await tx.processes.bury(later(seconds=4)) == 1  # the other one itself, were it not seen
        assert await tx.processes.bury(later(seconds=5)) == 1
        await tx.commit()
    async with storage.begin() as tx:
        await tx.processes.identify(NOW)
        assert await tx.processes.identified_at() is None  # who is buried introduces nobody
