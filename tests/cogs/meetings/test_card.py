"""What the circle presses: reminders and a calendar file, before and after restarts."""

from datetime import UTC, timedelta

import icalendar
import pytest

from bot.domain.errors import BadDate
from cogs.meetings import LeaveOut
from tests.cogs.house import House, text_of
from tests.cogs.meetings.town import THURSDAY, WEEK, fetched, meeting, pass_to, press, told
from tests.cogs.town import joined, labels


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


async def test_a_date_that_is_none_is_refused_in_a_sentence(house: House) -> None:
    match = LeaveOut.__discord_ui_compiled_template__.fullmatch("meeting:skip:1:20309999")
    assert match is not None
    with pytest.raises(BadDate):
        LeaveOut.parsed(match)
