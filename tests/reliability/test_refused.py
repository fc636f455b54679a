"""A full disk and a locked database: what was not kept is said not to be, and it goes on afterwards."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.writer import BUSY_MS
from tests.reliability.books import read
from tests.reliability.hands import Facilitator, Member
from tests.reliability.holding import wrong
from tests.reliability.house import House, built
from tests.reliability.ledger import Attempt
from tests.reliability.process import Bot, Bots


@pytest.fixture
async def house(tmp_path: Path, mutant: str) -> AsyncIterator[House]:
    """On a SQLite file, with no bot yet."""
    bots = Bots()
    async with built(tmp_path / "town", "", bots, "refused", mutant) as house:
        yield house
    await bots.close()


async def begun(house: House) -> tuple[Bot, Member]:
    """A bot that is connected, a check-in, and somebody who may answer it."""
    bot = house.start()
    await house.connected(bot)
    member, facilitator = house.hands[0], house.hands[-1]
    assert isinstance(member, Member)
    assert isinstance(facilitator, Facilitator)
    facilitator.town.channels[:] = [member.channel]
    await facilitator.post_now()
    return bot, member


def last(house: House, what: str) -> Attempt:
    """The newest of its kind."""
    return list(house.ledger.of(what))[-1]


async def ended(house: House, bot: Bot) -> list[str]:
    """Stops cleanly; what does not hold."""
    assert await bot.stop() == 0
    return [each for each in wrong(house, await read(house)) if "stuck" not in each]


async def test_on_a_full_disk_words_come_back_help_is_named_and_it_goes_on_with_space(house: House) -> None:
    bot, ada = await begun(house)
    bot.fill_disk()
    await ada.answer()
    await ada.offer()
    await ada.want_person()
    for what in ("form", "offer"):
        refused = last(house, what)
        assert refused.answered
        assert not refused.acknowledged
        assert refused.words in refused.said
    assert "nobody was told" in last(house, "person").said
    bot.free_disk()
    await ada.answer()
    await ada.want_person()
    assert last(house, "form").acknowledged
    assert last(house, "person").acknowledged
    assert await ended(house, bot) == []


async def test_while_another_program_locks_the_database_too_long_words_come_back_too(house: House) -> None:
    bot, ada = await begun(house)
    lock = asyncio.create_task(house.troubles.lock(BUSY_MS / 1000 + 1.5))
    await asyncio.sleep(0.2)
    await ada.answer()
    refused = last(house, "form")
    assert refused.answered
    assert not refused.acknowledged
    assert refused.words in refused.said
    await lock
    await ada.answer()
    assert last(house, "form").acknowledged
    assert await ended(house, bot) == []
