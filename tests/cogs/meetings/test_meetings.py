"""`/circle meeting`: what it says, and the one event that it keeps, through crashes and changes."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.cogs.house import House, text_of
from tests.cogs.meetings.town import (
    CREATE_EVENTS,
    MONDAY,
    THURSDAY,
    WEEK,
    arranged,
    events,
    grant,
    meeting,
    pass_to,
    press,
)
from tests.cogs.town import labels


async def test_a_meeting_is_set_and_announced_with_its_next_three(house: House) -> None:
    _, answer = await arranged(house)
    said = text_of(answer)
    assert answer.ephemeral
    assert "Every Thursday at 19:00 (Europe/Berlin), for 90 minutes · The mill" in said
    for week in range(3):
        assert f"<t:{int((THURSDAY + week * WEEK).timestamp())}:F>" in said
    [event] = house.guild.events.values()
    assert f"https://discord.com/events/{house.guild.id}/{event['id']}" in said
    assert "Everyone on this server can see the event" in said
    assert (event["name"], event["entity_metadata"]) == ("North", {"location": "The mill"})
    assert datetime.fromisoformat(event["scheduled_end_time"]) == THURSDAY + timedelta(minutes=90)
    assert labels(answer) == ["Tell the circle", "Leave out the next one", "End these meetings"]


async def test_with_nothing_named_the_meeting_is_shown(house: House) -> None:
    await house.circle()
    assert "no regular meeting yet" in text_of(await meeting(house))
    first = text_of(await meeting(house, day="thu", time="19:00"))
    assert text_of(await meeting(house)) == first


async def test_a_fortnight_in_a_voice_channel_is_an_event_of_that_channel(house: House) -> None:
    parlour = house.guild.add_voice_channel("Parlour")
    await asyncio.sleep(0.05)  # the client hears of the channel
    _, answer = await arranged(house, every="fortnightly", where=None, channel=parlour, minutes=60)
    said = text_of(answer)
    assert f"Every other Thursday at 19:00 (Europe/Berlin), for 60 minutes · <#{parlour.id}>" in said
    assert "Everyone on this server" not in said
    [event] = house.guild.events.values()
    assert (event["entity_type"], event["channel_id"]) == (2, parlour.id)
    answer = await meeting(house, where="The mill")
    [event] = house.guild.events.values()
    assert (event["entity_type"], event["channel_id"]) == (3, None)
    assert "The mill" in text_of(answer)


async def test_after_the_meeting_the_event_moves_on(house: House) -> None:
    await arranged(house)
    await pass_to(house, THURSDAY + timedelta(minutes=30))
    assert events(house) == [("North", THURSDAY)]
    await pass_to(house, THURSDAY + timedelta(minutes=91))
    assert events(house)[-1] == ("North", THURSDAY + WEEK)
    await pass_to(house, THURSDAY + timedelta(minutes=120))
    assert len(events(house)) == 2, "the one that is over, and the next"


async def test_a_voice_event_that_nobody_began_is_cleared_away(house: House) -> None:
    parlour = house.guild.add_voice_channel("Parlour")
    await asyncio.sleep(0.05)
    await arranged(house, channel=parlour, where=None)
    await pass_to(house, THURSDAY + timedelta(minutes=91))
    assert events(house) == [("North", THURSDAY + WEEK)]


async def test_without_the_permission_the_meeting_stands_and_the_answer_names_it(house: House) -> None:
    grant(house, 0x400 | 0x800 | 0x4000 | 0x10000)
    await asyncio.sleep(0.05)
    _, answer = await arranged(house)
    said = text_of(answer)
    assert (
        "The meeting stands, and reminders work. For the event I lack **Create Events** on this server."
        in said
    )
    assert events(house) == []
    await pass_to(house, MONDAY + timedelta(hours=1))
    assert events(house) == []
    grant(house, 0x400 | 0x800 | 0x4000 | 0x10000 | CREATE_EVENTS)
    await pass_to(house, MONDAY + timedelta(hours=4))
    assert events(house) == [("North", THURSDAY)]


async def test_a_voice_channel_that_is_closed_to_the_bot_is_named(house: House) -> None:
    parlour = house.guild.add_voice_channel("Parlour")
    parlour.overwrite(house.application.bot, deny=1 << 20)
    await asyncio.sleep(0.05)
    _, answer = await arranged(house, channel=parlour, where=None)
    assert f"I lack **Connect** in <#{parlour.id}>" in text_of(answer)


async def test_a_crash_between_the_event_and_its_mark_makes_no_second_one(house: House) -> None:
    house.sandbox.faults.fail_next(
        "POST", rf"/guilds/{house.guild.id}/scheduled-events", status=503, after_applied=True
    )
    _, answer = await arranged(house)
    assert "not up to date" in text_of(answer)
    assert len(events(house)) == 1
    await house.restart()
    await pass_to(house, MONDAY + timedelta(minutes=2))
    assert len(events(house)) == 1
    assert "event that announces the next one" in text_of(await meeting(house))


async def test_two_circles_that_meet_at_the_same_time_have_an_event_each(house: House) -> None:
    await arranged(house)
    south = house.guild.add_text_channel("south")
    await house.circle(name="North", channel=south)
    outcome = await house.facilitator.command("circle meeting", south, day="thu", time="19:00")
    await outcome.settled(3)
    assert events(house) == [("North", THURSDAY)] * 2
    await meeting(house, time="20:00")
    assert sorted(at for _, at in events(house)) == [THURSDAY, THURSDAY + timedelta(hours=1)]


async def test_a_changed_meeting_changes_its_event_and_a_deleted_event_comes_again(house: House) -> None:
    await arranged(house)
    [(before, _)] = house.guild.events.items()
    await meeting(house, where="The library")
    assert house.guild.events[before]["entity_metadata"] == {"location": "The library"}
    house.guild.events.clear()
    await meeting(house, minutes=60)
    assert events(house) == [("North", THURSDAY)]


async def test_the_next_one_is_left_out_even_when_pressed_twice_and_held_after_all(house: House) -> None:
    _, answer = await arranged(house)
    label = "Leave out the next one"
    await asyncio.gather(*(press(house.facilitator, answer, label) for _ in range(2)))
    assert events(house) == [("North", THURSDAY + WEEK)]
    assert "Left out: Thursday 7 March 2030." in text_of(answer)
    await press(house.facilitator, answer, "Hold it after all")
    assert events(house) == [("North", THURSDAY)]
    assert "Left out" not in text_of(answer)


async def test_ending_is_asked_once_more_and_takes_the_event_back(house: House) -> None:
    _, answer = await arranged(house)
    other = await meeting(house)
    asked = await press(house.facilitator, answer, "End these meetings")
    assert events(house) == [("North", THURSDAY)]
    over = await press(house.facilitator, asked, "Yes, end them")
    assert "taken back" in text_of(over)
    assert events(house) == []
    assert "no regular meeting now" in text_of(await press(house.facilitator, other, "Tell the circle"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"day": "thu"}, "needs a day and a time"),
        ({"day": "thu", "time": "7pm"}, "“7pm”"),
        ({"day": "thu", "time": "19:00", "minutes": 900}, "15 to 480 minutes"),
        ({"day": "thu", "time": "19:00", "first": "next week"}, "“next week”"),
        ({"day": "thu", "time": "19:00", "where": "x" * 101}, "101 characters"),
    ],
)
async def test_what_cannot_be_read_is_said_back(house: House, options: dict[str, Any], said: str) -> None:
    await house.circle()
    assert said in text_of(await meeting(house, **options))
    assert "no regular meeting yet" in text_of(await meeting(house))


async def test_only_facilitators_arrange(house: House) -> None:
    await arranged(house)
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20))
    for options in ({}, {"time": "10:00"}):
        outcome = await manager.command("circle meeting", house.channel, **options)
        await outcome.settled(3)
        assert "facilitators" in text_of(outcome.message)
    assert "Every Thursday at 19:00" in text_of(await meeting(house))
