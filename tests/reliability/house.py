"""A town whose bot dies again and again while people go on: one seed, one database, many lives."""

import asyncio
import json
import math
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.domain.accounts import Account, Platform
from bot.domain.circles import Circle
from bot.domain.errors import NotAnswered
from bot.domain.members import CONSENT_VERSION, Member, Scope
from sandbox import Limits, Sandbox
from storage import Storage
from tests.reliability.hands import Facilitator, Hands
from tests.reliability.hands import Member as Someone
from tests.reliability.ledger import Ledger
from tests.reliability.process import Bot, Bots, Start
from tests.reliability.town import ZONE, Town, promised
from tests.reliability.trouble import Kill, Timed, Troubles, aimed, thrown_kill
from tests.storage.samples import KEY

CIRCLES, MEMBERS = 2, 3  # members of each circle
AWAY_MINUTES, AWAY_HOURS = timedelta(minutes=4), timedelta(hours=2, minutes=20)  # beyond the nonce; too late
SETTLED_IN = 2.0  # seconds of an ordinary day before the first death
KILLED = (-9, 255)  # exit statuses after SIGKILL; the fork server says 255 where it could not read one
DISCORD = Limits(channel_messages=10_000, webhook=500, route=500, global_per_second=500)  # storms are planned


@dataclass
class Passing:
    """The world's time: the machine's, moved on. It begins on a Monday morning, far from all quiet hours."""

    ahead: timedelta = field(default_factory=lambda: fair_morning() - datetime.now(UTC))

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + self.ahead


def fair_morning() -> datetime:
    """The coming Monday, 09:30 in the circles' zone."""
    here = datetime.now(ZONE)
    monday = here.date() + timedelta(days=7 - here.weekday())
    return datetime.combine(monday, time(9, 30), ZONE).astimezone(UTC)


