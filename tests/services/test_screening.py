"""Failure is loud: words are kept, help is shown, and facilitators are told once an hour that it is so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import ContentError, Unreachable
from bot.domain.listening import Tier
from bot.domain.members import Scope
from bot.domain.prompts import Content
from bot.services import screening as module
from bot.services.screening import Screening
from storage import NotKept
from storage.session import unbroken
from tests.services.house import ADA, CONTENT, MARA, SERVER, House, person
from tests.services.recorder import Fault
from tests.services.said import SAID


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A listener that fails on everything."""

    def broken(_text: str, _books: object) -> object:
        raise ZeroDivisionError("the words: " + _text)

    monkeypatch.setattr(module, "screen", broken)
    return monkeypatch


def told(house: House) -> list[str]:
    return [kind for kind in house.face.kinds() if kind.startswith("screening-")]


async def test_words_that_cannot_be_screened_are_kept_and_helped_and_said_to_be_unseen(
    house: House, deaf: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    circle = await house.circle()
    await house.screening.tick()
    await house.members.join(ADA, circle.id, frozenset(Scope))
    share = await house.offer(ADA, None, circle.id, "The heron stood there.")
    assert (share.matched, share.unscreened) == (Tier.NONE, True)
    heard = await house.listening.listen(ADA, ["The heron stood there."], channel="10")
    assert (heard.failed, heard.first, heard.circle) == (True, True, circle)
    assert house.screening.failures == 2
    assert not any("heron" in str(record.__dict__) for record in caplog.records)
    [seen] = await house.reviewing.queue(MARA, circle.id)
    assert seen.unscreened


async def test_facilitators_are_told_once_an_hour_and_told_when_it_works_again(
    house: House, deaf: pytest.MonkeyPatch
) -> None:
    for channel in ("10", "20"):
        await house.circle(channel)
    for _ in range(4):
        await house.screening.tick()
        await house.step(minutes=14)
    assert told(house) == ["screening-down"] * 2
    await house.screening.tick()
    await house.step(minutes=5)
    await house.screening.tick()
    await house.tick()
    assert told(house) == ["screening-down"] * 4
    deaf.undo()
    for _ in range(2):
        await house.screening.tick()
        await house.tick()
    assert told(house)[4:] == ["screening-back"] * 2


async def test_a_restart_within_the_hour_tells_nobody_twice(house: House, deaf: pytest.MonkeyPatch) -> None:
    await house.circle()
    for _ in range(3):
        again = Screening(house.storage, house.clock, CONTENT, house.face)
        await again.tick()
        await house.step(minutes=1)
    assert told(house) == ["screening-down"]


async def test_one_text_that_breaks_the_listener_is_told_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.circle()
    whole = module.screen

    def brittle(text: str, books: Any) -> Any:
        if "heron" in text:
            raise RecursionError
        return whole(text, books)

    monkeypatch.setattr(module, "screen", brittle)
    assert house.screening.hear(["The heron.", SAID[Tier.SELF_HARM]]) is None
    await house.screening.tick()
    await house.tick()
    assert told(house) == ["screening-down"]


async def test_with_the_database_away_help_is_shown_and_facilitators_are_told_straight(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = await house.circle()
    await house.members.join(ADA, circle.id, frozenset(Scope))
    await house.screening.tick()

    def away(*_: object) -> object:
        raise NotKept("the disk is gone")

    monkeypatch.setattr(type(house.storage), "begin", away)
    monkeypatch.setattr(type(house.storage), "read", away)
    heard = await house.listening.listen(ADA, [SAID[Tier.SUICIDE_ACTIVE]], channel="10")
    assert (heard.tier, heard.first, heard.circle, heard.alert_raised) == (
        Tier.SUICIDE_ACTIVE,
        True,
        circle,
        None,
    )
    assert heard.opener  # what they wished cannot be read: the careful way
    assert (await house.listening.standing(ADA, circle.id, Tier.SUICIDE_ACTIVE)).alert_raised is None
    house.face.letter_faults.append(Fault(Unreachable()))
    for _ in range(3):
        house.clock.step(timedelta(minutes=1))
        await house.screening.tick()
    assert told(house) == ["screening-down"]  # a try that failed was made again
    [(letter, account)] = [each for each in house.face.letters if each[0].kind == "screening-down"]
    assert (letter.circle, letter.facts, account) == (circle.id, {"fault": "database"}, None)
    assert len(letter.nonce) <= 25
    monkeypatch.undo()
    await house.screening.tick()
    await house.tick()
    assert told(house) == ["screening-down", "screening-back"]


async def test_nothing_starts_with_phrasebooks_that_hear_nothing(house: House) -> None:
    house.screening.check()
    bare: Content = replace(CONTENT, phrasebooks=())
    with pytest.raises(ContentError):
        Screening(house.storage, house.clock, bare, house.face).check()


async def test_a_channel_says_which_circle_is_meant_and_a_direct_message_none(house: House) -> None:
    first, second = await house.circle("10"), await house.circle("20")
    await house.screening.tick()
    here = person("5", server=SERVER)
    assert house.screening.circle_of(here, "10") == first
    assert house.screening.circle_of(here, "200") == second  # the facilitators' channel
    assert house.screening.circle_of(here, "99") is None
    assert house.screening.circle_of(person("5", server=None), None) is None


async def test_what_comes_and_goes_is_told_once_an_hour_and_its_end_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.circle()
    await house.screening.tick()

    def away(*_: object) -> object:
        raise NotKept("the disk is gone")

    async def gone_for_a_while() -> None:
        with monkeypatch.context() as broken:
            broken.setattr(type(house.storage), "read", away)
            await house.screening.tick()
        await house.screening.tick()
        await house.tick()
        house.clock.step(timedelta(minutes=20))

    for _ in range(3):
        await gone_for_a_while()
    assert told(house) == ["screening-down", "screening-back"]
    await gone_for_a_while()
    assert told(house) == ["screening-down", "screening-back"] * 2
    monkeypatch.setattr(type(house.storage), "read", away)
    for _ in range(6):  # it stays away: nobody is left to believe that it works
        await house.screening.tick()
        house.clock.step(timedelta(minutes=1))
    assert told(house)[4:] == ["screening-down"]


async def test_who_was_told_before_a_restart_is_told_that_it_works_and_by_one_process(
    house: House, deaf: pytest.MonkeyPatch
) -> None:
    for channel in ("10", "20"):
        await house.circle(channel)
    await house.screening.tick()
    deaf.undo()
    await house.step(minutes=5)
    for _ in range(2):
        await Screening(house.storage, house.clock, CONTENT, house.face).tick()
    await house.tick()
    assert told(house) == ["screening-down"] * 2 + ["screening-back"] * 2
    await house.screening.tick()  # another process, which had told them, too
    await house.tick()
    assert len(told(house)) == 4


async def test_a_database_that_hangs_is_told_as_one_that_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.circle()
    await house.screening.tick()
    goes_on, looks = asyncio.Event(), 0

    @asynccontextmanager
    async def hung(_: object) -> AsyncIterator[None]:
        nonlocal looks
        looks += 1
        await unbroken(goes_on.wait())  # as a statement is, whoever has given up waiting for it
        raise NotKept("too late")
        yield

    monkeypatch.setattr(module, "PATIENCE", timedelta(milliseconds=10))
    monkeypatch.setattr(type(house.storage), "read", hung)
    for _ in range(3):
        await house.screening.tick()
    assert (told(house), looks) == (["screening-down"], 1)
    goes_on.set()
    await house.screening.tick()
