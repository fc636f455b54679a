"""One map a person: theirs alone, kept while they are anybody's member, gone when they say so."""

import pytest
from sqlalchemy import select

from bot.domain import errors
from bot.domain.safety_maps import MapPart
from bot.services.departures import Departures
from storage.member_tables import safety_maps
from tests.services.house import ADA, BEN, MARA, YES, House

GIVEN = {MapPart.SIGNS: "I count the spoons.", MapPart.PEOPLE: "Noor, evenings"}


async def rows(house: House) -> int:
    """How many maps there are."""
    async with house.storage.begin() as tx:
        return len(await tx._session.rows(select(safety_maps)))


async def test_a_map_is_drawn_changed_and_cleared_by_its_member_alone(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, frozenset())  # saving it is the yes to keeping it
    await house.members.join(BEN, circle.id, YES)
    assert (await house.safety_maps.of(ADA)).map is None
    shown = await house.safety_maps.put(ADA, GIVEN)
    assert shown.map is not None
    assert (dict(shown.map.parts), shown.circles) == (GIVEN, (circle,))
    assert (await house.safety_maps.of(BEN)).map is None
    for stranger in (MARA,):
        with pytest.raises(errors.NotAMember):
            await house.safety_maps.of(stranger)
        with pytest.raises(errors.NotAMember):
            await house.safety_maps.put(stranger, GIVEN)
    with pytest.raises(errors.TooLong):
        await house.safety_maps.put(ADA, {MapPart.HELPS: "x" * 1001})
    changed = await house.safety_maps.put(ADA, {MapPart.HELPS: "tea"})
    assert changed.map is not None
    assert dict(changed.map.parts) == {MapPart.HELPS: "tea"}
    assert (await house.safety_maps.put(ADA, {})).map is None  # an emptied form clears it
    await house.safety_maps.put(ADA, GIVEN)
    assert (await house.safety_maps.clear(ADA)).map is None
    assert await rows(house) == 0


@pytest.mark.parametrize("now", [True, False])
async def test_it_goes_along_while_any_membership_stands(house: House, now: bool) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    for circle in (first, second):
        await house.members.join(ADA, circle.id, YES)
    await house.safety_maps.put(ADA, GIVEN)
    await house.members.leave(ADA, first.id, now=now)
    held = {each.circle.id: each.safety_map for each in (await house.privacy.everything(ADA)).circles}
    assert held[second.id] is not None
    assert held.get(first.id) is None
    await house.members.leave(ADA, second.id, now=now)
    if not now:
        assert (await house.safety_maps.of(ADA)).map is not None  # theirs until it is deleted
        with pytest.raises(errors.NotAMember):
            await house.safety_maps.put(ADA, GIVEN)
        await house.step(days=8)
        await house.members.erase_due()
    with pytest.raises(errors.NotAMember):
        await house.safety_maps.of(ADA)
    assert await rows(house) == 0


async def test_who_left_the_server_keeps_it_with_another_circle(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    for circle in (first, second):
        await house.members.join(ADA, circle.id, YES)
    await house.safety_maps.put(ADA, GIVEN)
    [gone, _] = [member for _, member in await house.members.memberships(ADA)]
    async with house.storage.begin() as tx:
        await Departures(house.storage, house.clock, house.face)._gone(tx, gone)
        await tx.commit()
    [_, kept] = (await house.privacy.everything(ADA)).circles
    assert kept.safety_map is not None


async def test_deleting_everything_deletes_it_from_every_circle(house: House) -> None:
    for channel in ("10", "20"):
        await house.members.join(ADA, (await house.circle(channel)).id, YES)
    await house.safety_maps.put(ADA, GIVEN)
    await house.members.delete_all(ADA)
    assert await rows(house) == 0


async def test_who_comes_back_in_another_circle_has_one_map_there(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    await house.members.join(ADA, first.id, YES)
    await house.safety_maps.put(ADA, GIVEN)
    await house.members.leave(ADA, first.id)
    await house.members.join(ADA, second.id, YES)
    shown = await house.safety_maps.put(ADA, {MapPart.HELPS: "tea"})
    assert shown.map is not None
    assert dict(shown.map.parts) == {MapPart.HELPS: "tea"}
    assert await rows(house) == 1
