"""What leaves by itself arrives: under one nonce, so once where the platform knows it; ever more slowly."""

import asyncio
from datetime import timedelta

from bot.domain.errors import ChannelGone, MessagesClosed, Unreachable
from bot.domain.members import Scope
from bot.services import letters
from bot.services.circle_settings import Typed
from bot.services.letters import LONGEST_WAIT, wait_after
from tests.services.house import ADA, MARA, YES, House
from tests.services.recorder import Fault

DOWN = Fault(Unreachable())


async def test_a_letter_is_tried_again_after_1_2_4_seconds_up_to_a_quarter_of_an_hour(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    house.face.letter_faults = [DOWN] * 4
    await house.people.want_person(ADA, circle_id=circle.id)
    tries = []
    for second in range(20):
        before = house.face.calls.count("deliver")
        await house.letters.tick()
        if house.face.calls.count("deliver") > before:
            tries.append(second)
        house.clock.step(timedelta(seconds=1))
    assert tries == [0, 1, 3, 7, 15]
    assert house.face.kinds() == ["alert"]
    assert wait_after(50) == LONGEST_WAIT
    assert wait_after(50, "alert") == timedelta(seconds=30)


async def test_a_lost_answer_costs_no_second_message(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    house.face.letter_faults = [Fault(Unreachable(), applied=True)]
    await house.people.want_person(ADA, circle_id=circle.id)
    for _ in range(5):
        await house.step(seconds=1)
    assert house.face.kinds() == ["alert"]
    assert house.face.calls.count("deliver") == 2


async def test_closed_messages_end_the_tries_and_are_not_the_facilitators_business(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, {Scope.REMINDERS})
    share = await house.offer(ADA, None, circle.id, "words")
    await house.tick()
    house.face.letter_faults = [Fault(MessagesClosed())]
    await house.reviewing.decline(MARA, share.id, "It names somebody.")
    for _ in range(3):
        await house.step(hours=1)
    assert house.face.calls.count("deliver") == 2
    assert (await house.circles.status(MARA, circle.id)).stuck == ()
    assert (await house.shares.mine(ADA))[0].reason == "It names somebody."


async def test_a_channel_that_is_gone_is_tried_slowly_and_shown_as_stuck(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    house.face.closed = lambda _: ChannelGone()
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    for _ in range(14):
        await house.step(minutes=1)
    assert house.face.calls.count("deliver") == 1
    assert [one.kind for one in (await house.circles.status(MARA, circle.id)).stuck] == ["alert"]
    house.face.closed = lambda _: None
    await house.step(minutes=1)
    assert house.face.kinds() == ["alert"]
    assert (await house.circles.status(MARA, circle.id)).stuck == ()


async def test_a_pause_holds_no_letter_back(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.circles.pause(MARA, circle.id)
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    assert house.face.kinds() == ["alert"]


async def test_a_direct_message_waits_for_the_end_of_the_quiet_hours_and_a_wish_for_a_person_does_not(
    house: House,
) -> None:
    circle = await house.circle()
    await house.circles.settings(MARA, circle.id, Typed(quiet_from="22:00", quiet_until="08:59"))
    await house.members.join(ADA, circle.id, {Scope.REMINDERS})
    share = await house.offer(ADA, None, circle.id, "words")
    await house.reviewing.decline(MARA, share.id, "It names somebody.")
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    assert house.face.kinds() == ["share-waiting", "alert"]
    await house.step(minutes=58)
    assert "share-declined" not in house.face.kinds()
    await house.step(minutes=1)  # 08:59 in Berlin
    assert house.face.kinds()[-1] == "share-declined"


async def test_one_letter_that_fails_oddly_holds_up_no_other(house: House) -> None:
    circles = [await house.circle("10"), await house.circle("20")]
    for circle in circles:
        await house.members.join(ADA, circle.id, YES)
        await house.people.want_person(ADA, circle_id=circle.id)

    def broken(circle: object) -> None:
        if circle == circles[0]:
            raise KeyError("look")

    house.face.closed = broken
    await house.tick()
    assert [letter.circle for letter, _ in house.face.letters] == [circles[1].id]
    house.face.closed = lambda _: None
    await house.step(seconds=1)
    assert len(house.face.letters) == 2


async def test_two_processes_share_the_outbox(house: House) -> None:
    other = letters.Letters(house.storage, house.clock, house.face)
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    await house.people.want_person(ADA, circle_id=circle.id)
    await asyncio.gather(house.letters.tick(), other.tick())
    assert house.face.calls.count("deliver") == 1


async def test_a_letter_whose_answer_was_lost_is_found_again_after_a_long_absence(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    share = await house.offer(ADA, None, circle.id, "words")
    await house.tick()
    await house.reviewing.approve(MARA, share.id)
    house.face.letter_faults = [Fault(Unreachable(), applied=True)] * 2  # the words, and the author's note
    await house.tick()
    posted = house.face.kinds()
    deliveries = house.face.calls.count("deliver")
    await house.step(minutes=10)
    assert house.face.kinds() == posted
    assert house.face.calls.count("deliver") == deliveries
    assert (await house.circles.status(MARA, circle.id)).stuck == ()


async def test_a_letter_that_never_arrived_is_sent_after_a_look(house: House) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, YES)
    house.face.letter_faults = [DOWN]
    await house.people.want_person(ADA, circle_id=circle.id)
    await house.tick()
    await house.step(minutes=3)
    assert house.face.kinds() == ["alert"]
    assert house.face.calls[-3:] != ["find-letter"]
    assert "find-letter" in house.face.calls
