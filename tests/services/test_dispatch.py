"""Everything due is posted once, or it is said why not."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import ChannelGone, DeliveryError, NotPermitted, Rejected, Unreachable
from bot.domain.ids import PromptId
from bot.domain.occurrences import Reason, State
from bot.domain.schedules import Kind
from tests.services.house import CONTENT, MARA, House
from tests.services.recorder import Fault

LOST = Fault(Unreachable(), applied=True)
DOWN = Fault(Unreachable())


async def test_a_due_post_goes_out_once_and_is_marked(house: House) -> None:
    circle = await house.circle()
    await house.tick()
    assert house.face.posts == []
    await house.step(hours=1)
    await house.tick()
    [(message, post)] = house.face.posts
    assert post.prompt is CONTENT.check_ins[0]
    [occurrence] = await house.occurrences(circle.id)
    assert (occurrence.state, occurrence.message) == (State.SENT, message)
    assert occurrence.sent_at == house.clock.now()


async def test_a_lost_answer_within_two_minutes_is_settled_under_the_same_nonce(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [LOST]
    occurrence = await house.posted(circle)
    assert occurrence.state is State.CLAIMED
    await house.step(seconds=3)
    [occurrence] = await house.occurrences(circle.id)
    assert occurrence.state is State.SENT
    assert house.face.calls == ["post", "post"]
    assert len(house.face.posts) == 1


async def test_a_lost_answer_is_looked_for_in_the_channel_once_the_nonce_is_old(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [LOST]
    await house.posted(circle)
    await house.step(minutes=10)
    [occurrence] = await house.occurrences(circle.id)
    assert occurrence.message == house.face.posts[0][0]
    assert house.face.calls == ["post", "find"]


async def test_what_never_arrived_is_sent_again_with_growing_waits(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [DOWN] * 4
    await house.posted(circle)
    for _ in range(35):
        await house.step(seconds=1)
    assert house.face.calls.count("post") == 5  # at 0, 2, 6, 14 and 30 s
    [occurrence] = await house.occurrences(circle.id)
    assert occurrence.state is State.SENT


async def test_unreachable_for_two_hours_is_missed_after_one_last_look(house: House) -> None:
    circle = await house.circle()
    house.face.closed = lambda _: Unreachable()
    await house.posted(circle)
    await house.step(hours=2, minutes=1)
    assert (await house.occurrences(circle.id))[0].state is State.CLAIMED  # whether it is there is unknown
    house.face.closed = lambda _: None
    await house.step(minutes=2)
    [occurrence] = await house.occurrences(circle.id)
    assert (occurrence.state, occurrence.reason) == (State.MISSED, Reason.UNREACHABLE)
    assert house.face.posts == []
    assert house.face.letters[0][0].facts["reason"] == "unreachable"


async def test_a_late_look_finds_what_was_applied_after_all(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [LOST]
    await house.posted(circle)
    await house.step(hours=3)
    [occurrence] = await house.occurrences(circle.id)
    assert occurrence.state is State.SENT
    assert len(house.face.posts) == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NotPermitted(), Reason.NOT_PERMITTED),
        (ChannelGone(), Reason.CHANNEL_GONE),
        (Rejected(), Reason.REJECTED),
    ],
)
async def test_a_refused_post_is_missed_and_the_facilitators_are_told(
    house: House, error: DeliveryError, reason: Reason
) -> None:
    circle = await house.circle()
    house.face.post_faults = [Fault(error)]
    occurrence = await house.posted(circle)
    assert (occurrence.state, occurrence.reason) == (State.MISSED, reason)
    [(letter, account)] = house.face.letters
    due = int(occurrence.due.timestamp())
    assert letter.facts == {"kind": "check-in", "due": due, "reason": reason.value}
    assert account is None


async def test_a_refusal_after_a_lost_answer_is_checked_against_the_channel(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [LOST, Fault(NotPermitted())]
    await house.posted(circle)
    await house.step(seconds=2)
    [occurrence] = await house.occurrences(circle.id)
    assert occurrence.state is State.SENT
    assert house.face.calls == ["post", "post", "find"]


async def test_one_failed_send_stops_no_other(house: House) -> None:
    circles = [await house.circle(str(10 + n)) for n in range(6)]
    house.face.closed = lambda circle: NotPermitted() if circle.id == circles[2].id else None
    await house.step(hours=1)
    states = [(await house.occurrences(circle.id))[0].state for circle in circles]
    assert states.count(State.SENT) == 5
    assert states[2] is State.MISSED


async def test_a_fault_that_nobody_foresaw_leaves_the_claim_to_be_settled(house: House) -> None:
    circle = await house.circle()

    def broken(_: Circle) -> DeliveryError | None:
        raise KeyError("look")

    house.face.closed = broken
    assert (await house.posted(circle)).state is State.CLAIMED
    house.face.closed = lambda _: None
    await house.step(seconds=3)
    assert (await house.occurrences(circle.id))[0].state is State.SENT


async def test_a_post_more_than_two_hours_late_is_missed_and_one_within_is_sent(house: House) -> None:
    circle = await house.circle()
    await house.step(hours=3)  # two hours after 09:00
    assert (await house.occurrences(circle.id))[0].state is State.SENT
    await house.step(hours=24, seconds=1)
    missed = (await house.occurrences(circle.id))[1]
    assert (missed.state, missed.reason) == (State.MISSED, Reason.LATE)
    assert house.face.kinds() == ["missed-post"]


async def test_skipped_and_paused_dates_are_held_with_their_reason(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.skip(MARA, circle.id, schedule.id)
    await house.step(hours=1)
    await house.circles.pause(MARA, circle.id)
    await house.step(days=1)
    await house.circles.resume(MARA, circle.id)
    await house.step(days=1)
    found = [(one.state, one.reason) for one in await house.occurrences(circle.id)]
    assert found == [(State.HELD, Reason.SKIPPED), (State.HELD, Reason.PAUSED), (State.SENT, None)]
    assert house.face.letters == []


async def test_a_pause_after_the_claim_holds_back_what_could_not_be_sent(house: House) -> None:
    circle = await house.circle()
    house.face.post_faults = [DOWN]
    await house.posted(circle)
    await house.circles.pause(MARA, circle.id)
    await house.step(minutes=5)
    assert house.face.posts == []
    await house.step(hours=2)
    assert (await house.occurrences(circle.id))[0].state is State.MISSED


async def test_a_kind_without_a_text_is_missed_as_nothing_planned(house: House) -> None:
    circle = await house.circle()
    await house.schedules.add(MARA, circle.id, Kind.THEME, "08:30", "mon")
    for _ in range(3):
        await house.step(minutes=30)
        await house.step(days=6, hours=23, minutes=30)
    themes = [one for one in await house.occurrences(circle.id) if one.kind is Kind.THEME]
    assert {(one.state, one.reason) for one in themes} == {(State.MISSED, Reason.NOTHING_PLANNED)}
    told = [letter for letter, _ in house.face.letters if letter.facts.get("kind") == "theme"]
    assert len(told) == 1  # not week after week


async def test_a_claim_whose_text_is_gone_from_the_content_is_missed(house: House) -> None:
    circle = await house.circle()
    now = house.clock.now()
    async with house.storage.begin() as tx:
        await tx.occurrences.claim(
            circle.id, None, Kind.CHECK_IN, now.date(), now, PromptId("gone"), State.CLAIMED, now
        )
        await tx.commit()
    await house.step(seconds=10)
    assert (await house.occurrences(circle.id))[0].reason is Reason.REJECTED


async def test_a_removed_schedule_posts_nothing(house: House) -> None:
    circle = await house.circle()
    [(schedule, _, _)] = await house.schedules.list(MARA, circle.id)
    await house.schedules.remove(MARA, circle.id, schedule.id)
    await house.step(hours=1)
    assert await house.occurrences(circle.id) == []


async def test_a_restart_settles_what_was_claimed_and_sends_it_once(house: House, tmp_path: Path) -> None:
    circle = await house.circle()
    house.face.post_faults = [LOST]
    await house.posted(circle)
    await house.storage.close()
    again = await House.open(tmp_path / "trellis.db", house.clock, house.face)
    again.clock.step(timedelta(minutes=4))
    await again.dispatch.settle()
    await again.dispatch.drain()
    assert (await again.occurrences(circle.id))[0].state is State.SENT
    assert len(house.face.posts) == 1
    await again.storage.close()


async def test_a_send_that_hangs_holds_up_neither_ticks_nor_is_it_begun_twice(house: House) -> None:
    first = await house.circle("10")
    house.face.gate = asyncio.Event()
    house.clock.step(timedelta(hours=1))
    await house.dispatch.tick()
    await asyncio.sleep(0.05)
    house.clock.step(timedelta(seconds=30))
    await house.dispatch.tick()
    await asyncio.sleep(0.05)
    assert house.face.calls == ["post"]
    house.face.gate.set()
    await house.dispatch.drain()
    assert (await house.occurrences(first.id))[0].state is State.SENT
