"""A member's own quiet: what would come waits and comes after, posting rests where it may, and ends."""

from datetime import datetime, timedelta

import pytest

from bot.domain.channel_errors import BadEnd
from bot.domain.circles import Circle
from bot.domain.errors import NotAMember, NotPermitted, Unreachable
from bot.domain.members import Scope
from tests.services.house import ADA, BEN, MARA, House
from tests.services.recorder import Fault

ALL = frozenset(Scope)


async def settled_in(house: House) -> Circle:
    """A circle with Ada in it."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, ALL)
    return circle


def ahead(house: House, **by: float) -> datetime:
    return (house.clock.now() + timedelta(**by)).replace(microsecond=0)


async def declined(house: House, circle: Circle) -> None:
    """Something that writes a letter to Ada."""
    share = await house.offer(ADA, None, circle.id, "Some words.")
    await house.reviewing.decline(MARA, share.id, "A name stands in it.")


async def test_what_would_come_by_itself_waits_until_then_and_comes(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, hours=3))
    await declined(house, circle)
    await house.step(hours=2)
    assert "share-declined" not in house.face.kinds()
    assert (await house.circles.status(MARA, circle.id)).stuck == ()  # it waits, and is not stuck
    await house.step(hours=1)
    assert "share-declined" in house.face.kinds()
    assert (await house.mutes.of(ADA, circle.id)).until is None


async def test_being_back_lets_come_what_waited(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, days=20))
    await declined(house, circle)
    await house.tick()
    assert (await house.mutes.end(ADA)).was_on
    await house.step(seconds=1)
    assert "share-declined" in house.face.kinds()
    assert not (await house.mutes.end(ADA)).was_on


async def test_no_reminder_comes_meanwhile_and_the_next_one_does(house: House) -> None:
    circle = await settled_in(house)
    await house.reminders.set_(ADA, circle.id, at="18:00")
    await house.mutes.begin(ADA, circle.id, ahead(house, days=1))
    for day, came in ((2, 0), (3, 1)):
        for hour in (8, 17):  # the post at nine, and the reminder at eighteen o'clock in Berlin
            await house.at(2026, 3, day, hour)
            await house.reminders.tick()
            await house.letters.tick()
        assert house.face.kinds().count("reminder") == came


async def test_it_holds_in_every_circle_of_theirs_and_for_nobody_else(house: House) -> None:
    circle, other = await settled_in(house), await house.circle("20")
    await house.members.join(ADA, other.id, ALL)
    await house.members.join(BEN, circle.id, ALL)
    until = ahead(house, hours=1)
    await house.mutes.begin(ADA, circle.id, until)
    assert (await house.mutes.of(ADA, other.id)).until == until
    assert (await house.mutes.of(BEN, circle.id)).until is None
    with pytest.raises(NotAMember):
        await house.mutes.begin(MARA, circle.id, until)


async def test_posting_rests_with_it_and_is_on_again_at_their_word(house: House) -> None:
    circle, until = await settled_in(house), ahead(house, days=2)
    shown = await house.mutes.begin(ADA, circle.id, until, posting=True)
    assert (shown.posting, house.face.hushed) == (until, {ADA.account: until})
    later = ahead(house, days=3)
    await house.mutes.begin(ADA, circle.id, later, posting=True)
    assert house.face.hushed == {ADA.account: later}
    await house.mutes.end(ADA)
    assert house.face.hushed == {}


async def test_only_quiet_lets_posting_go_on_again(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, days=2), posting=True)
    shown = await house.mutes.begin(ADA, circle.id, ahead(house, days=1))
    assert (shown.posting, house.face.hushed) == (None, {})


async def test_a_moderator_s_timeout_is_neither_shortened_nor_lifted(house: House) -> None:
    circle, theirs = await settled_in(house), ahead(house, days=5)
    house.face.hushed[ADA.account] = theirs
    shown = await house.mutes.begin(ADA, circle.id, ahead(house, hours=1), posting=True)
    assert (shown.posting, shown.cannot) == (None, "timed-out")
    await house.mutes.end(ADA)
    assert house.face.hushed == {ADA.account: theirs}
    house.face.hushed.clear()
    await house.mutes.begin(ADA, circle.id, ahead(house, hours=1), posting=True)
    house.face.hushed[ADA.account] = theirs  # set over ours meanwhile
    await house.mutes.end(ADA)
    assert house.face.hushed == {ADA.account: theirs}


@pytest.mark.parametrize(("error", "why"), [(NotPermitted(), "no-permission"), (Unreachable(), "unknown")])
async def test_where_posting_cannot_rest_the_quiet_itself_still_holds(
    house: House, error: Exception, why: str
) -> None:
    circle = await settled_in(house)
    house.face.hush_faults.append(Fault(error))  # type: ignore[arg-type]
    shown = await house.mutes.begin(ADA, circle.id, ahead(house, hours=1), posting=True)
    assert (shown.posting, shown.cannot) == (None, why)
    stands = await house.mutes.of(ADA, circle.id)
    assert (stands.until, stands.posting) == (shown.until, None)


async def test_what_waited_for_a_longer_quiet_comes_after_a_shorter_one(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, days=20))
    await declined(house, circle)
    await house.tick()
    await house.mutes.begin(ADA, circle.id, ahead(house, hours=1))
    await house.tick()
    assert "share-declined" not in house.face.kinds()
    await house.step(hours=1)
    assert "share-declined" in house.face.kinds()


async def test_of_a_rest_that_is_over_nothing_is_left_to_lift(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, hours=1), posting=True)
    house.clock.step(timedelta(hours=1))
    house.face.hush_faults = [Fault(NotPermitted())]
    ended = await house.mutes.end(ADA)
    assert (ended.was_on, ended.left_off) == (False, ())


@pytest.mark.parametrize("again", [False, True])
async def test_what_was_set_though_no_answer_came_is_taken_back_or_kept_in_mind(
    house: House, again: bool
) -> None:
    circle, until = await settled_in(house), ahead(house, hours=1)
    house.face.hush_faults = [Fault(Unreachable(), applied=True), *([Fault(Unreachable())] if again else [])]
    shown = await house.mutes.begin(ADA, circle.id, until, posting=True)
    assert (shown.posting, shown.cannot) == (None, "unknown")
    assert (ADA.account in house.face.hushed) is again
    await house.mutes.end(ADA)
    assert house.face.hushed == {}


async def test_posting_rests_on_a_server_whichever_of_its_circles_it_was_wished_in(house: House) -> None:
    circle, other = await settled_in(house), await house.circle("20")
    await house.members.join(ADA, other.id, ALL)
    first, later = ahead(house, hours=1), ahead(house, hours=3)
    await house.mutes.begin(ADA, circle.id, first, posting=True)
    assert (await house.mutes.of(ADA, other.id)).posting == first
    assert (await house.mutes.asked(ADA, other.id, "3h")).cannot == ""
    assert (await house.mutes.begin(ADA, other.id, later, posting=True)).posting == later
    assert (await house.mutes.of(ADA, circle.id)).posting == later
    house.face.hush_faults = [Fault(NotPermitted())]
    assert (await house.mutes.begin(ADA, circle.id, first, posting=True)).cannot == "no-permission"
    assert (await house.mutes.end(ADA)).left_off == ()
    assert house.face.hushed == {}


async def test_who_is_no_member_there_changes_nothing_elsewhere(house: House) -> None:
    circle, other, until = await settled_in(house), await house.circle("20"), ahead(house, hours=1)
    await house.mutes.begin(ADA, circle.id, until, posting=True)
    with pytest.raises(NotAMember):
        await house.mutes.begin(ADA, other.id, until)
    assert house.face.hushed == {ADA.account: until}


async def test_what_cannot_be_lifted_is_told_and_what_has_no_answer_is_tried_again(house: House) -> None:
    circle, until = await settled_in(house), ahead(house, days=1)
    await house.mutes.begin(ADA, circle.id, until, posting=True)
    house.face.hush_faults = [Fault(Unreachable()), Fault(NotPermitted())]
    with pytest.raises(Unreachable):
        await house.mutes.end(ADA)
    assert (await house.mutes.of(ADA, circle.id)).posting == until
    ended = await house.mutes.end(ADA)
    assert (ended.was_on, ended.left_off) == (True, (until,))


async def test_what_it_would_do_is_asked_before_anything_happens(house: House) -> None:
    circle = await settled_in(house)
    house.face.unhushable = "above-us"
    shown = await house.mutes.asked(ADA, circle.id, "2h")
    assert (shown.until, shown.cannot) == (ahead(house, hours=2), "above-us")
    assert (await house.mutes.of(ADA, circle.id)).until is None
    with pytest.raises(BadEnd):
        await house.mutes.begin(ADA, circle.id, ahead(house, days=29))


async def test_what_is_over_is_deleted(house: House) -> None:
    circle = await settled_in(house)
    await house.mutes.begin(ADA, circle.id, ahead(house, hours=1))
    await house.step(hours=1)
    await house.mutes.tick()
    [held] = (await house.privacy.everything(ADA)).circles
    assert held.mute is None
