"""Facilitators go on duty and off; the circle reads what is so, and colleagues hear what is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.alert_errors import BadUntil
from bot.domain.errors import ChannelGone, NotFacilitator, Unreachable
from bot.domain.ids import OutboxId
from bot.domain.outbox import Letter
from bot.services._watching import lost
from tests.services.house import ADA, MARA, ROLE, START, House, person
from tests.services.recorder import Fault

NOOR = person("11", ROLE)


async def through(house: House, hours: float) -> None:
    """Time goes by, a quarter of an hour at a time."""
    for _ in range(int(hours * 4)):
        await house.step(minutes=15)


async def test_a_turn_is_shown_and_ends_by_itself_and_only_facilitators_take_one(house: House) -> None:
    circle = await house.circle()
    with pytest.raises(NotFacilitator):
        await house.duty.begin(ADA, circle.id)
    with pytest.raises(BadUntil):
        await house.duty.begin(MARA, circle.id, "soon")
    standing = await house.duty.begin(MARA, circle.id, "10:00")
    assert standing.mine is not None
    assert standing.mine.until == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert [turn.account for turn in (await house.circles.status(MARA, circle.id)).on_duty] == [MARA.account]
    house.clock.step(timedelta(hours=2))
    after = await house.duty.of(NOOR, circle.id)
    assert (after.on, after.callable) == ((), 1)
    deeds = [entry.deed.value for entry in await house.circles.audit(MARA, circle.id)]
    assert "duty-begun" in deeds


async def test_the_circle_is_told_of_a_gap_and_of_its_end_and_its_facilitators_beforehand(
    house: House,
) -> None:
    circle = await house.circle()
    await through(house, 2)
    assert "duty-note" not in house.face.kinds()  # a circle that never used duty hears nothing of it
    await house.duty.begin(MARA, circle.id, "14:00")  # 13:00 in UTC
    await through(house, 4)
    kinds = [kind for kind in house.face.kinds() if kind.startswith("duty")]
    assert kinds == ["duty-gap"]
    assert house.clock.now() == START + timedelta(hours=6)
    await house.step(minutes=4)
    assert "duty-note" not in house.face.kinds()
    await house.step(minutes=1)
    [note] = [letter for letter, _ in house.face.letters if letter.kind == "duty-note"]
    assert note.facts == {"covered": False, "since": int(datetime(2026, 3, 2, 13, tzinfo=UTC).timestamp())}
    await house.step(minutes=20)
    await house.duty.begin(NOOR, circle.id)
    await house.tick()
    assert house.face.kinds().count("duty-note") == 1  # within the hour the note is changed
    changed = house.face.revised[note.id]
    assert isinstance(changed, Letter)
    assert changed.facts["covered"] is True
    await through(house, 2)
    await house.duty.end(NOOR, circle.id)
    await through(house, 1)
    assert house.face.kinds().count("duty-note") == 2


async def test_a_note_that_was_taken_out_of_the_channel_is_written_anew(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id)
    await house.duty.end(MARA, circle.id)
    await house.step(minutes=5)
    house.face.revise_faults = [Fault(ChannelGone())]
    await house.duty.begin(MARA, circle.id)
    for _ in range(2):
        await house.tick()
    notes = [letter.facts["covered"] for letter, _ in house.face.letters if letter.kind == "duty-note"]
    assert notes == [False, True]


async def test_a_short_turn_s_end_is_told_to_facilitators_once(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id, "08:30")
    await house.duty.begin(MARA, circle.id, "08:30")
    for _ in range(3):
        await house.tick()
    assert house.face.kinds().count("duty-gap") == 0  # they have just said so themself


async def test_a_colleague_takes_a_turn_over(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id, "20:00")
    await house.duty.ask_to_swap(MARA, circle.id)
    await house.duty.ask_to_talk(MARA, circle.id)
    await house.tick()
    letters = {letter.kind: letter for letter, _ in house.face.letters}
    assert letters["duty-swap"].facts["who"] == letters["alert-talk"].facts["who"] == MARA.account.id
    [turn] = await house.duty.on_duty(circle.id)
    standing = await house.duty.take(NOOR, turn.id, circle.id)
    assert [(each.account, each.until) for each in standing.on] == [(NOOR.account, turn.until)]
    assert "duty-note" not in house.face.kinds()


async def test_who_asks_to_talk_does_not_begin_the_circle_s_use_of_duty(house: House) -> None:
    circle = await house.circle()
    await house.duty.ask_to_talk(MARA, circle.id)
    assert not (await house.circles.status(MARA, circle.id)).duty_used
    await house.members.delete_all(MARA)
    await through(house, 1)
    assert house.face.kinds() == ["alert-talk"]


async def test_a_gap_is_told_beforehand_or_not_at_all(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id, "10:00")  # 9:00 in UTC
    house.face.closed = lambda _: Unreachable()
    await through(house, 2)
    house.face.closed = lambda _: None
    await house.step(minutes=20)
    kinds = house.face.kinds()
    assert ("duty-gap" in kinds, "duty-note" in kinds) == (False, True)


async def test_a_turn_of_another_circle_is_not_taken_from_here(house: House) -> None:
    here, there = await house.circle(), await house.circle("20")
    turn = (await house.duty.begin(MARA, there.id, "20:00")).on[0]
    standing = await house.duty.take(NOOR, turn.id, here.id)
    assert [(each.account, each.until) for each in standing.on] == [(NOOR.account, None)]
    assert [each.account for each in await house.duty.on_duty(there.id)] == [MARA.account]


async def test_an_older_note_that_is_gone_says_nothing_of_what_holds(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id)
    await house.duty.end(MARA, circle.id)
    await house.step(minutes=5)
    [note] = [letter for letter, _ in house.face.letters if letter.kind == "duty-note"]
    async with house.storage.begin() as tx:
        before = await tx.duty.watch(circle.id)
        await lost(tx, replace(note, id=OutboxId(99)), house.clock.now())
        assert await tx.duty.watch(circle.id) == before


async def test_who_lost_the_role_is_off_duty_and_nobody_is_on_an_outage_s_word(house: House) -> None:
    circle = await house.circle()
    for who in (MARA, NOOR):
        await house.duty.begin(who, circle.id)
    house.face.role_faults = [Fault(Unreachable())]
    house.face.without_role = {MARA.account, NOOR.account}
    await house.duty.check_roles()
    assert [turn.account for turn in await house.duty.on_duty(circle.id)] == [MARA.account]
    await house.duty.check_roles()
    assert await house.duty.on_duty(circle.id) == []
    await house.step(minutes=5)
    assert house.face.kinds() == ["duty-note"]


async def test_turns_are_forgotten_after_a_month(house: House) -> None:
    circle = await house.circle()
    await house.duty.begin(MARA, circle.id, "10:00")
    await house.duty.begin(NOOR, circle.id)
    house.clock.step(timedelta(days=31))
    await house.retention.tick()
    async with house.storage.read() as tx:
        assert [turn.account for turn in await tx.duty.of_circle(circle.id)] == [NOOR.account]
