"""Transactions: nothing without commit, nothing after it, and reading sees one instant."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.accounts import Platform
from bot.domain.circles import Circle
from bot.domain.errors import VaultError
from bot.domain.ids import CircleId
from bot.domain.outbox import Recipient
from storage import Storage, StorageError, TransactionOver
from tests.storage.samples import KEY, NEW_KEY, NOTE, NOW, home, made_circle, settings


async def test_without_commit_nothing_is_kept(storage: Storage) -> None:
    async with storage.begin() as tx:
        await tx.circles.add(home(), "Forgotten", settings(), NOW)
    with pytest.raises(ZeroDivisionError):
        await _fails(storage)
    async with storage.read() as tx:
        assert await tx.circles.all() == []


async def _fails(storage: Storage) -> None:
    async with storage.begin() as tx:
        await tx.circles.add(home(), "Forgotten", settings(), NOW)
        raise ZeroDivisionError


async def test_after_commit_the_transaction_is_over(storage: Storage) -> None:
    async with storage.begin() as tx:
        await tx.commit()
        for late in (tx.circles.all(), tx.commit()):
            with pytest.raises(TransactionOver):
                await late
    async with storage.read() as reading:
        pass
    with pytest.raises(TransactionOver):
        await reading.circles.all()


async def test_a_reader_sees_one_instant_and_stops_no_writer(storage: Storage, circle: Circle) -> None:
    async with asyncio.timeout(10), storage.read() as tx:
        assert len(await tx.circles.all()) == 1
        await made_circle(storage, 2)
        assert len(await tx.circles.all()) == 1
    async with storage.read() as tx:
        assert len(await tx.circles.all()) == 2


async def test_what_is_read_in_a_unit_holds_what_it_wrote(storage: Storage) -> None:
    async with storage.begin() as tx:
        circle = await tx.circles.add(home(), "Just now", settings(), NOW)
        assert await tx.circles.at_channel(Platform.DISCORD, home().channel) == circle


async def test_a_database_opened_again_holds_what_was_committed(database_url: str) -> None:
    first = await Storage.open(database_url, [KEY])
    circle = await made_circle(first)
    await first.close()
    second = await Storage.open(database_url, [KEY], migrate=False)
    async with second.read() as tx:
        assert await tx.circles.all() == [circle]
    await second.close()


async def test_another_key_does_not_open_the_database(database_url: str) -> None:
    with pytest.raises(VaultError, match="another key"):
        await Storage.open(database_url, [NEW_KEY])


@pytest.mark.parametrize(
    "address", ["nonsense", "mysql://here/there", "sqlite+aiosqlite://", "sqlite:///:memory:"]
)
async def test_an_address_that_is_none_of_ours_is_refused(address: str) -> None:
    with pytest.raises(StorageError):
        await Storage.open(address, [KEY])


async def test_an_error_of_the_database_does_not_quote_a_member(storage: Storage) -> None:
    async with storage.begin() as tx:
        with pytest.raises(IntegrityError) as refused:
            await tx.outbox.add(CircleId(999), Recipient.CIRCLE, "share-posted", {"text": NOTE}, NOW)
        with pytest.raises(TransactionOver):
            await tx.circles.all()
    assert NOTE not in str(refused.value)
    assert "hide_parameters=True" in str(refused.value)


async def test_a_naive_instant_is_refused(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        with pytest.raises(StatementError, match="offset from UTC"):
            await tx.outbox.add(circle.id, Recipient.CIRCLE, "share-posted", {}, NOW.replace(tzinfo=None))
