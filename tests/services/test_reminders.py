"""Who asked is reminded of the day's check-in, once, and only while it is unanswered and welcome."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.circles import Circle, QuietHours
from bot.domain.errors import BadTime, ConsentNeeded, MessagesClosed, NotAMember, UnknownZone, Unreachable
from bot.domain.members import Scope
from bot.domain.preferences import Preferences
from bot.domain.reminders import Strength
from bot.services.circle_settings import Typed
from bot.services.reminders import Reminders
from tests.services.house import ADA, BEN, MARA, RAIN, House
from tests.services.recorder import Fault

BOTH = {Scope.CHECK_INS, Scope.REMINDERS}
SIX = (2026, 3, 2, 17, 0)  # 18:00 in Berlin, on the first post's day


async def wanting(house: House, *who: object, strength: Strength = Strength.PLAIN) -> Circle:
    """A circle whose members want to be reminded at six in the evening."""
    circle = await house.circle()
    for each in who or (ADA,):
        await house.members.join(each, circle.id, BOTH)  # type: ignore[arg-type]
        await again(house).set_(each, circle.id, at="18:00", strength=strength)  # type: ignore[arg-type]
    await house.posted(circle)
    return circle


def again(house: House) -> Reminders:
    """The service, as it is after any restart."""
    return Reminders(house.storage, house.clock)


async def at(house: House, *moment: int) -> int:
    """Goes there past each day's post, looks twice at once, as two processes would; how many came in all."""
    to = datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]
    while (post := _next_post(house)) < to:
        house.clock.set(post)
        await house.dispatch.tick()
        await house.dispatch.drain()
    house.clock.set(to)
    await asyncio.gather(again(house).tick(), again(house).tick())
    await house.letters.tick()
    await house.letters.drain()
    return house.face.kinds().count("reminder")


def _next_post(house: House) -> datetime:
    """At 09:00 in Berlin."""
    today = house.clock.now().replace(hour=8, minute=0)
    return today if today > house.clock.now() else today + timedelta(days=1)


async def prefer(house: House, circle: Circle, wishes: Preferences) -> None:
    async with house.storage.begin() as tx:
        member = await tx.members.find(circle.id, ADA.account)
        assert member is not None
        await tx.preferences.put(member.id, wishes)
        await tx.commit()


async def test_who_has_not_answered_is_reminded_once_a_day_over_restarts(house: House) -> None:
    circle = await wanting(house, ADA, BEN)
    assert await at(house, 2026, 3, 2, 16, 59) == 0
    await house.check_ins.submit_today(BEN, circle.id, RAIN)
    assert await at(house, *SIX) == 1
    assert await at(house, 2026, 3, 2, 20, 0) == 1
    assert house.face.letters[-1][1] == ADA.account
    assert await at(house, 2026, 3, 3, 17, 0) == 3


async def test_a_second_one_comes_two_hours_later_to_who_asked_for_two_and_has_still_not_answered(
    house: House,
) -> None:
    circle = await wanting(house, ADA, BEN, strength=Strength.TWICE)
    assert await at(house, *SIX) == 2
    await house.check_ins.submit_today(BEN, circle.id, RAIN)
    assert await at(house, 2026, 3, 2, 18, 59) == 2
    assert await at(house, 2026, 3, 2, 19, 0) == 3
    assert await at(house, 2026, 3, 2, 21, 0) == 3


async def test_nothing_comes_where_nothing_was_posted_or_the_circle_rests(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, BOTH)
    await again(house).set_(ADA, circle.id, at="08:30")
    assert await at(house, 2026, 3, 2, 7, 30) == 0, "before the day's post"
    await again(house).set_(ADA, circle.id, at="18:00")
    await at(house, 2026, 3, 2, 9, 0)
    await house.circles.pause(MARA, circle.id)
    assert await at(house, *SIX) == 0
    await at(house, 2026, 3, 3, 7, 0)
    await house.circles.resume(MARA, circle.id)
    assert await at(house, 2026, 3, 3, 16, 59) == 0
    assert await at(house, 2026, 3, 3, 17, 0) == 1


@pytest.mark.parametrize("scope", sorted(BOTH))
async def test_without_a_yes_nothing_is_set_and_nothing_comes(house: House, scope: Scope) -> None:
    circle = await wanting(house)
    await house.members.consents(ADA, circle.id, BOTH - {scope})
    assert await at(house, *SIX) == 0
    with pytest.raises(ConsentNeeded):
        await again(house).set_(ADA, circle.id, at="19:00")
    with pytest.raises(NotAMember):
        await again(house).set_(BEN, circle.id, at="19:00")
    await house.members.consents(ADA, circle.id, BOTH)
    assert await at(house, 2026, 3, 3, 17, 0) == 1


async def test_who_is_leaving_or_has_stopped_them_hears_nothing(house: House) -> None:
    circle = await wanting(house, ADA, BEN)
    assert await again(house).remove(ADA, circle.id)
    assert not await again(house).remove(ADA, circle.id)
    await house.members.leave(BEN, circle.id)
    assert await at(house, *SIX) == 0
    assert await again(house).remove(BEN, circle.id), "leaving, one can stop them too"


