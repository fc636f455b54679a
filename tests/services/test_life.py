"""Facilitators are told of an absence: since when, until when, what was missed; once, and of no short one."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.circles import Circle
from bot.domain.errors import Unreachable
from bot.domain.outbox import Letter, Recipient
from bot.services.life import AWAY, Life
from storage import Storage
from storage.marks import ALIVE, RESTORED
from tests.services.house import KEY, House
from tests.services.recorder import Fault


class Bot:
    """One run of it: whether Discord is there, and how long its machine has been up."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.connected = True
        self.asleep = timedelta(0)  # by how much the clock was put forward
        self.began = house.clock.now()
        self.life = Life(house.storage, house.clock, lambda: self.connected, self._uptime)

    def _uptime(self) -> float:
        return (self.house.clock.now() - self.began - self.asleep).total_seconds()

    async def runs(self, **for_: float) -> None:
        """Ticks every half minute."""
        ends = self.house.clock.now() + timedelta(**for_)
        while self.house.clock.now() < ends:
            self.house.clock.step(timedelta(seconds=30))
            await self.life.tick()


@pytest.fixture
async def circle(house: House) -> Circle:
    return await house.circle()


def letters(house: House) -> list[Letter]:
    return [letter for letter, _ in house.face.letters if letter.kind == AWAY]


async def restarted(house: House, **after: float) -> Bot:
    """A new run, some time after the last."""
    house.clock.step(timedelta(**after))
    bot = Bot(house)
    await bot.life.begin()
    return bot


async def delivered(house: House) -> list[Letter]:
    """What has been told once the start is over."""
    for _ in range(3):
        await house.step(minutes=1)
    return letters(house)


async def test_an_absence_is_told_with_its_span_and_what_was_missed(house: House, circle: Circle) -> None:
    bot = await restarted(house)
    await bot.runs(minutes=2)
    since = house.clock.now()
    await restarted(house, days=2, hours=5)
    back = house.clock.now()
    [letter] = await delivered(house)
    assert (letter.circle, letter.recipient) == (circle.id, Recipient.FACILITATORS)
    assert letter.facts == {
        "since": int(since.timestamp()), "back": int(back.timestamp()), "how": "died", "missed": 3,
    }  # fmt: skip
    assert "missed-post" not in house.face.kinds(), "the one letter names them all"
    late = {"outcome": "missed", "reason": "late"}
    assert house.dispatch._metrics.registry.get_sample_value("trellis_posts_total", late) == 3
    await restarted(house)
    assert len(await delivered(house)) == 1, "told once"


async def test_a_stop_by_the_operator_is_told_as_one(house: House, circle: Circle) -> None:
    bot = await restarted(house)
    await bot.runs(minutes=2)
    await bot.life.end()
    again = await restarted(house, minutes=16)
    await again.runs(minutes=2)
    await restarted(house, minutes=16)
    assert [letter.facts["how"] for letter in await delivered(house)] == ["stopped", "died"]


async def test_a_short_absence_a_first_start_and_a_running_bot_are_nothing_to_tell(
    house: House, circle: Circle
) -> None:
    for minutes in (0, 3, 15):
        bot = await restarted(house, minutes=minutes)
        await bot.runs(minutes=31)
    assert await delivered(house) == []


async def test_a_bot_that_was_cut_off_says_so_when_it_is_back(house: House, circle: Circle) -> None:
    bot = await restarted(house)
    bot.connected = False
    await bot.runs(minutes=40)
    assert await delivered(house) == []
    bot.connected = True
    await bot.life.tick()
    [letter] = await delivered(house)
    assert letter.facts["how"] == "cut-off"


async def test_a_clock_that_is_put_forward_or_back_is_no_absence(house: House, circle: Circle) -> None:
    bot = await restarted(house)
    await bot.runs(minutes=2)
    house.clock.step(timedelta(days=3))
    bot.asleep = timedelta(days=3)
    await bot.runs(minutes=2)
    house.clock.step(timedelta(days=-3))
    await restarted(house)
    assert await delivered(house) == []


async def test_of_several_that_start_together_one_tells_and_one_that_stays_is_no_absence(
    house: House, circle: Circle
) -> None:
    await restarted(house)
    house.clock.step(timedelta(hours=2))
    bots = [Bot(house) for _ in range(4)]
    await asyncio.gather(*(bot.life.begin() for bot in bots))
    assert len(await delivered(house)) == 1
    await bots[0].runs(hours=1)
    await restarted(house)
    assert len(await delivered(house)) == 1


async def test_a_post_missed_for_another_reason_is_told_by_its_own_letter(
    house: House, circle: Circle
) -> None:
    bot = await restarted(house)
    await bot.runs(minutes=1)
    await restarted(house, minutes=40)
    assert len(await delivered(house)) == 1
    house.face.post_faults = [Fault(Unreachable())] * 500
    for _ in range(40):
        await house.step(minutes=5)
    assert "missed-post" in house.face.kinds()


async def test_after_a_restore_facilitators_read_as_of_when_it_is(
    house: House, circle: Circle, tmp_path: Path
) -> None:
    bot = await restarted(house)
    await bot.runs(minutes=2)
    as_of = house.clock.now()
    await house.storage.backup(tmp_path / "kept.db")
    url = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
    await Storage.restore(tmp_path / "kept.db", url, [KEY])
    storage = await Storage.open(url, [KEY])
    other = replace(house, storage=storage)
    again = await restarted(other, minutes=5)
    [letter] = await delivered(other)
    assert (letter.facts["how"], letter.facts["since"]) == ("restored", int(as_of.timestamp()))
    async with storage.read() as tx:
        assert await tx.marks.at(RESTORED) is None
        assert await tx.marks.at(ALIVE) is not None
    await again.runs(minutes=1)
    assert len(letters(other)) == 1
    await storage.close()
