"""A circle's meeting is set by its facilitators, announced once, and moves on by itself."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from bot.domain.audit import Deed
from bot.domain.errors import (
    BadDate,
    BadDays,
    BadTime,
    NotAMember,
    NotFacilitator,
    NotPermitted,
    TooLong,
    Unreachable,
)
from bot.domain.plan_errors import BadMinutes, MeetingIncomplete, NoMeeting
from bot.services.arranging import Wanted
from bot.services.meetings import Meetings
from tests.services.house import ADA, MARA, House
from tests.services.meetings import (
    THURSDAY,
    WEEK,
    arrange,
    reminded,
    reminders,
    standing,
    to,
)
from tests.services.recorder import Fault


async def test_a_meeting_is_set_announced_and_shown_with_its_next_three(house: House) -> None:
    circle, shown = await standing(house)
    assert [due.at for due in shown.nexts] == [THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK]
    assert (shown.event, shown.trouble) == ("e1", None)
    [(_, call)] = house.face.announced.values()
    assert (call.start, call.end, call.where) == (THURSDAY, THURSDAY + timedelta(minutes=90), "The mill")
    again = await house.meetings.current(MARA, circle.id)
    assert again == shown


async def test_what_is_not_named_stays_as_it_was(house: House) -> None:
    circle, before = await standing(house)
    shown = await arrange(house, circle, time="18:30", minutes=60)
    assert (shown.meeting.day, shown.meeting.where, shown.meeting.minutes) == (4, "The mill", 60)
    assert shown.meeting.uid == before.meeting.uid
    assert shown.meeting.revision == before.meeting.revision + 1
    assert (await arrange(house, circle, channel="940")).meeting.where is None


async def test_a_fortnight_keeps_its_weeks_when_only_its_time_changes(house: House) -> None:
    circle, _ = await standing(house)
    await arrange(house, circle, fortnightly=True, first="2026-03-10")
    for time in ("18:00", "20:00"):
        shown = await arrange(house, circle, time=time)
        assert [due.date for due in shown.nexts] == [date(2026, 3, 12), date(2026, 3, 26), date(2026, 4, 9)]
    assert shown.nexts[1].at == datetime(2026, 3, 26, 19, 0, tzinfo=UTC)
    assert shown.nexts[2].at == datetime(2026, 4, 9, 18, 0, tzinfo=UTC), "at the same local time in summer"


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"day": "thu"}, MeetingIncomplete),
        ({"time": "19:00"}, MeetingIncomplete),
        ({"day": "mon,tue", "time": "19:00"}, BadDays),
        ({"day": "thu", "time": "25:00"}, BadTime),
        ({"day": "thu", "time": "19:00", "minutes": 5}, BadMinutes),
        ({"day": "thu", "time": "19:00", "first": "soon"}, BadDate),
        ({"day": "thu", "time": "19:00", "first": "2062-03-05"}, BadDate),
        ({"day": "thu", "time": "19:00", "where": "x" * 101}, TooLong),
    ],
)
async def test_what_cannot_be_read_sets_nothing(
    house: House, wanted: dict[str, Any], error: type[Exception]
) -> None:
    circle = await house.circle()
    with pytest.raises(error):
        await arrange(house, circle, **wanted)
    with pytest.raises(NoMeeting):
        await house.meetings.current(MARA, circle.id)
    assert house.face.calls == []


async def test_a_first_date_alone_names_the_weekday(house: House) -> None:
    shown = await arrange(house, await house.circle(), first="2026-03-14", time="10:00")
    assert shown.nexts[0].date == date(2026, 3, 14)


async def test_only_facilitators_change_and_only_members_ask(house: House) -> None:
    circle, _ = await standing(house)
    for refused in (
        house.meetings.set_(ADA, circle.id, Wanted(day="mon")),
        house.meetings.skip_next(ADA, circle.id),
        house.meetings.restore(ADA, circle.id, THURSDAY.date()),
        house.meetings.end(ADA, circle.id),
    ):
        with pytest.raises(NotFacilitator):
            await refused
    for closed in (
        house.meetings.remind(ADA, circle.id),
        house.meetings.current(ADA, circle.id),
        house.meetings.calendar_file(ADA, circle.id),
    ):
        with pytest.raises(NotAMember):
            await closed


async def test_after_it_is_over_the_next_one_is_announced(house: House) -> None:
    circle, _ = await standing(house)
    await to(house, THURSDAY + timedelta(minutes=80))
    assert house.face.announced[circle.id][1].start == THURSDAY
    await to(house, THURSDAY + timedelta(minutes=90))
    assert house.face.announced[circle.id][1].start == THURSDAY + WEEK
    assert house.face.made == 2


async def test_a_change_while_it_is_on_leaves_it_in_peace(house: House) -> None:
    circle, _ = await standing(house)
    await to(house, THURSDAY + timedelta(minutes=30))
    shown = await arrange(house, circle, minutes=120)
    assert shown.event == "e1"
    assert house.face.calls.count("hold") == 1
    await to(house, THURSDAY + timedelta(minutes=120))
    assert house.face.announced[circle.id][1].start == THURSDAY + WEEK


async def test_quiet_ticks_ask_nobody(house: House) -> None:
    await standing(house)
    for _ in range(5):
        await house.step(minutes=1)
    assert house.face.calls.count("hold") == 1


async def test_the_next_one_is_left_out_once_and_held_after_all(house: House) -> None:
    circle, shown = await standing(house)
    day = shown.nexts[0].date
    done = await house.meetings.skip_next(MARA, circle.id, day)
    assert (done.day, done.already, done.shown.left_out) == (day, False, (day,))
    assert house.face.announced[circle.id][1].start == THURSDAY + WEEK
    again = await house.meetings.skip_next(MARA, circle.id, day)
    assert again.already
    assert [due.at for due in again.shown.nexts] == [due.at for due in done.shown.nexts]
    back = await house.meetings.restore(MARA, circle.id, day)
    assert back.shown.nexts == shown.nexts
    assert house.face.announced[circle.id][1].start == THURSDAY


async def test_an_ended_meeting_is_taken_back_with_all_wishes(house: House) -> None:
    circle = await reminded(house, ADA)
    await house.meetings.end(MARA, circle.id)
    assert house.face.announced == {}
    for gone in (house.meetings.current(MARA, circle.id), house.meetings.end(MARA, circle.id)):
        with pytest.raises(NoMeeting):
            await gone
    await arrange(house, circle, day="thu", time="19:00")
    await to(house, THURSDAY - timedelta(minutes=60))
    assert reminders(house) == 0


async def test_without_permission_the_meeting_stands_and_is_tried_again_ever_more_slowly(
    house: House,
) -> None:
    house.face.meeting_faults = [Fault(NotPermitted())] * 3
    circle, shown = await standing(house)
    assert isinstance(shown.trouble, NotPermitted)
    assert shown.event is None
    tries = []
    for minute in range(20):
        before = house.face.calls.count("hold")
        await house.meetings.tick()
        tries += [minute] * (house.face.calls.count("hold") - before)
        house.clock.step(timedelta(minutes=1))
    assert tries == [1, 3, 7]
    assert (await house.meetings.current(MARA, circle.id)).event == "e1"


async def test_a_lost_answer_makes_no_second_event(house: House) -> None:
    house.face.meeting_faults = [Fault(Unreachable(), applied=True)]
    circle, shown = await standing(house)
    assert isinstance(shown.trouble, Unreachable)
    await house.step(minutes=1)
    assert house.face.made == 1
    assert (await house.meetings.current(MARA, circle.id)).event == "e1"


async def test_a_second_process_and_many_ticks_make_one_event(house: House) -> None:
    await standing(house)
    other = Meetings(house.storage, house.clock, house.face)
    house.clock.set(THURSDAY + timedelta(hours=2))
    await asyncio.gather(*(each.tick() for each in (house.meetings, other, house.meetings, other)))
    assert house.face.made == 2


async def test_members_and_facilitators_get_the_calendar_file(house: House) -> None:
    circle, _ = await standing(house)
    await house.members.join(ADA, circle.id, set())
    await house.meetings.skip_next(MARA, circle.id)
    for actor in (ADA, MARA):
        written = await house.meetings.calendar_file(actor, circle.id)
        [event] = icalendar.Calendar.from_ical(written).walk("VEVENT")
        assert str(event["SUMMARY"]) == circle.name
        assert event["SEQUENCE"] == 1


async def test_who_set_and_ended_stands_in_the_audit_list(house: House) -> None:
    circle, shown = await standing(house)
    await house.meetings.skip_next(MARA, circle.id, shown.nexts[0].date)
    await house.meetings.end(MARA, circle.id)
    async with house.storage.read() as tx:
        entries = await tx.audit.latest(circle.id)
    deeds = [(entry.deed, entry.about) for entry in reversed(entries)][-3:]
    assert deeds == [
        (Deed.MEETING_SET, "thu 19:00"),
        (Deed.MEETING_SKIPPED, "2026-03-05"),
        (Deed.MEETING_ENDED, "thu 19:00"),
    ]


async def test_a_deleted_circle_leaves_nothing_to_do(house: House) -> None:
    circle = await reminded(house, ADA)
    async with house.storage.begin() as tx:
        await tx.circles.delete(circle.id)
        await tx.commit()
    await to(house, THURSDAY + timedelta(hours=3))
    assert house.face.calls.count("hold") == 1
