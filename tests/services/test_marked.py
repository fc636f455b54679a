"""Facilitators see what is marked for them and nothing else, and no look goes unwritten."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain import errors
from bot.domain.check_ins import Answer, Audience, Weather
from bot.domain.circles import Circle
from bot.domain.looks import Seen
from bot.domain.members import Scope
from tests.services.house import ADA, BEN, MARA, YES, House, person

SEEN = frozenset({Scope.CHECK_INS, Scope.FACILITATORS})
MARKED = Answer(weather=(Weather.FOG,), note="A long night.", audience=Audience.FACILITATORS)
PRIVATE = Answer(weather=(Weather.STORM,), note="Mine alone.")


async def answered(house: House) -> Circle:
    """Ada marks an answer; Ben marks one without having agreed; both keep another for themselves."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, SEEN)
    await house.members.join(BEN, circle.id, YES)
    post = await house.posted(circle)
    for who in (ADA, BEN):
        await house.check_ins.submit(who, post.id, MARKED)
    await house.step(days=1)
    for who in (ADA, BEN):
        await house.check_ins.submit_today(who, circle.id, PRIVATE)
    return circle


async def test_a_marked_answer_is_shown_and_the_look_is_the_members_to_read(house: House) -> None:
    circle = await answered(house)
    shown = await house.marked.read(MARA, circle.id)
    assert shown is not None
    assert (shown.check_in.answer, shown.account, shown.count) == (MARKED, ADA.account, 1)
    [member] = [m for _, m in await house.members.memberships(ADA)]
    async with house.storage.read() as tx:
        [look] = await tx.looks.of([member.id])
    assert (look.seen, look.viewer, look.about) == (Seen.ANSWER, MARA.account, shown.check_in.date)


@pytest.mark.usefixtures("on_sqlite")
async def test_where_the_look_cannot_be_kept_nothing_is_shown(house: House) -> None:
    circle = await answered(house)
    async with house.storage.begin() as tx:
        await tx.circles.get(circle.id)
        broken = "CREATE TRIGGER no_looks BEFORE INSERT ON looks BEGIN SELECT RAISE(ABORT, 'full'); END"
        await tx._session.execute(text(broken))
        await tx.commit()
    with pytest.raises(Exception, match="full"):
        await house.marked.read(MARA, circle.id)


async def test_a_yes_that_is_taken_back_closes_the_view(house: House) -> None:
    circle = await answered(house)
    await house.members.consents(ADA, circle.id, YES)
    assert await house.marked.read(MARA, circle.id) is None
    await house.members.consents(ADA, circle.id, SEEN)
    assert await house.marked.read(MARA, circle.id) is not None
    await house.members.leave(ADA, circle.id)
    assert await house.marked.read(MARA, circle.id) is None


async def test_after_a_month_an_answer_is_its_members_alone_again(house: House) -> None:
    circle = await answered(house)
    house.clock.step(timedelta(days=32))
    assert await house.marked.read(MARA, circle.id) is None


async def test_members_and_other_circles_facilitators_see_nothing(house: House) -> None:
    circle = await answered(house)
    await house.circle("20", role="78")
    for who in (ADA, BEN, person("9", "78")):
        with pytest.raises(errors.NotFacilitator):
            await house.marked.read(who, circle.id)
    with pytest.raises(errors.NoCircle):
        await house.marked.read(person("9", "77", server="901"), circle.id)


async def test_facilitators_are_told_once_an_hour_and_no_name_is_in_it(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, SEEN)
    post = await house.posted(circle)
    for who in (ADA, BEN, ADA):
        await house.check_ins.submit(who, post.id, MARKED)
    await house.tick()
    told = [letter for letter, _ in house.face.letters if letter.kind == "marked"]
    assert [(letter.member, letter.facts) for letter in told] == [(None, {})]
    await house.step(hours=2)
    await house.check_ins.submit(BEN, post.id, PRIVATE)
    await house.check_ins.submit(BEN, post.id, MARKED)
    await house.tick()
    assert house.face.kinds().count("marked") == 2
