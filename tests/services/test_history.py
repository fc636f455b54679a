"""Looking back shows a member their own entries, and nobody anybody else's."""

import pytest

from bot.domain import errors
from bot.domain.check_ins import Answer, Energy, Weather
from bot.domain.history import DAY
from tests.services.house import ADA, BEN, MARA, YES, House


async def test_members_see_their_own_days_with_the_themes_of_their_time(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.members.join(BEN, circle.id, YES)
    await house.plans.lay(MARA, circle.id, "2026-03-02", None)
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, Answer(weather=(Weather.RAIN, Weather.FOG)))
    await house.check_ins.submit(BEN, post.id, Answer(weather=(Weather.STORM,)))
    await house.step(days=1)
    await house.check_ins.submit_today(ADA, circle.id, Answer(energy=Energy.LOW))
    shown, history = await house.histories.mine(ADA, circle.id)
    assert shown.id == circle.id
    assert [(day.weather, day.energy) for day in history.answered] == [
        ((Weather.RAIN, Weather.FOG), None),
        ((), Energy.LOW),
    ]
    assert history.theme_of(history.days[-1].date) == history.themes[0].title
    assert [day.date for day in history.days] == [post.date, post.date + DAY]  # before, she was no member
    await house.step(days=40)
    _, history = await house.histories.mine(ADA, circle.id)
    assert len(history.days) == 28


async def test_who_is_no_member_is_shown_nothing_and_who_leaves_still_can_look(house: House) -> None:
    circle = await house.circle()
    with pytest.raises(errors.NotAMember):
        await house.histories.mine(MARA, circle.id)
    await house.members.join(ADA, circle.id, YES)
    await house.check_ins.submit_today(ADA, circle.id, Answer(energy=Energy.LOW))
    await house.members.leave(ADA, circle.id)
    _, history = await house.histories.mine(ADA, circle.id)
    assert len(history.answered) == 1
