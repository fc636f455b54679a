"""What is written to the bot directly: taken by the first who knows it, told where it fails, never logged."""

import asyncio
import re
from typing import Any

import discord
import pytest

from bot.domain.grounding_errors import MembersOnly
from bot.domain.languages import Language
from cogs.direct_messages import DirectMessages, asked_in, reply
from cogs.doors import OPENED, WITHIN, Doors
from cogs.entrance import answers_given
from cogs.errors import Told
from cogs.grounding.starting import WORDS as GROUND
from cogs.safety.direct import HELP
from cogs.safety_map.written import WORDS as MAP
from tests.cogs.house import House, text_of
from tests.cogs.test_grounding import until

SECRET = "the heron waits at the mill"


async def test_the_first_who_knows_it_takes_it_and_what_fails_is_told_without_a_word_of_it_in_the_log(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    ada, router = house.member("Ada"), DirectMessages()
    heard: list[str] = []
    faults: list[Exception] = [MembersOnly(), RuntimeError(SECRET)]

    async def late(_client: Any, message: discord.Message) -> bool:
        heard.append(f"late {message.content[:3]}")
        return True

    async def early(_client: Any, message: discord.Message) -> bool:
        heard.append(f"early {message.content[:3]}")
        if message.content == SECRET:
            raise faults.pop(0)
        if message.content == "yes":
            await reply(message, Told("Heard."))
        return message.content == "yes"

    router.on(late)
    router.on(early, first=True)
    house.trellis.client.direct_messages = router
    for number, words in enumerate(("yes", "no", SECRET, SECRET), 1):
        await ada.dm(house.application, words)
        await until(lambda number=number: len([each for each in heard if each.startswith("early")]) == number)
    await until(lambda: len([each for each in ada.dms(house.application) if each.author.bot]) == 3)
    assert heard == ["early yes", "early no", "late no", "early the", "early the"]
    said = [text_of(each) for each in ada.dms(house.application) if each.author.bot]
    assert said[0] == "Heard."
    assert "joined a circle" in said[1]
    assert "Something went wrong on my side" in said[2]
    assert SECRET not in capsys.readouterr().out


async def test_a_stop_waits_for_the_answer_to_what_was_written(house: House) -> None:
    heard, gate = asyncio.Event(), asyncio.Event()

    async def slow(_client: Any, message: discord.Message) -> bool:
        heard.set()
        await gate.wait()
        await reply(message, Told("Heard."))
        return True

    house.trellis.client.direct_messages = router = DirectMessages()
    router.on(slow)
    ada = house.member("Ada")
    await ada.dm(house.application, "ground me")
    await heard.wait()
    stopping = asyncio.create_task(answers_given())
    await asyncio.sleep(0)
    assert not stopping.done()
    gate.set()
    await stopping
    assert [text_of(each) for each in ada.dms(house.application) if each.author.bot] == ["Heard."]


async def test_what_is_written_in_a_channel_goes_to_nobody(house: House) -> None:
    heard: list[str] = []

    async def hears(_client: Any, message: discord.Message) -> bool:
        heard.append(message.content)
        return True

    router = DirectMessages()
    router.on(hears)
    house.trellis.client.direct_messages = router
    ada = house.member("Ada")
    await ada.send(house.channel, "ground me")
    await ada.dm(house.application, "ground me")
    await until(lambda: bool(heard))
    assert heard == ["ground me"]
    assert not house.trellis.client.intents.guild_messages


def test_doors_never_opened_before_are_opened_twenty_in_ten_minutes_and_known_ones_always() -> None:
    now = [0.0]
    doors = Doors(lambda: now[0])
    for number in range(OPENED):
        assert doors.may_open(number)
        for _ in range(3):
            doors.opening(number)  # again is no new one
    assert not doors.may_open(OPENED)
    assert doors.may_open(0)
    doors.is_open(OPENED)  # they wrote to us
    assert doors.may_open(OPENED)
    doors.opening(OPENED + 1)  # a letter leaves all the same
    now[0] = WITHIN - 0.1
    assert not doors.may_open(OPENED + 2)
    now[0] = WITHIN
    assert doors.may_open(OPENED + 2)


def test_whose_door_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cogs.doors.REMEMBERED", 2)
    monkeypatch.setattr("cogs.doors.OPENED", 0)
    doors = Doors()
    for number in range(3):
        doors.is_open(number)
    assert [doors.may_open(number) for number in range(3)] == [False, True, True]


@pytest.mark.parametrize(
    ("said", "words", "language"),
    [
        ("Ground me!", GROUND, Language.EN),
        ("Ánclame", GROUND, Language.ES),
        ("¡Anclame, por favor!", GROUND, Language.ES),
        ("¿Puedes anclarme ahora?", GROUND, Language.ES),
        ("anclaje", GROUND, Language.ES),
        ("Erde mich, bitte.", GROUND, Language.DE),
        ("ERDUNG", GROUND, Language.DE),
        ("Kannst du mich erden?", GROUND, Language.DE),
        ("Könntest du mich noch einmal erden", GROUND, None),
        ("die Erde", GROUND, None),
        ("el ancla", GROUND, None),
        ("_map_", MAP, Language.EN),
        ("Mi mapa", MAP, Language.ES),
        ("Enséñame mi mapa, por favor", MAP, Language.ES),
        ("el mapa de seguridad", MAP, Language.ES),
        ("Karte", MAP, Language.DE),
        ("Öffne bitte meine Karte!", MAP, Language.DE),
        ("Zeig mir meine Sicherheitskarte", MAP, Language.DE),
        ("eine Karte von Berlin", MAP, None),
        ("/help-now", HELP, Language.EN),
        ("Ayúdame", HELP, Language.ES),
        ("ayu\u0301dame", HELP, Language.ES),
        ("¡¡Necesito ayuda ya!!", HELP, Language.ES),
        ("Socorro", HELP, Language.ES),
        ("Hilfe!", HELP, Language.DE),
        ("Ich brauche Hilfe, bitte", HELP, Language.DE),
        ("hilf mir", HELP, Language.DE),
        ("Hilfe kam zu spät", HELP, None),
        ("", HELP, None),
    ],
)
def test_the_words_that_do_something_tell_the_language_too(
    said: str, words: dict[Language, re.Pattern[str]], language: Language | None
) -> None:
    assert asked_in(said, words) is language