@pytest.mark.parametrize("whose", ["the circle's", "the member's"])
async def test_nothing_comes_in_quiet_hours_and_that_is_said_when_it_is_set(house: House, whose: str) -> None:
    circle = await wanting(house)
    if whose == "the circle's":
        await house.circles.settings(MARA, circle.id, Typed(quiet_from="17:30", quiet_until="07:00"))
    else:
        await prefer(house, circle, Preferences(quiet=QuietHours(time(17, 30), time(7))))
    assert await at(house, *SIX) == 0
    assert await at(house, 2026, 3, 3, 6, 30) == 0, "not on the next morning either"
    assert (await again(house).of(ADA, circle.id)).in_quiet
    assert not (await again(house).set_(ADA, circle.id, at="17:00")).in_quiet
    assert await at(house, 2026, 3, 3, 16, 0) == 1


async def test_closed_messages_switch_it_off_and_that_is_told_once(house: House) -> None:
    circle = await wanting(house)
    house.face.letter_faults = [Fault(MessagesClosed())]
    assert await at(house, *SIX) == 0
    assert await at(house, 2026, 3, 3, 17, 0) == 0
    found = (await again(house).of(ADA, circle.id)).reminder
    assert found is not None
    assert found.off
    answers = [await house.check_ins.submit_today(ADA, circle.id, RAIN) for _ in range(2)]
    assert [answer.reminder_off for answer in answers] == [True, False]
    await again(house).set_(ADA, circle.id)
    assert await at(house, 2026, 3, 4, 17, 0) == 1
    assert not (await house.check_ins.submit_today(ADA, circle.id, RAIN)).reminder_off


async def test_one_that_could_not_leave_at_once_is_not_sent_after_an_answer_nor_late(house: House) -> None:
    circle = await wanting(house, ADA, BEN)
    house.face.letter_faults = [Fault(Unreachable())] * 2
    assert await at(house, *SIX) == 0
    await house.check_ins.submit_today(ADA, circle.id, RAIN)
    assert await at(house, 2026, 3, 2, 17, 10) == 1
    house.face.letter_faults = [Fault(Unreachable())] * 20
    await house.check_ins.take_back(ADA, circle_id=circle.id)
    await at(house, 2026, 3, 3, 17, 0)
    house.face.letter_faults = []
    assert await at(house, 2026, 3, 3, 18, 1) == 1


async def test_after_a_night_away_nobody_is_reminded_of_yesterday(house: House) -> None:
    await wanting(house)
    assert await at(house, 2026, 3, 3, 7, 0) == 0
    assert await at(house, 2026, 3, 3, 17, 30) == 1, "late, and within the hour"


async def test_a_new_time_on_the_day_of_a_reminder_brings_no_second_one(house: House) -> None:
    circle = await wanting(house)
    assert await at(house, *SIX) == 1
    await again(house).set_(ADA, circle.id, at="19:00")
    assert await at(house, 2026, 3, 2, 18, 0) == 1
    assert await at(house, 2026, 3, 3, 18, 0) == 2


async def test_the_time_is_the_member_s_own_zone_s(house: House) -> None:
    circle = await wanting(house)
    shown = await again(house).set_(ADA, circle.id, at="18:30", zone="america/new york")
    assert shown.reminder is not None
    assert shown.reminder.zone.key == "America/New_York"
    assert not shown.too_early
    assert await at(house, 2026, 3, 2, 23, 29) == 0
    assert await at(house, 2026, 3, 2, 23, 30) == 1


async def test_what_cannot_be_read_changes_nothing(house: House) -> None:
    circle = await wanting(house)
    before = (await again(house).of(ADA, circle.id)).reminder
    with pytest.raises(BadTime):
        await again(house).set_(ADA, circle.id, at="six")
    with pytest.raises(UnknownZone):
        await again(house).set_(ADA, circle.id, zone="Mars/Olympus")
    await house.members.join(BEN, circle.id, BOTH)
    with pytest.raises(BadTime):
        await again(house).set_(BEN, circle.id, zone="UTC")
    assert (await again(house).of(ADA, circle.id)).reminder == before
    early = await again(house).set_(ADA, circle.id, at="08:00")
    assert early.too_early


async def test_a_letter_to_a_member_is_as_discreet_and_as_quiet_as_the_member_wishes(house: House) -> None:
    circle = await wanting(house)
    await prefer(house, circle, Preferences(discreet=False, quiet=QuietHours(time(19), time(20))))
    async with house.storage.begin() as tx:
        member = await tx.members.find(circle.id, ADA.account)
        assert member is not None
        await tx.outbox.add(circle.id, "member", "share-posted", {}, house.clock.now(), member=member.id)  # type: ignore[arg-type]
        await tx.commit()
    seen = []
    house.face.closed = lambda wished: seen.append(replace(wished))  # type: ignore[func-returns-value]
    house.clock.set(datetime(2026, 3, 2, 18, 30, tzinfo=UTC))
    await house.letters.tick()
    assert seen == []
    house.clock.step(timedelta(minutes=30))
    await house.letters.tick()
    assert [wished.settings.discreet for wished in seen] == [False]
