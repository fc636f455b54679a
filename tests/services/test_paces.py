"""A slower channel: for a while or for good, ended by itself, and never over another's hand."""

from datetime import timedelta

import pytest

from bot.domain.audit import Deed
from bot.domain.channel_errors import BadSpan, CannotSlow
from bot.domain.errors import NotFacilitator, NotPermitted, Unreachable
from tests.services.house import ADA, MARA, House
from tests.services.recorder import Fault


async def test_a_pace_ends_by_itself_goes_back_to_that_of_before_and_tells_the_circle(house: House) -> None:
    circle = await house.circle()
    house.face.paces[circle.id] = 10
    done = await house.paces.set_(MARA, circle.id, 300, span="2h")
    assert done.ends_at == house.clock.now() + timedelta(hours=2)
    await house.paces.set_(MARA, circle.id, 60, span="1h")  # changed meanwhile: it still goes back to ten
    await house.step(minutes=59)
    await house.paces.tick()
    assert house.face.paces[circle.id] == 60
    await house.step(minutes=1)
    await house.paces.tick()
    await house.paces.tick()
    await house.letters.tick()
    assert house.face.paces[circle.id] == 10
    assert house.face.kinds() == ["pace-ended"]
    [deed, before, *_] = await house.circles.audit(MARA, circle.id)
    assert (deed.deed, deed.about, before.about) == (Deed.PACE_SET, "1 minute for 1h", "5 minutes for 2h")


async def test_without_an_end_it_stays_and_off_takes_a_planned_end_away(house: House) -> None:
    circle = await house.circle()
    await house.paces.set_(MARA, circle.id, 60, span="1h")
    await house.paces.set_(MARA, circle.id, 30)
    await house.step(days=2)
    await house.paces.tick()
    assert house.face.paces[circle.id] == 30
    done = await house.paces.set_(MARA, circle.id, 0, span="1h")
    assert (house.face.paces[circle.id], done.ends_at) == (0, None)


async def test_what_somebody_set_by_hand_meanwhile_is_theirs_to_end(house: House) -> None:
    circle = await house.circle()
    await house.paces.set_(MARA, circle.id, 60, span="1h")
    house.face.paces[circle.id] = 900
    await house.step(hours=1)
    await house.paces.tick()
    await house.letters.tick()
    assert (house.face.paces[circle.id], house.face.kinds()) == (900, [])


async def test_a_new_one_goes_back_to_what_somebody_set_by_hand_meanwhile(house: House) -> None:
    circle = await house.circle()
    await house.paces.set_(MARA, circle.id, 60, span="1h")
    house.face.paces[circle.id] = 900
    await house.paces.set_(MARA, circle.id, 300, span="1h")
    await house.step(hours=1)
    await house.paces.tick()
    assert house.face.paces[circle.id] == 900


async def test_an_end_without_an_answer_is_tried_again_and_one_that_is_refused_is_told(house: House) -> None:
    circle = await house.circle()
    await house.paces.set_(MARA, circle.id, 60, span="1h", note=False)
    await house.step(hours=1)
    house.face.pace_faults = [Fault(Unreachable()), Fault(NotPermitted())]
    await house.paces.tick()
    await house.letters.tick()
    assert house.face.kinds() == []
    await house.paces.tick()
    await house.letters.tick()
    assert house.face.kinds() == ["pace-stuck"]


async def test_a_refused_change_leaves_all_as_it_was(house: House) -> None:
    circle = await house.circle()
    await house.paces.set_(MARA, circle.id, 60, span="1h", note=False)
    house.face.pace_faults = [Fault(NotPermitted())]
    with pytest.raises(CannotSlow):
        await house.paces.set_(MARA, circle.id, 300, span="5h")
    await house.step(hours=1)
    await house.paces.tick()
    assert house.face.paces[circle.id] == 0


@pytest.mark.parametrize("span", ["", "soon", "0m", "8d", "-1h", "1w", "99999m"])
async def test_what_is_no_length_of_time_changes_nothing(house: House, span: str) -> None:
    circle = await house.circle()
    with pytest.raises(BadSpan):
        await house.paces.set_(MARA, circle.id, 60, span=span)
    with pytest.raises(NotFacilitator):
        await house.paces.set_(ADA, circle.id, 60)
    assert house.face.paces == {}
