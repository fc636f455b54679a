"""A twelve-week plan, laid by the demo's facilitator, previewed whole, then played to its end by Trellis."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console

from bot.demo import Demo, opened_demo
from bot.demo._weeks import Weeks, coming_monday
from bot.domain.accounts import Account, Actor, Platform
from bot.domain.circles import Circle
from bot.domain.occurrences import Occurrence
from bot.domain.outlook import Foreseen
from sandbox import Limits
from sandbox.world import Message

WIDE = Limits(channel_messages=10_000)
WEEKS = 12


@dataclass
class Run:
    """What was promised and what came of it; the demo is still served."""

    demo: Demo
    circle: Circle
    monday: date
    promised: list[Foreseen]
    kept: list[Occurrence]

    def message(self, one: Occurrence) -> Message:
        """The post in the home channel."""
        assert one.message is not None
        return self.demo.stage.home.messages[one.message]

    def said_in(self, channel: str) -> list[Message]:
        """All that Trellis wrote there for everyone, oldest first."""
        place = self.demo.stage.guild.find_channel(channel)
        assert place is not None
        return [one for one in self.demo.sandbox.world.messages(place) if one.author.bot]


@asynccontextmanager
async def played(folder: Path, after: datetime | None = None) -> AsyncIterator[Run]:
    """The whole run, from the first Monday after an instant (now where none is given)."""
    async with opened_demo(folder, limits=WIDE) as demo:
        if after is not None:
            demo.clock.forward(after)
        weeks = Weeks(demo.trellis, demo.clock, demo.stage, demo.cast, pace=0)
        await weeks.begin()
        monday = coming_monday(demo.clock.now())
        async with demo.serving():
            await demo.cast.open()
            await demo.cast.lay_plan(monday)
            circle = await _circle(demo)
            promised = await _previewed(demo, circle, monday)
            await weeks.play(Console(quiet=True))
            async with demo.trellis.storage.read() as tx:
                kept = await tx.occurrences.since(circle.id, circle.made_at)
            yield Run(demo, circle, monday, promised, kept)


async def _circle(demo: Demo) -> Circle:
    async with demo.trellis.storage.read() as tx:
        circle = await tx.circles.at_channel(Platform.DISCORD, demo.stage.home.id)
    assert circle is not None
    return circle


async def _previewed(demo: Demo, circle: Circle, monday: date) -> list[Foreseen]:
    """What the facilitator is shown of each week, before any of it is posted."""
    account = Account(Platform.DISCORD, demo.stage.facilitator.id)
    mara = Actor(account=account, server=demo.stage.guild.id, roles=frozenset({demo.stage.role.id}))
    found: list[Foreseen] = []
    for week in range(WEEKS):
        seen = await demo.trellis.services.themes.week(mara, circle.id, monday + timedelta(weeks=week))
        found += seen.posts
    return found
