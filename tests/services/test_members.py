"""People join, say what may be kept, leave, come back, and are forgotten when it was promised."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import errors
from bot.domain.members import GRACE, Scope
from bot.domain.shares import Review
from tests.services.house import ADA, BEN, MARA, RAIN, YES, House


async def test_joining_with_no_consent_keeps_nothing_but_the_membership(house: House) -> None:
    circle = await house.circle()
    joined = await house.members.join(ADA, circle.id, set())
    assert (joined.returned, joined.member.consents, joined.circle) == (False, frozenset(), circle)
    post = await house.posted(circle)
    with pytest.raises(errors.ConsentNeeded) as needed:
        await house.check_ins.submit(ADA, post.id, RAIN)
    assert (needed.value.circle, needed.value.scope) == (circle.id, Scope.CHECK_INS)
    [kept] = await house.members.kept(ADA)
    assert (kept.check_ins, kept.shares, kept.member) == (0, 0, joined.member)


async def test_a_circle_is_joined_on_its_own_server_alone(house: House) -> None:
    circle = await house.circle()
    for elsewhere in ("901", None):
        with pytest.raises(errors.NoCircle):
            await house.members.join(replace(ADA, server=elsewhere), circle.id, YES)


async def test_joining_again_sets_the_consents_and_makes_no_second_member(house: House) -> None:
    circle = await house.circle()
    first = await house.members.join(ADA, circle.id, YES)
    again = await house.members.join(ADA, circle.id, set(Scope))
    assert again.member.id == first.member.id
    assert not again.returned
    assert [member.consents for _, member in await house.members.memberships(ADA)] == [frozenset(Scope)]


async def test_consents_can_be_changed_and_taken_back(house: House) -> None:
    circle = await house.circle()
    with pytest.raises(errors.NotAMember):
        await house.members.consents(ADA, circle.id, YES)
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, RAIN)
    await house.members.consents(ADA, circle.id, set())
    with pytest.raises(errors.ConsentNeeded):
        await house.check_ins.submit(ADA, post.id, RAIN)


async def test_who_comes_back_within_the_grace_finds_everything_again(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    post = await house.posted(circle)
    await house.check_ins.submit(ADA, post.id, RAIN)
    left = await house.members.leave(ADA, circle.id)
    assert left.delete_at == house.clock.now() + GRACE
    with pytest.raises(errors.NotAMember) as refused:
        await house.check_ins.submit(ADA, post.id, RAIN)
    assert refused.value.circle == circle.id
    house.clock.step(GRACE - timedelta(seconds=1))
    await house.members.erase_due()
    assert (await house.members.leave(ADA, circle.id)).delete_at == left.delete_at  # the first date stands
    joined = await house.members.join(ADA, circle.id, YES)
    assert joined.returned
    assert joined.member.delete_at is None
    house.clock.step(timedelta(days=30))
    await house.members.erase_due()
    [kept] = await house.members.kept(ADA)
    assert kept.check_ins == 1


async def test_after_the_grace_everything_is_gone(house: House) -> None:
    circle = await house.circle()
    for who in (ADA, BEN):
        await house.members.join(who, circle.id, YES)
    await house.members.leave(ADA, circle.id)
    house.clock.step(GRACE)
    await house.members.erase_due()
    assert await house.members.kept(ADA) == []
    assert len(await house.members.kept(BEN)) == 1


async def test_who_joins_after_the_grace_starts_afresh_even_before_the_hourly_round(house: House) -> None:
    circle = await house.circle()
    first = await house.members.join(ADA, circle.id, YES)
    await house.members.leave(ADA, circle.id)
    house.clock.step(GRACE)
    again = await house.members.join(ADA, circle.id, YES)
    assert not again.returned
    assert again.member.id != first.member.id


async def test_leaving_with_delete_now_deletes_at_once(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.members.leave(ADA, circle.id)
    assert (await house.members.leave(ADA, circle.id, now=True)).delete_at is None
    assert await house.members.memberships(ADA) == []
    with pytest.raises(errors.NotAMember):
        await house.members.leave(ADA, circle.id)


async def test_leaving_takes_waiting_words_back(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    await house.members.leave(ADA, circle.id)
    assert await house.reviewing.queue(MARA, circle.id) == []
    with pytest.raises(errors.AlreadyDecided):
        await house.reviewing.approve(MARA, share.id)
    assert [each.review for each in await house.shares.mine(ADA)] == [Review.WITHDRAWN]


async def test_deleting_everything_leaves_every_circle_and_their_letters_never_go(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    for circle in (first, second):
        await house.members.join(ADA, circle.id, YES)
    await house.people.want_person(ADA, circle_id=first.id)
    assert await house.members.delete_all(ADA) == 2
    assert await house.members.delete_all(ADA) == 0
    await house.tick()
    assert house.face.letters == []
    assert (await house.circles.status(MARA, first.id)).members == 0


async def test_what_is_kept_is_told_for_each_circle(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    since = house.clock.now()
    await house.members.join(ADA, first.id, YES)
    await house.members.join(ADA, second.id, YES)
    post = await house.posted(first)
    await house.check_ins.submit(ADA, post.id, RAIN)
    await house.offer(ADA, post.id, first.id, "words")
    await house.members.leave(ADA, second.id)
    here, there = await house.members.kept(ADA)
    assert (here.circle, here.check_ins, here.shares, here.member.joined_at) == (first, 1, 1, since)
    assert (there.circle, there.check_ins, there.member.active) == (second, 0, False)
    assert await house.members.kept(BEN) == []


async def test_a_person_is_wanted_once_and_the_note_names_who_asked(house: House) -> None:
    circle = await house.circle()
    post = await house.posted(circle)
    with pytest.raises(errors.NotAMember):
        await house.people.want_person(ADA, occurrence_id=post.id)
    await house.members.join(ADA, circle.id, set())
    assert not (await house.people.want_person(ADA, occurrence_id=post.id)).already
    assert (await house.people.want_person(ADA, circle_id=circle.id)).already
    await house.tick()
    [note] = house.face.notes
    assert (note.letter.recipient, note.alerts[0].account, note.role) == ("facilitators", ADA.account, True)
    with pytest.raises(errors.NoCircle):
        await house.people.want_person(ADA)
