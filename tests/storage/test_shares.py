"""Shares: wait in their circle's queue, keep what was decided."""

from dataclasses import replace

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import AlreadyDecided, NoSuchShare
from bot.domain.ids import ShareId
from bot.domain.members import Member
from bot.domain.shares import Draft, Queue, Review, Wish
from storage import Storage
from tests.storage.samples import NOW, later, made_circle, made_occurrence

TEXT = "What helped was walking to the river\nand back."
DRAFT = Draft(text=TEXT, named=True, wish=Wish.LISTEN, topic="rivers", covered=True)


async def test_a_share_waits_until_it_is_decided(storage: Storage, circle: Circle, member: Member) -> None:
    occurrence = await made_occurrence(storage, circle)
    async with storage.begin() as tx:
        share = await tx.shares.add(circle.id, member.id, occurrence.id, DRAFT, NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.shares.get(share.id) == share
        assert await tx.shares.waiting(circle.id) == [share]
    decided = replace(
        share, review=Review.DECLINED, decided_at=later(hours=1), reason="It names a street", waits_since=None
    )
    async with storage.begin() as tx:
        await tx.shares.put(decided, was=Review.WAITING)
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
        shares = [
            await tx.shares.add(circle.id, member.id, None, Draft(text=f"{TEXT}{turn}"), NOW)
            for turn in range(3)
        ]
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.shares.waiting(circle.id) == shares
        assert await tx.shares.waiting(other.id) == []
        assert await tx.shares.queue(circle.id, but=shares[0].id) == Queue(2, NOW)
        assert await tx.shares.queue(other.id) == Queue(0, None)


async def test_words_are_decided_on_once_however_many_write(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        share = await tx.shares.add(circle.id, member.id, None, DRAFT, NOW)
        await tx.shares.put(replace(share, review=Review.APPROVED, waits_since=None), was=Review.WAITING)
        with pytest.raises(AlreadyDecided) as refused:
            await tx.shares.put(replace(share, review=Review.DECLINED), was=Review.WAITING)
    assert refused.value.review == Review.APPROVED


async def test_what_has_waited_long_is_found_until_its_people_are_told(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        share = await tx.shares.add(circle.id, member.id, None, DRAFT, NOW)
        assert await tx.shares.late(later(hours=-1), 1, 9) == []
        assert await tx.shares.late(NOW, 1, 9) == [share]
        await tx.shares.put(replace(share, told=1), was=Review.WAITING)
        assert await tx.shares.late(NOW, 1, 9) == []


async def test_what_came_to_its_end_is_deleted_in_time(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        shares = [await tx.shares.add(circle.id, member.id, None, DRAFT, NOW) for _ in range(3)]
        for share, review in zip(shares, (Review.DECLINED, Review.APPROVED, Review.WAITING), strict=True):
            await tx.shares.put(replace(share, review=review, decided_at=NOW), was=Review.WAITING)
        assert await tx.shares.delete_decided(member.id, [Review.DECLINED], NOW) == 0
        assert await tx.shares.delete_decided(member.id, [Review.DECLINED], later(days=1)) == 1
        assert [share.id for share in await tx.shares.of(member.id)] == [share.id for share in shares[1:]]


async def test_an_unknown_share_is_refused(storage: Storage, circle: Circle, member: Member) -> None:
    async with storage.begin() as tx:
        with pytest.raises(NoSuchShare):
            await tx.shares.get(ShareId(999))
        share = await tx.shares.add(circle.id, member.id, None, DRAFT, NOW)
        with pytest.raises(NoSuchShare):
            await tx.shares.put(replace(share, id=ShareId(999)), was=Review.WAITING)
