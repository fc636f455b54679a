"""Reminders: kept as they are, found when due, sealed, and gone with their member; and who is asked for."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.circles import Circle
from bot.domain.members import Member
from bot.domain.reminders import Reminder, Strength
from storage import Storage
from tests.storage.samples import BEN, TODAY, later, made_circle, made_member

ZONE = "Pacific/Chatham"


def wish(member: Member) -> Reminder:
    return Reminder(
        member=member.id,
        at=time(21, 47),
        zone=ZoneInfo(ZONE),
        strength=Strength.TWICE,
        next_at=later(hours=1),
        again=True,
        last=TODAY,
        told=True,
    )


async def test_one_is_read_as_it_was_put_and_a_second_one_takes_its_place(
    storage: Storage, member: Member
) -> None:
    first = wish(member)
    async with storage.begin() as tx:
        for each in (first, replace(first, next_at=None, last=None, told=False)):
            await tx.reminders.put(each)
            assert await tx.reminders.of(member.id) == each
        assert await tx.reminders.next_at() is None
        assert await tx.reminders.remove(member.id)
        assert not await tx.reminders.remove(member.id)
        assert await tx.reminders.of(member.id) is None


async def test_what_is_due_is_found_the_longest_due_first_and_goes_with_the_member(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    mine, bens = wish(member), replace(wish(ben), next_at=later(minutes=30))
    async with storage.begin() as tx:
        for each in (mine, bens):
            await tx.reminders.put(each)
        assert await tx.reminders.next_at() == bens.next_at
        assert await tx.reminders.due(later(minutes=29), 9) == []
        assert await tx.reminders.due(later(hours=1), 9) == [bens, mine]
        assert await tx.reminders.due(later(hours=1), 1) == [bens]
        await tx.members.delete(ben.id)
        assert await tx.reminders.due(later(hours=1), 9) == [mine]


async def test_time_and_zone_stand_sealed(sqlite: Storage, tmp_path: Path) -> None:
    member = await made_member(sqlite, await made_circle(sqlite))
    async with sqlite.begin() as tx:
        await tx.reminders.put(wish(member))
        await tx.commit()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("trellis.db*"))
    for secret in (ZONE, "21:47", "twice"):
        assert secret.encode() not in written


async def test_every_member_is_asked_for_in_one_part_of_the_day(
    storage: Storage, circle: Circle, member: Member
) -> None:
    ben = await made_member(storage, circle, BEN)
    async with storage.read() as tx:
        parts = [await tx.members.in_parts({part}, 3) for part in range(3)]
        assert sorted(id_ for part in parts for id_ in part) == [member.id, ben.id]
        assert await tx.members.in_parts(range(3), 3) == [member.id, ben.id]
