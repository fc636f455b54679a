"""What facilitators can do for the channel, over the sandbox: its pace, calm notes, a suggested cover."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.permissions import Permission
from sandbox.refusals import Refused
from tests.cogs.house import CONTENT, House, text_of
from tests.cogs.town import joined, labels, opened


async def ruled(house: House, name: str, **options: Any) -> Any:
    """What a facilitator's command answers."""
    outcome = await house.facilitator.command(name, house.channel, **options)
    await outcome.settled(4)
    return outcome.message


async def test_the_channel_goes_slower_for_a_while_and_says_so_calmly(house: House) -> None:
    _, ada, _ = await opened(house)
    refused = await ruled(house, "channel slow", pace=60, **{"for": "2h"})
    assert "I need **Manage Channels**" in text_of(refused)
    house.guild.grant(house.guild.find_role("Trellis"), int(Permission.MANAGE_CHANNELS))
    done = await ruled(house, "channel slow", pace=60, **{"for": "2h"})
    assert "can write once in 1 minute. It ends by itself" in text_of(done)
    note = house.messages(ada)[-1]
    assert "once in 1 minute. Nobody did anything wrong." in text_of(note)
    assert note.silent
    await ada.send(house.channel, "one")
    with pytest.raises(Refused):
        await ada.send(house.channel, "two")
    await house.restart()
    house.clock.step(timedelta(hours=2))
    await house.services.paces.tick()
    await house.tick()
    await ada.send(house.channel, "three")
    assert any("The usual pace is back" in text_of(each) for each in house.messages(ada))
    quietly = await ruled(house, "channel slow", pace=10, note=False)
    assert "until you change it" in text_of(quietly)
    assert "no slow mode now" in text_of(await ruled(house, "channel slow", pace=0))
    assert "length of time" in text_of(await ruled(house, "channel slow", pace=10, **{"for": "ever"}))


async def test_notes_and_topic_lines_stand_for_all_and_their_buttons_work(house: House) -> None:
    _, ada, _ = await opened(house)
    await ruled(house, "channel care")
    care = house.messages(ada)[-1]
    assert text_of(care) == CONTENT.texts["sf-p-care"]
    assert care.silent
    await house.restart()
    begun = (await ada.press(care, "Something to steady me")).message
    assert "are you somewhere safe enough" in text_of(begun)
    lines = (await house.member("Cleo").press(care, "People I can call or text")).message
    assert lines.ephemeral
    assert "lists lines of many countries" in text_of(lines)
    await ruled(house, "channel care", note="witness")
    told = (await ada.press(house.messages(ada)[-1], "Tell a facilitator")).message
    assert "choose **Apps**" in text_of(told)
    assert labels(told) == ["I'd like a person"]
    await ruled(house, "channel care", note="held")
    assert text_of(house.messages(ada)[-1]) == CONTENT.texts["sf-p-held"]
    await ruled(house, "channel topic", text="@everyone  **birthdays**")
    topic = house.messages(ada)[-1]
    assert not topic.mention_everyone
    assert "You can answer, read later or skip it." in text_of(topic)
    deeds = text_of(await ruled(house, "circle audit"))
    assert deeds.count("posted a note in the channel") == 4
    assert "birthdays" not in deeds


async def test_a_cover_is_suggested_in_private_to_who_said_yes_to_letters(house: House) -> None:
    circle, ada, _ = await opened(house)
    said = await ada.send(house.channel, "Something heavy, plainly.")
    card = (await house.facilitator.message_command("Suggest a cover", said)).message
    assert card.ephemeral
    assert "I don't read what they wrote" in text_of(card)
    await house.restart()
    await house.facilitator.press(card, "Send it")
    await house.tick()
    [note] = ada.dms(house.application)
    assert "There's a word for you here" in text_of(note)  # a discreet circle
    assert note.silent
    read = (await ada.press(note, "Read it")).message
    assert f"/{house.channel.id}/{said.id}" in text_of(read)
    assert labels(read) == ["Share in the channel", "Leave it as it is"]
    assert (await ada.press(read, "Share in the channel")).modal is not None
    assert "nobody is told" in text_of((await ada.press(read, "Leave it as it is")).message)
    again = (await house.facilitator.message_command("Suggest a cover", said)).message
    assert "asked about this message already" in text_of(again)
    assert said.id in house.channel.messages
    assert circle.settings.discreet


async def test_who_said_no_to_letters_or_has_not_joined_is_asked_by_the_facilitator_themself(
    house: House,
) -> None:
    circle, _, post = await opened(house)
    ben = await joined(house, circle, "Ben", [])
    for person in (ben, house.member("Cleo")):
        said = await person.send(house.channel, "Something heavy, plainly.")
        card = (await house.facilitator.message_command("Suggest a cover", said)).message
        assert "a draft for you to send" in text_of(card)
        assert labels(card) == []
    await house.tick()
    assert ben.dms(house.application) == []
    of_a_bot = (await house.facilitator.message_command("Suggest a cover", post)).message
    assert "what a person wrote" in text_of(of_a_bot)
    elsewhere = await house.facilitator.send(house.backroom, "x")
    card = (await house.facilitator.message_command("Suggest a cover", elsewhere)).message
    assert "no such message" in text_of(card)


async def test_a_message_that_is_gone_by_then_is_nobody_s(house: House) -> None:
    _, ada, _ = await opened(house)
    said = await ada.send(house.channel, "Something heavy, plainly.")
    card = (await house.facilitator.message_command("Suggest a cover", said)).message
    house.sandbox.sender.delete(said)
    assert "no such message" in text_of((await house.facilitator.press(card, "Send it")).message)
    await house.tick()
    assert ada.dms(house.application) == []
