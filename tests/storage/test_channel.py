"""What is kept around the channel, on both databases: as it was put, found when due, sealed, forgotten."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.domain.guard import Guard, Policy
from bot.domain.members import Member
from bot.domain.mutes import Mute
from bot.domain.outbox import Recipient
from bot.domain.paces import Slowed
from storage import Storage
from storage.channel_tables import guards, held_apart, mutes
from tests.storage.samples import ADA, BEN, NOW, later, made_circle, made_member


async def test_a_quiet_is_read_as_it_was_put_and_ends(storage: Storage, member: Member) -> None:
    first = Mute(member=member.id, until=later(hours=2), posting=later(hours=1))
    async with storage.begin() as tx:
        for each in (first, replace(first, until=later(hours=3), posting=None)):
            await tx.mutes.put(each)
            assert await tx.mutes.of(member.id) == each
        assert await tx.mutes.until(member.id, NOW) == later(hours=3)
        assert await tx.mutes.until(member.id, later(hours=3)) is None
        await tx.mutes.delete_over(later(hours=2))
        assert await tx.mutes.of(member.id) is not None
        await tx.mutes.delete_over(later(hours=3))
        assert await tx.mutes.of(member.id) is None
        await tx.mutes.put(first)
        await tx.commit()
    async with storage.begin() as tx:
        await tx.members.delete(member.id)
        assert await tx._session.rows(select(mutes)) == []


async def test_what_waits_for_a_member_is_hastened_and_nothing_else_is(
    storage: Storage, member: Member
) -> None:
    async with storage.begin() as tx:
        ids = [
            (await tx.outbox.add(member.circle, recipient, "kind", {}, NOW, member=member.id)).id
            for recipient in (Recipient.MEMBER, Recipient.FACILITATORS)
        ]
        for id_ in ids:
            await tx.outbox.retry(id_, later(days=1))
        await tx.outbox.hasten(member.id, NOW)
        assert [letter.id for letter in await tx.outbox.due(NOW, 9)] == ids[:1]


async def test_two_are_kept_apart_in_either_order_and_only_in_their_circle(storage: Storage) -> None:
    circle, other = await made_circle(storage), await made_circle(storage, 2)
    ada, ben = await made_member(storage, circle), await made_member(storage, circle, BEN)
    async with storage.begin() as tx:
        assert await tx.held_apart.add(circle.id, (ADA, BEN), ())
        assert not await tx.held_apart.add(circle.id, (BEN, ADA), ())
        assert await tx.held_apart.holds(circle.id, BEN, ADA)
        assert not await tx.held_apart.holds(other.id, ADA, BEN)
        people = {ada.id: ADA, ben.id: BEN}
        assert await tx.held_apart.among(circle.id, people) == {frozenset(people)}
        assert await tx.held_apart.among(other.id, people) == set()
        [two] = await tx.held_apart.of(circle.id, [ADA, BEN])
        assert {two.one, two.other} == {ADA, BEN}
        [two] = await tx.held_apart.of(circle.id, [ADA])
        assert {two.one, two.other} == {ADA, None}
        assert not await tx.held_apart.remove(other.id, two.id)
        assert await tx.held_apart.remove(circle.id, two.id)
        assert await tx.held_apart.count(circle.id) == 0


async def test_who_has_not_joined_is_named_by_a_seal_alone_until_they_are_forgotten(storage: Storage) -> None:
    circle = await made_circle(storage)
    async with storage.begin() as tx:
        await tx.held_apart.add(circle.id, (ADA, BEN), (ADA, BEN))
        [row] = await tx._session.rows(select(held_apart))
        assert not any(each.id.encode() in bytes(held) for each in (ADA, BEN) for held in row if held)
        [two] = await tx.held_apart.of(circle.id, [])
        assert {two.one, two.other} == {ADA, BEN}
        await tx.held_apart.forget(ADA)
        [two] = await tx.held_apart.of(circle.id, [])
        assert {two.one, two.other} == {None, BEN}
        assert await tx.held_apart.holds(circle.id, ADA, BEN)


async def test_a_slower_pace_is_found_when_it_is_over(storage: Storage) -> None:
    circle = await made_circle(storage)
    slowed = Slowed(circle=circle.id, seconds=60, before=0, ends_at=later(hours=1), noted=True)
    async with storage.begin() as tx:
        for each in (slowed, replace(slowed, seconds=30, before=10, noted=False)):
            await tx.slow_modes.put(each)
            assert await tx.slow_modes.of(circle.id) == each
        assert await tx.slow_modes.next_at() == later(hours=1)
        assert await tx.slow_modes.due(later(minutes=59)) == []
        assert len(await tx.slow_modes.due(later(hours=1))) == 1
        await tx.slow_modes.remove(circle.id)
        assert await tx.slow_modes.next_at() is None


async def test_a_guard_is_sealed_and_leased_to_one_look_at_a_time(storage: Storage) -> None:
    circle = await made_circle(storage)
    guard = Guard(
        circle=circle.id,
        policy=Policy.TELL,
        copies=BEN.id,
        rules={"care": ADA.id},
        anew=True,
        told="no-permission",
    )
    async with storage.begin() as tx:
        await tx.guards.put(guard, later(minutes=10))
        assert await tx.guards.get(circle.id) == guard
        [row] = await tx._session.rows(select(guards))
        assert ADA.id.encode() not in bytes(row.sealed)
        assert await tx.guards.due(later(minutes=9), later(minutes=19)) == []
        await tx.guards.look_at([circle.id], later(hours=1))
        assert await tx.guards.next_at() == later(minutes=10)
        await tx.guards.look_at([circle.id], NOW)
        assert await tx.guards.next_at() == NOW
        assert await tx.guards.due(NOW, NOW + timedelta(minutes=10)) == [guard]
        assert await tx.guards.due(NOW, NOW + timedelta(minutes=10)) == []
        await tx.guards.remove(circle.id)
        assert await tx.guards.get(circle.id) is None
