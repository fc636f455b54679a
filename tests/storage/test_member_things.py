"""Wishes, looks and frozen weeks on both databases: as put, sealed with their member's key, gone with it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.accounts import Account, Platform
from bot.domain.circles import Circle, QuietHours
from bot.domain.errors import VaultError
from bot.domain.following import Following, met
from bot.domain.listening.tiers import Tier
from bot.domain.looks import Look, Seen
from bot.domain.members import Member
from bot.domain.preferences import Preferences
from bot.domain.safety_maps import MapPart, drawn
from storage import Storage
from tests.storage.samples import NOW, later

WISHES = Preferences(
    discreet=True,
    quiet=QuietHours(time(22), time(7)),
    notes=timedelta(days=7),
    ratings=timedelta(days=30),
    declined=timedelta(days=2),
)
VIEWER = Account(Platform.DISCORD, "960000000000000111")
LOOK = Look(at=NOW, seen=Seen.AUTHOR, about=date(2026, 3, 2), reason="It sounds like danger.", viewer=VIEWER)


async def test_wishes_are_the_standard_until_they_are_put_and_stay_as_put(
    storage: Storage, circle: Circle, member: Member
) -> None:
    async with storage.begin() as tx:
        assert await tx.preferences.of(member.id) == Preferences()
        for wishes in (WISHES, replace(WISHES, discreet=None, quiet=None)):
            await tx.preferences.put(member.id, wishes)
            assert await tx.preferences.of(member.id) == wishes
        await tx.commit()


async def test_looks_are_the_newest_first_and_lose_their_viewer_alone(
    storage: Storage, circle: Circle, member: Member
) -> None:
    answer = Look(at=later(hours=1), seen=Seen.ANSWER, viewer=VIEWER)
    async with storage.begin() as tx:
        for look in (LOOK, answer):
            await tx.looks.note(member.id, look)
        assert await tx.looks.of([member.id]) == [answer, LOOK]
        await tx.looks.forget(VIEWER)
        assert await tx.looks.of([member.id]) == [replace(answer, viewer=None), replace(LOOK, viewer=None)]
        await tx.looks.delete_before(later(minutes=1))
        assert await tx.looks.of([member.id]) == [replace(answer, viewer=None)]
        await tx.commit()


async def test_a_week_is_written_once_and_found_by_its_first_day(
    storage: Storage, circle: Circle, member: Member
) -> None:
    week, later_week = date(2026, 3, 2), date(2026, 3, 9)
    async with storage.begin() as tx:
        assert await tx.summaries.newest(circle.id) is None
        assert await tx.summaries.freeze(circle.id, week, {"people": 5}, NOW)
        assert not await tx.summaries.freeze(circle.id, week, {"people": 10}, NOW)
        assert await tx.summaries.freeze(circle.id, later_week, {}, NOW)
        assert await tx.summaries.newest(circle.id) == later_week
        assert await tx.summaries.since(circle.id, week) == {week: {"people": 5}, later_week: {}}
        await tx.commit()


async def test_they_go_with_their_member(storage: Storage, circle: Circle, member: Member) -> None:
    async with storage.begin() as tx:
        await tx.preferences.put(member.id, WISHES)
        await tx.looks.note(member.id, LOOK)
        await tx.members.delete(member.id)
        assert await tx.preferences.of(member.id) == Preferences()
        assert await tx.looks.of([member.id]) == []
        with pytest.raises(VaultError):
            await tx.preferences.put(member.id, WISHES)


async def test_maps_and_what_follows_stand_as_put_are_found_when_due_and_go_when_over(
    storage: Storage, circle: Circle, member: Member
) -> None:
    map_ = drawn({MapPart.HELPS: "the river", MapPart.PEOPLE: "Noor"}, NOW)
    shown, first = met(Following(member=member.id), Tier.SUICIDE_ACTIVE, NOW, follow_at=later(hours=13))
    assert first
    async with storage.begin() as tx:
        assert await tx.safety_maps.of(member.id) is None
        assert (await tx.followings.of(member.id)).empty
        assert await tx.followings.claimed(member.id) == Following(member=member.id)
        for drawn_, following in ((map_, shown), (drawn({}, NOW), replace(shown, practice_rests=True))):
            await tx.safety_maps.put(member.id, drawn_)
            await tx.followings.put(following)
            assert await tx.safety_maps.of(member.id) == drawn_
            assert await tx.followings.of(member.id) == following
            assert await tx.followings.claimed(member.id) == following
        assert await tx.followings.next_at() == later(hours=6)
        assert await tx.followings.due(later(hours=5), 9) == []
        assert await tx.followings.due(later(hours=6), 9) == [replace(shown, practice_rests=True)]
        await tx.followings.put(Following(member=member.id))
        assert await tx.followings.next_at() is None
        await tx.followings.put(shown)
        await tx.members.delete(member.id)
        assert await tx.followings.next_at() is None
        assert await tx.safety_maps.of(member.id) is None
        await tx.commit()
