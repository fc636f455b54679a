"""Circles: found by where they live, on both databases."""

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Pause, QuietHours, Sharing
from bot.domain.errors import CircleExists, NoCircle
from bot.domain.ids import CircleId
from storage import Storage
from tests.storage.samples import NOW, home, later, made_circle, made_member, settings


async def test_a_circle_is_read_as_it_was_made(storage: Storage) -> None:
    given = settings(
        zone=ZoneInfo("Asia/Kathmandu"),
        prompt_time=time(7, 30),
        region="NP",
        discreet=False,
        quiet=QuietHours(time(22), time(7, 15)),
        sharing=Sharing.OFF,
    )
    async with storage.begin() as tx:
        made = await tx.circles.add(home(), "Tuesday · 火", given, NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.circles.get(made.id) == made
    assert made.settings == given


async def test_a_channel_is_the_home_of_one_circle(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        with pytest.raises(CircleExists):
            await tx.circles.add(home(), "Another", settings(), NOW)
        await tx.circles.add(home(2), "In its own channel", settings(), NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert [one.name for one in await tx.circles.all()] == [circle.name, "In its own channel"]


async def test_a_circle_is_found_by_home_and_by_facilitators_channel(
    storage: Storage, circle: Circle
) -> None:
    async with storage.read() as tx:
        assert await tx.circles.at_channel(Platform.DISCORD, circle.home.channel) == circle
        assert await tx.circles.at_channel(Platform.DISCORD, circle.home.facilitators) == circle
        assert await tx.circles.at_channel(Platform.DISCORD, circle.home.role) is None
        assert await tx.circles.of_server(Platform.DISCORD, circle.home.server) == [circle]
        assert await tx.circles.of_server(Platform.DISCORD, "5") == []


async def test_a_facilitators_channel_of_two_circles_names_neither(storage: Storage, circle: Circle) -> None:
    async with storage.begin() as tx:
        await tx.circles.add(home(2, facilitators=circle.home.facilitators), "Second", settings(), NOW)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.circles.at_channel(Platform.DISCORD, circle.home.facilitators) is None


async def test_what_changes_of_a_circle_is_kept(storage: Storage, circle: Circle) -> None:
    changed = replace(
        circle,
        name="Renamed",
        home=home(7, server="4"),
        settings=settings(region="PT"),
        pause=Pause(NOW, later(days=3)),
        welcome="940000000000000001",
    )
    async with storage.begin() as tx:
        await tx.circles.put(changed)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.circles.get(circle.id) == changed
        assert await tx.circles.at_channel(Platform.DISCORD, circle.home.channel) is None
        assert await tx.circles.of_server(Platform.DISCORD, "4") == [changed]


async def test_a_circle_does_not_move_into_another_ones_home(storage: Storage, circle: Circle) -> None:
    second = await made_circle(storage, 2)
    async with storage.begin() as tx:
        with pytest.raises(CircleExists):
            await tx.circles.put(replace(second, home=circle.home))


async def test_an_unknown_circle_is_refused(storage: Storage, circle: Circle) -> None:
    unknown = CircleId(999)
    async with storage.begin() as tx:
        with pytest.raises(NoCircle):
            await tx.circles.get(unknown)
        with pytest.raises(NoCircle):
            await tx.circles.put(replace(circle, id=unknown, home=home(9)))


async def test_a_deleted_circle_takes_its_members_with_it(storage: Storage, circle: Circle) -> None:
    member = await made_member(storage, circle)
    async with storage.begin() as tx:
        await tx.circles.delete(circle.id)
        await tx.commit()
    async with storage.read() as tx:
        assert await tx.circles.all() == []
        assert await tx.members.get(member.id) is None
