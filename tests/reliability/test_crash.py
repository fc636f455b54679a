"""The real bot, killed without warning around its dispatch."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.occurrences import Occurrence, State
from bot.domain.schedules import DAILY, Due, Kind
from bot.settings import new_key
from sandbox import Limits, Sandbox
from storage import Storage
from tests.reliability.process import Bots

KILLS = 50
CIRCLES = 3  # due together in each round
ZONE = ZoneInfo("Europe/Berlin")
OURS = re.compile(r"check-in:[a-z-]+:(\d+)")


class Town:
    """A sandbox server with one channel for each circle, and the bot's settings for it."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox = sandbox
        self.application = sandbox.world.add_application("Trellis")
        self.guild = sandbox.world.add_guild("Town", owner=sandbox.world.add_user("Mara"))
        self.role = self.guild.add_role("Facilitator")
        self.channels = [self.guild.add_text_channel(f"circle-{n}") for n in range(CIRCLES)]
        self.notes = self.guild.add_text_channel("notes")
        self.guild.invite(self.application, permissions=(1 << 10) | (1 << 11) | (1 << 14) | (1 << 16))
        self.key = new_key()
        self.database = f"sqlite+aiosqlite:///{folder / 'trellis.db'}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DISCORD_TOKEN": self.application.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway_url,
            "DATABASE_URL": self.database,
            "TRELLIS_KEY": self.key,
        }

    async def open(self) -> Storage:
        return await Storage.open(self.database, [self.key])

    async def found_circles(self) -> list[Circle]:
        """Makes the circles, as `/circle setup` would have long ago."""
        storage = await self.open()
        made = []
        async with storage.begin() as tx:
            for channel in self.channels:
                home = Home(
                    platform=Platform.DISCORD,
                    server=str(self.guild.id),
                    channel=str(channel.id),
                    facilitators=str(self.notes.id),
                    role=str(self.role.id),
                )
                settings = Settings(zone=ZONE)
                made.append(await tx.circles.add(home, channel.name, settings, datetime.now(UTC)))
            await tx.commit()
        await storage.close()
        return made

    async def promise(self, circles: list[Circle], round_: int) -> None:
        """Adds a schedule to each circle that falls due within the next moments."""
        storage = await self.open()
        now = datetime.now(UTC)
        local = now.astimezone(ZONE)
        async with storage.begin() as tx:
            for circle in circles:
                at = (local - timedelta(minutes=2 + round_)).time().replace(second=0, microsecond=0)
                due = Due(local.date(), now + timedelta(seconds=random.uniform(0, 0.5)))
                await tx.schedules.add(circle.id, Kind.CHECK_IN, at, DAILY, now, due)
            await tx.commit()
        await storage.close()

    def posted(self) -> Counter[int]:
        """How often each occurrence stands in a channel, by the ids of its components."""
        found: Counter[int] = Counter()
        for channel in self.channels:
            for message in self.sandbox.world.messages(channel):
                found.update(set(map(int, OURS.findall(str(message["components"])))))
        return found


@pytest.fixture
async def bots() -> AsyncIterator[Bots]:
    started = Bots()
    yield started
    await started.close()


async def kept(town: Town, circles: list[Circle]) -> list[Occurrence]:
    storage = await town.open()
    async with storage.read() as tx:
        long_ago = datetime.now(UTC) - timedelta(days=1)
        found = [row for circle in circles for row in await tx.occurrences.since(circle.id, long_ago)]
    await storage.close()
    return found


@pytest.mark.timeout(280)
async def test_killed_with_sigkill_50_times_around_dispatch_nothing_is_posted_twice_or_unexplained(
    tmp_path: Path, bots: Bots
) -> None:
    seed = random.randrange(10**9)
    print(f"replay with random.seed({seed})")
    random.seed(seed)
    async with Sandbox(limits=Limits(channel_messages=10_000)) as sandbox:
        town = Town(sandbox, tmp_path)
        circles = await town.found_circles()
        for round_ in range(KILLS):
            await town.promise(circles, round_)
            if round_ % 4 == 3:
                sandbox.faults.drop_next("POST", r"/channels/\d+/messages", after_applied=True)
            bot = bots.start(town.environment)
            await asyncio.sleep(random.uniform(0.15, 1.1))
            await bots.kill(bot)
        last = bots.start(town.environment)
        occurrences = await settled(town, circles)
        assert await bots.stop(last) == 0

    posted = town.posted()
    assert len(occurrences) == KILLS * CIRCLES
    assert {n for n, times in posted.items() if times > 1} == set()
    for occurrence in occurrences:
        if occurrence.state is State.SENT:
            assert posted[occurrence.id] == 1
        else:
            assert occurrence.state in (State.MISSED, State.HELD)
            assert occurrence.reason is not None
            assert posted[occurrence.id] == 0
    assert sum(occurrence.state is State.SENT for occurrence in occurrences) == sum(posted.values())


async def settled(town: Town, circles: list[Circle]) -> list[Occurrence]:
    """Waits until nothing is claimed any more; the test's timeout bounds it."""
    while True:
        await asyncio.sleep(0.5)
        occurrences = await kept(town, circles)
        if len(occurrences) == KILLS * CIRCLES and all(o.state is not State.CLAIMED for o in occurrences):
            return occurrences
