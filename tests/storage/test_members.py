"""Members: found by account without the account, deleted with everything of theirs."""

from dataclasses import replace

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import NoSuchShare, NotAMember, VaultError
from bot.domain.members import GRACE, Member, Scope
from bot.domain.outbox import Recipient
from bot.domain.shares import Draft
from storage import Storage
from tests.storage.samples import (
    ADA,
    BEN,
    NOTE,
    NOW,
    TODAY,
    check_in,
    later,
    made_circle,
    made_member,
    made_occurrence,
    put,
)


async def test_a_member_is_found_by_account_in_each_circle(storage: Storage, circle: Circle) -> None:
    second = await made_circle(storage, 2)
    here = await made_member(storage, circle)
    there = await made_member(storage, second)
    async with storage.read() as tx:
        assert await tx.members.find(circle.id, ADA) == here
        assert await tx.members.find(circle.id, BEN) is None
        assert await tx.members.of(ADA) == [here, there]
        assert await tx.members.account(there.id) == ADA
        assert await tx.members.get(here.id) == here


async def test_joining_twice_is_one_membership(storage: Storage, member: Member, circle: Circle) -> None:
    again = await made_member(storage, circle)
    assert again == member
    async with storage.read() as tx:
        assert await tx.members.count(circle.id) == 1


async def test_consents_and_leaving_are_kept(storage: Storage, member: Member) -> None:
    changed = replace(
        member,
        consents=frozenset({Scope.STREAKS, Scope.REMINDERS}),
        consent_version=2,
        left_at=NOW,
        delete_at=NOW + GRACE,
    )
    async with storage.begin() as tx:
        await tx.members.put(changed)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.members.find(member.circle, ADA) == changed
        assert await tx.members.count(member.circle) == 0
        assert await tx.members.leaving_before(later(days=7)) == [changed]
        assert await tx.members.leaving_before(later(days=6)) == []


async def test_a_member_who_stays_is_never_due_for_deletion(storage: Storage, member: Member) -> None:
    async with storage.read() as tx:
        assert await tx.members.leaving_before(later(days=9999)) == []


async def test_a_deleted_member_leaves_nothing_behind(
    storage: Storage, member: Member, circle: Circle
) -> None:
    other = await made_member(storage, circle, BEN)
    occurrence = await made_occurrence(storage, circle)
    for one in (member, other):
        await put(storage, check_in(one, occurrence.id))
    async with storage.begin() as tx:
        share = await tx.shares.add(circle.id, member.id, None, Draft(text=NOTE), NOW)
        await tx.outbox.add(circle.id, Recipient.FACILITATORS, "person-wanted", {}, NOW, member.id)
        await tx.commit()
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.members.find(circle.id, ADA) is None
        assert await tx.members.of(ADA) == []
        assert await tx.check_ins.all_of(member.id) == []
        assert await tx.check_ins.count(occurrence.id) == 1
        assert await tx.outbox.due(later(days=1), 10) == []
        with pytest.raises(NoSuchShare):
            await tx.shares.get(share.id)
        with pytest.raises(VaultError):
            await tx.members.account(member.id)
        assert len(await tx.check_ins.all_of(other.id)) == 1


async def test_nothing_more_is_kept_for_a_deleted_member(storage: Storage, member: Member) -> None:
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        with pytest.raises(VaultError):
            await tx.check_ins.put(check_in(member))
        with pytest.raises(NotAMember):
            await tx.members.put(member)


async def test_who_comes_back_after_deletion_is_somebody_new(
    storage: Storage, member: Member, circle: Circle
) -> None:
    await put(storage, check_in(member))
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        await tx.commit()
    back = await made_member(storage, circle)
    assert back.id != member.id
    async with storage.read() as tx:
        assert await tx.check_ins.of(back.id, None, TODAY) is None
