"""Shares: wait in their circle's queue, keep what was decided."""

from dataclasses import replace

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import NoSuchShare
from bot.domain.ids import ShareId
from bot.domain.members import Member
from bot.domain.shares import Review
from storage import Storage
from tests.storage.samples import NOW, later, made_circle, made_occurrence

TEXT = "What helped was walking to the river\nand back."


async def test_a_share_waits_until_it_is_decided(storage: Storage, circle: Circle, member: Member) -> None:
    occurrence = await made_occurrence(storage, circle)
    async with storage.begin() as tx:
        share = await tx.shares.add(circle.id, member.id, occurrence.id, TEXT, NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.shares.get(share.id) == share
        assert await tx.shares.waiting(circle.id) == [share]
    decided = replace(
        share, review=Review.DECLINED, decided_at=later(hours=1), reason="It names a street", message="96"
    )
    async with storage.begin() as tx:
        await tx.shares.put(decided)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.shares.get(share.id) == decided
        assert await tx.shares.waiting(circle.id) == []
        assert await tx.shares.of(member.id) == [decided]


async def test_a_queue_is_oldest_first_and_the_circles_own(
    storage: Storage, circle: Circle, member: Member
) -> None:
    other = await made_circle(storage, 2)
    async with storage.begin() as tx:
        shares = [await tx.shares.add(circle.id, member.id, None, f"{TEXT}{turn}", NOW) for turn in range(3)]
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.shares.waiting(circle.id) == shares
        assert await tx.shares.waiting(other.id) == []


async def test_an_unknown_share_is_refused(storage: Storage, circle: Circle, member: Member) -> None:
    async with storage.begin() as tx:
        with pytest.raises(NoSuchShare):
            await tx.shares.get(ShareId(999))
        share = await tx.shares.add(circle.id, member.id, None, TEXT, NOW)
        with pytest.raises(NoSuchShare):
            await tx.shares.put(replace(share, id=ShareId(999)))
