"""Who asked for it is told of each meeting once and in time; nobody else is, and nobody afterwards."""

from datetime import timedelta

import pytest

from bot.domain.errors import (
    ConsentNeeded,
    MessagesClosed,
    Unreachable,
)
from tests.services.house import ADA, BEN, MARA, House
from tests.services.meetings import (
    REMINDERS,
    THURSDAY,
    WEEK,
    arrange,
    quiet,
    reminded,
    reminders,
    standing,
    to,
)
from tests.services.recorder import Fault


async def test_who_asked_is_reminded_once_an_hour_before(house: House) -> None:
    await reminded(house, ADA, BEN)
    await to(house, THURSDAY - timedelta(minutes=61))
    assert reminders(house) == 0
    for _ in range(5):
        await house.step(minutes=1)
    assert reminders(house) == 2
    await to(house, THURSDAY + WEEK - timedelta(minutes=60))
    assert reminders(house) == 4


async def test_a_meeting_that_moves_within_its_day_is_told_of_once(house: House) -> None:
    circle = await reminded(house, ADA)
    await to(house, THURSDAY - timedelta(minutes=60))
    await arrange(house, circle, time="20:30")
    await to(house, THURSDAY + timedelta(minutes=30))
    assert reminders(house) == 1


async def test_who_took_it_back_left_or_no_longer_says_yes_is_not_reminded(house: House) -> None:
    circle = await reminded(house, ADA, BEN)
    assert not await house.meetings.remind(ADA, circle.id)
    await house.members.consents(BEN, circle.id, set())
    await to(house, THURSDAY - timedelta(minutes=60))
    assert reminders(house) == 0
    await house.members.consents(BEN, circle.id, REMINDERS)
    await house.members.leave(BEN, circle.id)
    await to(house, THURSDAY + WEEK - timedelta(minutes=60))
    assert reminders(house) == 0


async def test_a_reminder_needs_the_member_s_yes(house: House) -> None:
    circle, _ = await standing(house)
    await house.members.join(ADA, circle.id, set())
    with pytest.raises(ConsentNeeded):
        await house.meetings.remind(ADA, circle.id)
    assert not await house.meetings.remind(ADA, circle.id, on=False)


async def test_a_meeting_left_out_is_not_reminded_of(house: House) -> None:
    circle = await reminded(house, ADA)
    await house.meetings.skip_next(MARA, circle.id)
    await to(house, THURSDAY - timedelta(minutes=60))
    assert reminders(house) == 0
    await to(house, THURSDAY + WEEK - timedelta(minutes=60))
    assert reminders(house) == 1


@pytest.mark.parametrize(("until", "before"), [("18:20", 40), ("19:00", None), ("07:00", None)])
async def test_quiet_hours_put_a_reminder_off_or_leave_it_out(
    house: House, until: str, before: int | None
) -> None:
    circle = await reminded(house, ADA)
    await quiet(house, circle, "17:30", until)
    came = []
    for minute in range(70, -10, -1):
        await to(house, THURSDAY - timedelta(minutes=minute))
        came += [minute] * (reminders(house) - len(came))
    assert came == ([] if before is None else [before])
    await quiet(house, circle, "00:00", "00:00")
    await to(house, THURSDAY + WEEK - timedelta(minutes=60))
    assert reminders(house) == len(came) + 1


async def test_a_reminder_that_could_not_leave_in_time_does_not_come_late(house: House) -> None:
    await reminded(house, ADA)
    house.face.letter_faults = [Fault(Unreachable())] * 20
    await to(house, THURSDAY - timedelta(minutes=60))
    for _ in range(6):
        await house.step(minutes=16)
    assert house.face.calls.count("deliver") > 1
    house.face.letter_faults = []
    await house.step(hours=1)
    assert reminders(house) == 0


async def test_after_a_night_away_nobody_is_reminded_of_what_is_over(house: House) -> None:
    await reminded(house, ADA)
    await to(house, THURSDAY + timedelta(minutes=1))
    assert reminders(house) == 0
    await to(house, THURSDAY + WEEK - timedelta(minutes=30))
    assert reminders(house) == 1, "late, and in time all the same"


async def test_closed_messages_end_the_tries(house: House) -> None:
    await reminded(house, ADA)
    house.face.letter_faults = [Fault(MessagesClosed())] * 2
    await to(house, THURSDAY - timedelta(minutes=60))
    await house.step(minutes=30)
    assert reminders(house) == 0
