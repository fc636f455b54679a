"""A commitment's reminder: at its member's time, on days that ask, one a day, and silent once they are."""

from datetime import timedelta

import pytest

from bot.domain.circles import Circle
from bot.domain.commitments import Mark, Words
from bot.domain.errors import BadTime, ConsentNeeded, MessagesClosed
from bot.domain.ids import CommitmentId
from bot.domain.members import Scope
from bot.domain.practice_errors import NoSuchCommitment, NothingAsks
from bot.services.commitments import Wanted
from tests.services.house import ADA, BEN, House
from tests.services.recorder import Fault

DUE, QUIET = "commitment-due", "commitment-quiet"
BOTH = frozenset({Scope.STREAKS, Scope.REMINDERS})
ACT = Words(text="I will water the fern on the sill.")


async def began(
    house: House, cadence: str = "daily", *, lapse_only: bool = False
) -> tuple[Circle, CommitmentId]:
    """A circle, and Ada's commitment with no reminder yet."""
    circle = await house.circle()
    await house.members.join(ADA, circle.id, BOTH)
    wanted = Wanted(words=ACT, cadence=cadence, lapse_only=lapse_only)
    return circle, (await house.commitments.add(ADA, circle.id, wanted)).commitment.id


async def days(house: House, count: int) -> list[str]:
    """The kinds of letters that Ada gets over so many days, looked at each hour."""
    before = len(house.face.letters)
    for _ in range(count * 24):
        house.clock.step(timedelta(hours=1))
        await house.nudges.tick()
        await house.letters.tick()
        await house.letters.drain()
    return [kind for kind in house.face.kinds()[before:] if kind in (DUE, QUIET)]


async def test_it_comes_on_a_day_that_asks_at_the_members_time_and_not_once_it_is_logged(
    house: House,
) -> None:
    _, id_ = await began(house)
    await house.nudges.remind(ADA, id_, "18:00")
    assert await days(house, 1) == [DUE]
    [(letter, account)] = [each for each in house.face.letters if each[0].kind == DUE]
    assert (account, letter.facts["commitment"]) == (ADA.account, int(id_))
    assert "fern" not in str(letter.facts)
    await house.commitments.log(ADA, id_, Mark.REST)
    assert await days(house, 1) == []
    assert await days(house, 1) == [DUE]  # the next day asks again


async def test_two_commitments_bring_one_message_a_day(house: House) -> None:
    circle, id_ = await began(house)
    second = (await house.commitments.add(ADA, circle.id, Wanted(words=ACT))).commitment.id
    await house.nudges.remind(ADA, id_, "18:00")
    await house.nudges.remind(ADA, second, "20:00")
    assert await days(house, 3) == [DUE] * 3


async def test_after_seven_silent_days_one_quiet_note_comes_and_then_nothing(house: House) -> None:
    _, id_ = await began(house)
    await house.nudges.remind(ADA, id_, "18:00")
    assert await days(house, 14) == [DUE] * 7 + [QUIET]
    assert (await house.commitments.get(ADA, id_)).commitment.reminded is None


@pytest.mark.parametrize(("cadence", "letters"), [("mon, wed", 2), ("2 a week", 6), ("2026-03-05", 1)])
async def test_only_days_that_ask_bring_one(house: House, cadence: str, letters: int) -> None:
    _, id_ = await began(house, cadence)
    await house.nudges.remind(ADA, id_, "18:00")
    assert await days(house, 6) == [DUE] * letters


async def test_a_pause_a_resting_circle_and_a_taken_back_yes_keep_it_silent(house: House) -> None:
    circle, id_ = await began(house)
    await house.nudges.remind(ADA, id_, "18:00")
    await house.commitments.pause(ADA, id_)
    assert await days(house, 2) == []
    await house.commitments.resume(ADA, id_)
    await house.members.consents(ADA, circle.id, frozenset({Scope.STREAKS}))
    assert await days(house, 1) == []
    await house.members.consents(ADA, circle.id, BOTH)
    assert await days(house, 1) == [DUE]
    await house.nudges.remind(ADA, id_, None)
    assert await days(house, 2) == []


async def test_it_is_switched_off_where_messages_are_closed(house: House) -> None:
    _, id_ = await began(house)
    await house.nudges.remind(ADA, id_, "18:00")
    house.face.letter_faults = [Fault(MessagesClosed())]
    assert await days(house, 3) == []
    assert (await house.commitments.get(ADA, id_)).commitment.reminded is None


async def test_what_never_asks_has_none_and_it_is_set_by_its_member_alone(house: House) -> None:
    circle, id_ = await began(house, "when it comes up")
    with pytest.raises(NothingAsks):
        await house.nudges.remind(ADA, id_, "18:00")
    lapses = Wanted(words=ACT, lapse_only=True)
    with pytest.raises(NothingAsks):
        await house.nudges.remind(
            ADA, (await house.commitments.add(ADA, circle.id, lapses)).commitment.id, "18:00"
        )
    daily = (await house.commitments.add(ADA, circle.id, Wanted(words=ACT))).commitment.id
    with pytest.raises(BadTime):
        await house.nudges.remind(ADA, daily, "six")
    with pytest.raises(NoSuchCommitment):
        await house.nudges.remind(BEN, daily, "18:00")
    await house.members.consents(ADA, circle.id, frozenset({Scope.STREAKS}))
    with pytest.raises(ConsentNeeded):
        await house.nudges.remind(ADA, daily, "18:00")
