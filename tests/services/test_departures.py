"""Who left the server is treated as leaving, on the platform's definite word alone; coming back ends it."""

from datetime import timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, NotPermitted, Rejected, Unreachable
from bot.domain.members import GRACE, Member, Scope
from bot.domain.shares import Review
from bot.services.departures import AT_ONCE, Departures
from tests.services.house import ADA, BEN, House, person
from tests.services.recorder import Fault

ALL = frozenset(Scope)


async def there(house: House, who: object = ADA) -> Circle:
    circle = await house.circle()
    await house.members.join(who, circle.id, ALL)  # type: ignore[arg-type]
    return circle


async def departures(house: House) -> Departures:
    """Begun now, as at a start: whose minute is not this one is asked for later."""
    service = Departures(house.storage, house.clock, house.face)
    await service.tick()
    return service


async def days(house: House, service: Departures, count: int = 1) -> None:
    """Lets days pass, with some ticks after each."""
    for _ in range(count):
        house.clock.step(timedelta(days=1))
        for _ in range(3):
            await service.tick()


async def membership(house: House, who: object = ADA) -> Member:
    [(_, member)] = await house.members.memberships(who)  # type: ignore[arg-type]
    return member


async def test_who_left_the_server_leaves_with_seven_days_of_grace(house: House) -> None:
    circle = await there(house)
    await house.members.join(BEN, circle.id, ALL)
    share = await house.offer(ADA, None, circle.id, "words that wait")
    house.face.absent = {ADA.account}
    service = await departures(house)
    await days(house, service)
    gone = await membership(house)
    assert (gone.left_at, gone.delete_at) == (house.clock.now(), house.clock.now() + GRACE)
    assert (await house.shares.mine(ADA))[0].review is Review.WITHDRAWN
    assert (await membership(house, BEN)).active
    assert share.review is Review.WAITING
    await days(house, service, 6)
    await house.members.erase_due()
    assert (await membership(house)).left_at == gone.left_at, "the first date stands"
    house.clock.step(timedelta(days=1))
    await house.members.erase_due()
    assert await house.members.memberships(ADA) == []
    await house.letters.tick()
    assert "departed" not in house.face.kinds(), "nobody is written to"


async def test_coming_back_within_the_grace_cancels_it_with_everything_as_it_was(house: House) -> None:
    circle = await there(house)
    before = await membership(house)
    house.face.absent = {ADA.account}
    await days(house, await departures(house), 3)
    assert not (await membership(house)).active
    house.face.absent = set()
    service = await departures(house)
    await days(house, service)
    assert await membership(house) == before
    await house.members.leave(ADA, circle.id)
    await days(house, service, 2)
    assert not (await membership(house)).active, "who left by their own word has left, there or not"


async def test_joining_again_cancels_it_too(house: House) -> None:
    circle = await there(house)
    house.face.absent = {ADA.account}
    service = await departures(house)
    await days(house, service)
    house.face.absent = set()
    assert (await house.members.join(ADA, circle.id, ALL)).returned
    await days(house, service)
    assert (await membership(house)).active


@pytest.mark.parametrize("error", [Unreachable(), ChannelGone(), NotPermitted(), Rejected()])
async def test_no_outage_and_no_refusal_is_anybody_s_leaving(house: House, error: DeliveryError) -> None:
    await there(house)
    service = await departures(house)
    house.face.absent = {ADA.account}
    house.face.present_faults = [Fault(error)] * 400
    await days(house, service, 10)
    assert house.face.calls.count("present") >= 10
    assert (await membership(house)).active


async def test_who_was_not_reached_is_asked_for_again_soon(house: House) -> None:
    await there(house)
    service = await departures(house)
    house.clock.step(timedelta(days=1))
    house.face.absent, house.face.present_faults = {ADA.account}, [Fault(Unreachable())]
    await service.tick()
    assert (await membership(house)).active
    await service.tick()
    assert not (await membership(house)).active


async def test_a_few_are_asked_for_a_minute_and_each_once_a_day(house: House) -> None:
    circle = await house.circle()
    for number in range(12):
        await house.members.join(person(f"{100 + number}"), circle.id, ALL)
    service = await departures(house)
    calls = house.face.calls
    house.clock.step(timedelta(hours=23, minutes=55))
    asked = []
    for _ in range(6):
        before = calls.count("present")
        await service.tick()
        asked.append(calls.count("present") - before)
    assert max(asked) == AT_ONCE
    assert sum(asked) == 12
    house.clock.step(timedelta(minutes=4))
    await service.tick()
    assert calls.count("present") == 12
