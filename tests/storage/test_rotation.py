"""Rotation: the newest key wraps everything in the end, while everybody goes on working."""

import asyncio

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.errors import VaultError
from storage import Storage
from tests.storage.samples import ADA, KEY, NEW_KEY, TODAY, check_in, made_circle, made_member, put


async def test_after_rotation_the_old_key_is_needed_no_more(database_url: str) -> None:
    first = await Storage.open(database_url, [KEY])
    member = await made_member(first, await made_circle(first))
    await put(first, check_in(member))
    await first.close()

    both = await Storage.open(database_url, [NEW_KEY, KEY])
    assert await both.rotate() == 3, "two keys of the house, one of a member"
    assert await both.rotate() == 0
    await both.close()

    with pytest.raises(VaultError):
        await Storage.open(database_url, [KEY])
    new = await Storage.open(database_url, [NEW_KEY])
    async with new.read() as tx:
        assert await tx.members.find(member.circle, ADA) == member
        assert await tx.check_ins.of(member.id, None, TODAY) == check_in(member)
    await new.close()


async def test_members_join_and_answer_while_keys_are_rotated(database_url: str) -> None:
    old = await Storage.open(database_url, [KEY])
    circle = await made_circle(old)
    there = [await made_member(old, circle, Account(Platform.DISCORD, str(n))) for n in range(120)]
    await old.close()
    storage = await Storage.open(database_url, [NEW_KEY, KEY])

    async def joins(number: int) -> None:
        member = await made_member(storage, circle, Account(Platform.DISCORD, str(1000 + number)))
        await put(storage, check_in(member))
        await put(storage, check_in(there[number]))

    done, *_ = await asyncio.gather(storage.rotate(), *(joins(number) for number in range(40)))
    assert done == 122
    await storage.close()
    new = await Storage.open(database_url, [NEW_KEY])
    async with new.read() as tx:
        assert await tx.members.count(circle.id) == 160
        for number in range(40):
            joined = await tx.members.find(circle.id, Account(Platform.DISCORD, str(1000 + number)))
            assert joined is not None
            assert len(await tx.check_ins.all_of(joined.id)) == 1
    await new.close()


async def test_a_rotation_that_was_stopped_is_finished_by_the_next(database_url: str) -> None:
    old = await Storage.open(database_url, [KEY])
    circle = await made_circle(old)
    for number in range(250):
        await made_member(old, circle, Account(Platform.DISCORD, str(number)))
    await old.close()
    storage = await Storage.open(database_url, [NEW_KEY, KEY])
    stopped = asyncio.create_task(storage.rotate())
    await asyncio.sleep(0.05)
    stopped.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    await storage.rotate()
    await storage.close()
    new = await Storage.open(database_url, [NEW_KEY])
    assert await new.rotate() == 0
    await new.close()
