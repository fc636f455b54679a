"""The map on screen: drawn by form, one word away in a direct message, hidden and cleared."""

import asyncio
from typing import Any

from tests.cogs.house import CONTENT, House
from tests.cogs.test_circles import text_of
from tests.cogs.town import fields, joined, labels, opened

TYPED = {"signs": "I count the spoons.", "helps": "The river\nTea with Noor", "people": "Noor, evenings"}


async def newest(house: House, person: Any) -> Any:
    return person.messages(house.channel)[-1]


async def word(house: House, person: Any, said: str) -> Any:
    """The bot's answer to a direct message; None where it says nothing new."""
    before = len(person.dms(house.application))
    await person.dm(house.application, said)
    for _ in range(200):
        new = [each for each in person.dms(house.application)[before:] if each.author.bot]
        if new:
            return new[-1]
        await asyncio.sleep(0.01)
    return None


async def test_a_map_is_drawn_read_changed_and_cleared(house: House) -> None:
    _, ada, _ = await opened(house)
    card = (await ada.command("map", house.channel)).message
    assert card.ephemeral
    assert "no clinical safety plan" in text_of(card)
    assert labels(card) == ["Begin my map", "Help lines", "I'd like a person"]
    form = await ada.press(card, "Begin my map")
    await ada.submit(form.modal, TYPED)
    card = await newest(house, ada)
    assert [each["value"] for each in card.embeds[0]["fields"]] == list(TYPED.values())
    assert "no clinical safety plan" in card.embeds[0]["footer"]["text"]
    assert labels(card) == ["Change it", "Help lines", "I'd like a person", "Clear"]
    await house.restart()
    form = await ada.press(card, "Change it")
    assert fields(form.modal)["helps"]["value"] == TYPED["helps"]
    await ada.submit(form.modal, {"helps": "\n".join("abcdefghijklm")})
    back = await newest(house, ada)
    assert "13 lines" in text_of(back)
    assert back.attachments[0]["filename"] == "what-you-wrote.txt"
    await ada.press(card, "Clear")
    await ada.press(card, "Leave it as it is")
    assert "I count the spoons." in text_of(card)
    await ada.press(card, "Clear")
    await ada.press(card, "Yes, delete it")
    assert CONTENT.texts["sf-map-cleared"] in text_of(card)
    assert "Begin my map" in labels((await ada.command("map", house.channel)).message)


async def test_one_word_shows_it_in_a_direct_message_where_it_can_be_hidden(house: House) -> None:
    _, ada, _ = await opened(house)
    form = await ada.press((await ada.command("map", house.channel)).message, "Begin my map")
    await ada.submit(form.modal, TYPED)
    for said in ("map", "My map", "show me my map, please!", "MY SAFETY MAP."):
        shown = await word(house, ada, said)
        assert "I count the spoons." in text_of(shown)
        assert shown.flags & (1 << 12)  # no sound
    assert labels(shown)[-1] == "Hide"
    await house.restart()
    form = await ada.press(shown, "Change it")
    await ada.submit(form.modal, {"signs": "I hum."})
    assert "I hum." in text_of(house.sandbox.person(ada.id).dms(house.application)[-1])
    await ada.press(shown, "Hide")
    assert "I hum." not in text_of(shown)  # at once, before the deletion comes through
    for _ in range(200):
        if shown.id not in {each.id for each in ada.dms(house.application)}:
            break
        await asyncio.sleep(0.01)
    assert shown.id not in {each.id for each in ada.dms(house.application)}
    assert (await ada.command("map", house.channel)).message is not None  # the map itself stands


async def test_strangers_are_told_what_it_is_and_offered_to_join(house: House) -> None:
    circle, _, _ = await opened(house)
    cleo = house.member("Cleo")
    told = (await cleo.command("map", house.channel)).message
    assert CONTENT.texts["sf-map-join"] in text_of(told)
    assert labels(told) == ["Join", "Help lines", "A short exercise"]
    assert "`/join`" in text_of(await word(house, cleo, "map"))
    ben = await joined(house, circle, "Ben", [])
    assert "Begin my map" in labels((await ben.command("map", house.channel)).message)
