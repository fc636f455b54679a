"""The circle's meeting on a real client: event, card, reminders, file; before and after restarts."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from bot.domain.circles import Circle
from sandbox import Limits, Sandbox
from tests.clocks import SteppedClock
from tests.cogs.conftest import laid
from tests.cogs.house import House, text_of
from tests.cogs.town import joined, labels

MONDAY = datetime(2030, 3, 4, 9, tzinfo=UTC)
THURSDAY = datetime(2030, 3, 7, 18, tzinfo=UTC)  # 19:00 in Berlin
WEEK = timedelta(weeks=1)
CREATE_EVENTS = 1 << 44


@pytest.fixture
async def house(tmp_path: Path, empty: Path) -> AsyncIterator[House]:
    """As everywhere, on a Monday of its own, on which Discord's clock stands too; with Create Events."""
    shutil.copy(empty, tmp_path / "trellis.db")
    clock = SteppedClock(MONDAY)
    async with Sandbox(limits=Limits(channel_messages=50, answer=10), clock=clock.now) as sandbox:
        house = laid(sandbox, tmp_path)
        house.clock = clock
        house.guild.find_role("Trellis").permissions |= CREATE_EVENTS
        await house.start()
        yield house
        await house.trellis.stop()


async def meeting(house: House, **options: Any) -> Any:
    """What the facilitator is told."""
    outcome = await house.facilitator.command("circle meeting", house.channel, **options)
    await outcome.settled(3)
    return outcome.message


async def press(person: Any, message: Any, label: str) -> Any:
    outcome = await person.press(message, label)
    await outcome.settled(3)
    return outcome.message


async def arranged(house: House, **options: Any) -> tuple[Circle, Any]:
    """A circle that meets on Thursdays, and the answer to the command."""
    circle = await house.circle(name="North")
    return circle, await meeting(house, **({"day": "thu", "time": "19:00", "where": "The mill"} | options))


async def told(house: House) -> tuple[Circle, Any]:
    """The same, with the card that the circle sees."""
    circle, answer = await arranged(house)
    await press(house.facilitator, answer, "Tell the circle")
    return circle, house.messages(house.facilitator)[-1]


async def pass_to(house: House, moment: datetime) -> None:
    """Time passes, and what the scheduler does is done."""
    house.clock.set(moment)
    await house.services.meetings.tick()
    await house.trellis.letters.tick()


def events(house: House) -> list[tuple[str, datetime]]:
    """Those that stand in the server."""
    standing = house.guild.events.values()
    return [(each["name"], datetime.fromisoformat(each["scheduled_start_time"])) for each in standing]


def grant(house: House, permissions: int) -> None:
    """Sets what the bot's role allows, as a person would in the server's settings."""
    role = house.guild.find_role("Trellis")
    role.permissions = permissions
    house.sandbox.world.tell(
        house.guild, "GUILD_ROLE_UPDATE", {"guild_id": house.guild.id, "role": role.json()}
    )


async def test_a_meeting_is_set_and_announced_with_its_next_three(house: House) -> None:
    _, answer = await arranged(house)
    said = text_of(answer)
    assert answer.ephemeral
    assert "Every Thursday at 19:00 (Europe/Berlin), for 90 minutes, The mill" in said
    for week in range(3):
        assert f"<t:{int((THURSDAY + week * WEEK).timestamp())}:F>" in said
    [event] = house.guild.events.values()
    assert f"https://discord.com/events/{house.guild.id}/{event['id']}" in said
    assert "Everyone on this server can see it" in said
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
    assert f"Every other Thursday at 19:00 (Europe/Berlin), for 60 minutes, <#{parlour.id}>" in said
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
    assert "An event announces the next one" in text_of(await meeting(house))


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


async def test_who_asked_on_the_card_is_reminded_once_and_discreetly(house: House) -> None:
    circle, card = await told(house)
    assert "When we meet" in text_of(card)
    ada = await joined(house, circle)
    ben = await joined(house, circle, "Ben")
    assert "an hour before" in text_of(await press(ada, card, "Remind me before each"))
    for moment in range(61, 50, -1):
        await pass_to(house, THURSDAY - timedelta(minutes=moment))
    [reminder] = ada.dms(house.application)
    assert reminder.content == f"Your circle's regular time is in an hour: <t:{int(THURSDAY.timestamp())}:t>."
    assert reminder.flags & 1 << 12, "silent, as the circle is discreet"
    assert ben.dms(house.application) == []
    stopped = await press(ada, reminder, "No more of these")
    assert "No more reminders" in text_of(stopped)
    await pass_to(house, THURSDAY + WEEK - timedelta(minutes=60))
    assert [each for each in ada.dms(house.application) if not each.ephemeral] == [reminder]


async def test_a_second_press_turns_the_reminders_off(house: House) -> None:
    circle, card = await told(house)
    ada = await joined(house, circle)
    await press(ada, card, "Remind me before each")
    assert "No more reminders" in text_of(await press(ada, card, "Remind me before each"))
    await pass_to(house, THURSDAY - timedelta(minutes=60))
    assert ada.dms(house.application) == []


async def test_who_has_not_joined_or_not_said_yes_is_offered_just_that(house: House) -> None:
    circle, card = await told(house)
    stranger = house.member("Cleo")
    for label in ("Remind me before each", "Add to my calendar"):
        assert labels(await press(stranger, card, label)) == ["Join"]
    ada = await joined(house, circle, consents=[])
    offered = await press(ada, card, "Remind me before each")
    assert "write to you directly" in text_of(offered)
    yes = next(label for label in labels(offered) if label.startswith("Yes"))
    await press(ada, offered, yes)
    assert "an hour before" in text_of(await press(ada, card, "Remind me before each"))


async def test_the_calendar_file_holds_the_series_and_says_no_more_than_the_circle_s_name(
    house: House,
) -> None:
    circle, card = await told(house)
    ada = await joined(house, circle)
    given = await press(ada, card, "Add to my calendar")
    assert given.ephemeral
    [file] = given.attachments
    assert file["filename"] == "meetings.ics"
    written = await fetched(file["url"])
    [event] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("North", "The mill")
    assert event["DTSTART"].dt.astimezone(UTC) == THURSDAY


async def fetched(url: str) -> bytes:
    import aiohttp

    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return await response.read()


async def test_every_button_works_after_a_restart(house: House) -> None:
    circle, card = await told(house)
    answer = await meeting(house)
    ada = await joined(house, circle)
    await house.restart()
    assert "an hour before" in text_of(await press(ada, card, "Remind me before each"))
    assert (await press(ada, card, "Add to my calendar")).attachments
    assert "It is up" in text_of(await press(house.facilitator, answer, "Tell the circle"))
    shown = await press(house.facilitator, answer, "Leave out the next one")
    await house.restart()
    shown = await press(house.facilitator, shown, "Hold it after all")
    asked = await press(house.facilitator, shown, "End these meetings")
    await house.restart()
    assert "ended" in text_of(await press(house.facilitator, asked, "Yes, end them"))


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


async def test_a_date_that_is_none_is_refused_in_a_sentence(house: House) -> None:
    from bot.domain.errors import BadDate
    from cogs.meetings import LeaveOut

    match = LeaveOut.__discord_ui_compiled_template__.fullmatch("meeting:skip:1:20309999")
    assert match is not None
    with pytest.raises(BadDate):
        LeaveOut.parsed(match)