@dataclass
class House:
    """All that a run consists of, and what was seen of it."""

    seed: str
    town: Town
    storage: Storage
    circles: list[Circle]
    members: dict[str, Member]  # by person
    hands: list[Hands]
    troubles: Troubles
    passing: Passing
    ledger: Ledger
    bots: Bots
    began: datetime
    mutant: str
    said: list[str] = field(default_factory=list)  # every line that a bot logged
    kills: Counter[str] = field(default_factory=Counter)
    fell: int = 0  # lives that ended by themselves in the start, as on a locked database
    collapsed: list[str] = field(default_factory=list)  # those that did so while they ran
    _posts: int = 0

    @property
    def sandbox(self) -> Sandbox:
        """Where all of it happens."""
        return self.town.sandbox

    @property
    def where(self) -> str:
        """Which database it is on."""
        return "SQLite" if self.town.environment["DATABASE_URL"].startswith("sqlite") else "PostgreSQL"

    async def die(self, times: int, progress: Callable[[], object], within: float = math.inf) -> None:
        """So many lives, each ended by SIGKILL; none is begun after `within` seconds."""
        await self._settle_in()
        ends = asyncio.get_running_loop().time() + within
        for number in range(times):
            if asyncio.get_running_loop().time() > ends:
                return
            await self._between(random.Random(f"{self.seed}:{number}:between"))
            await self._live(random.Random(f"{self.seed}:{number}:life"))
            progress()

    async def _settle_in(self) -> None:
        """A first life, in which there come to be posts to answer, words to review, alerts to take."""
        await self._promise(timedelta(0))
        bot = self.start()
        await self.connected(bot)
        await self.act(SETTLED_IN)
        bot.kill()
        await bot.over()

    async def _between(self, dice: random.Random) -> None:
        """New posts fall due; now and then the bot is away for so long that it counts."""
        if dice.random() < 0.6:
            await self._promise(timedelta(seconds=dice.uniform(0, 0.8)))
        roll = dice.random()
        if roll < 0.06:
            await self._away(AWAY_MINUTES, "away for minutes")
        elif roll < 0.075 and self.troubles.met["away for hours"] < 2:
            await self._promise(timedelta(minutes=5))
            await self._away(AWAY_HOURS, "away for hours")

    async def _promise(self, within: timedelta) -> None:
        at = self.passing.now() + within
        minutes = [self._posts] * len(self.circles)
        try:
            await promised(self.storage, self.circles, at, minutes=minutes)
        except NotAnswered:  # our own connection was cut with the bot's, and nothing was kept
            await promised(self.storage, self.circles, at, minutes=minutes)
        self._posts += 1

    async def _away(self, span: timedelta, kind: str) -> None:
        """Time passes, in which all has arrived that the dead bot had sent."""
        while self.sandbox.traffic.in_hand:  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.01)
        self.passing.ahead += span
        self.sandbox.sender.forget_nonces()
        self.troubles.happened(kind)

    async def _live(self, dice: random.Random) -> None:
        """One life, from its start to its end, with everybody acting all the while."""
        kill, timed = thrown_kill(dice), self.troubles.thrown()
        self.troubles.plan()
        bot = self.start(kill.trap)
        met = ran = False
        try:
            async with self._acting():
                with aimed(self.sandbox, kill, bot):
                    if not kill.starting:
                        await self.connected(bot)
                        ran = not bot.died.is_set()
                    met = await self._over(bot, kill, timed)
        finally:
            bot.kill()
            await bot.over()
            while self.sandbox.gateway.online(self.town.application):  # noqa: ASYNC110 - until that is seen
                await asyncio.sleep(0.005)
        if bot.status in KILLED:
            self.kills[kill.aim if met or kill.starting else "any instant"] += 1
        elif ran:
            self.collapsed.append(f"status {bot.status}, last of all {self.said[-3:]}")
        else:
            self.fell += 1

    async def _over(self, bot: Bot, kill: Kill, timed: Timed | None) -> bool:
        """Waits for the kill, or until it is time to do it; whether it came by itself."""
        happening = asyncio.create_task(self.troubles.happen(timed, bot)) if timed is not None else None
        longest = kill.after + (timed.at + timed.span if timed is not None else 0)
        try:
            async with asyncio.timeout(longest):
                await bot.died.wait()
        except TimeoutError:
            bot.kill()
            return False
        finally:
            if happening is not None:
                await ended(happening)
        return True

    @asynccontextmanager
    async def _acting(self) -> AsyncIterator[None]:
        """Everybody goes on while the body runs; what a hand could not bear is raised after it."""
        acting = [asyncio.create_task(each.act_until_cancelled()) for each in self.hands]
        try:
            yield
        finally:
            await ended(*acting)

    async def connected(self, bot: Bot) -> None:
        """Waits for it, however busy the machine is; a trap may spring before."""
        while not (bot.died.is_set() or self.sandbox.gateway.online(self.town.application)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    def start(self, trap: Any = None) -> Bot:
        """A life begins."""
        ahead = self.passing.ahead.total_seconds()
        return self.bots.start(
            Start(self.town.environment, ahead, trap, self.town.folder / "said", self.mutant)
        )

    async def act(self, span: float) -> None:
        """Everybody goes on for so long, with the bot alive."""
        async with self._acting():
            await asyncio.sleep(span)


async def ended(*tasks: asyncio.Task[None]) -> None:
    """Cancels what still runs; raises what one of them has raised."""
    for task in tasks:
        task.cancel()
    for each in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(each, Exception):
            raise each


@asynccontextmanager
async def built(folder: Path, database: str, bots: Bots, seed: str, mutant: str = "") -> AsyncIterator[House]:
    """A town with two circles, their members and a facilitator, on a SQLite file unless given another."""
    folder.mkdir(exist_ok=True)
    passing = Passing()
    async with Sandbox(limits=DISCORD, clock=passing.now) as sandbox:
        town = Town(sandbox, folder, CIRCLES, database, KEY)
        circles = await town.found_circles()
        storage = await town.open()
        ledger, dice = Ledger(), random.Random(f"{seed}:house")
        house = House(
            seed, town, storage, circles, {}, [], Troubles(sandbox, town.environment["DATABASE_URL"], dice),
            passing, ledger, bots, passing.now(), mutant,
        )  # fmt: skip
        await _peopled(house)
        with _overheard(folder / "said", house.said):
            try:
                yield house
            finally:
                await storage.close()


async def _peopled(house: House) -> None:
    town = house.town
    async with house.storage.begin() as tx:
        for circle, channel in zip(house.circles, town.channels, strict=True):
            for number in range(MEMBERS):
                user = town.sandbox.world.add_user(f"{channel.name} {number}")
                town.guild.add_member(user)
                account = Account(Platform.DISCORD, str(user.id))
                member = await tx.members.add(
                    circle.id, account, frozenset(Scope), CONSENT_VERSION, house.passing.now()
                )
                house.members[str(user.id)] = member
                dice = random.Random(f"{house.seed}:{channel.name}:{number}")
                someone = Someone(town, town.sandbox.person(user), channel, house.ledger, dice)
                house.hands.append(someone)
        await tx.commit()
    town.sandbox.faults.close_dms(house.hands[-1].person)  # one of them takes no direct messages
    dice = random.Random(f"{house.seed}:facilitator")
    house.hands.append(Facilitator(town, town.facilitator, town.channels[0], house.ledger, dice))


class _overheard:  # noqa: N801 - used as a function
    """A pipe into which bots log: a full disk does not reach it."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self._path, self._lines = path, lines
        self._rest = b""

    def __enter__(self) -> None:
        os.mkfifo(self._path)
        self._pipe = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        asyncio.get_running_loop().add_reader(self._pipe, self._read)

    def __exit__(self, *_: object) -> None:
        self._read()
        asyncio.get_running_loop().remove_reader(self._pipe)
        os.close(self._pipe)

    def _read(self) -> None:
        with suppress(BlockingIOError):
            while said := os.read(self._pipe, 1 << 16):
                *lines, self._rest = (self._rest + said).split(b"\n")
                self._lines += [line.decode(errors="replace") for line in lines]


def events(lines: Sequence[str], level: str) -> Counter[str]:
    """How often what was logged at a level."""
    found: Counter[str] = Counter()
    for line in lines:
        with suppress(json.JSONDecodeError):
            it = json.loads(line)
            if it.get("level") == level:
                found[" ".join(str(it[key]) for key in ("event", "raised", "error") if key in it)] += 1
    return found
