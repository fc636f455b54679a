"""What goes wrong in a bot's life, thrown with dice: when it is killed, and which faults it meets before."""

import asyncio
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from sandbox import Sandbox
from sandbox.faults import Fault
from sandbox.traffic import APPLIED, ARRIVED
from tests.reliability.process import Bot, Trap

STARTING = 0.6  # seconds within which a kill comes that is to meet the start
SPAN = 1.0  # seconds of being connected within which a kill at any time comes
LONGEST = 2.4  # seconds of being connected after which a life ends whose kill has met nothing
NARROW = 0.02  # seconds after an event: the windows between a send and its mark are about so wide

MESSAGES, ANSWERS, TOKENS = r"^/channels/\d+/messages$", r"^/interactions/\d+/", r"^/webhooks/"
ROUTES = (
    ("POST", MESSAGES), ("POST", MESSAGES), ("POST", MESSAGES), ("POST", ANSWERS), ("POST", ANSWERS),
    ("POST", ANSWERS), ("PATCH", TOKENS), ("POST", TOKENS), ("PATCH", r"^/channels/\d+/messages/\d+$"),
    ("POST", r"^/users/@me/channels$"), ("GET", r"^/channels/\d+/messages$"),
)  # fmt: skip
BUSY = 6  # of these: the first ones carry almost all of the traffic


@dataclass(frozen=True, slots=True)
class Kill:
    """When it comes: at an instant, at the nth request of a route, or at the nth commit (a trap within).

    `after`: seconds since the bot is connected, or since its start where it is to meet that.
    """

    after: float = LONGEST
    starting: bool = False
    moment: str = ""
    method: str = ""
    path: str = ""
    nth: int = 1
    delay: float = 0.0
    lost: bool = False  # the request that it comes with never arrives: it had not left yet
    trap: Trap | None = None

    @property
    def aim(self) -> str:
        """What it was aimed at."""
        if self.trap is not None:
            return "before a commit" if self.trap.before else "after a commit"
        if self.moment:
            return f"just before a {self.method}" if self.lost else f"{self.moment} {self.method}"
        return "the start" if self.starting else "any instant"


def thrown_kill(dice: random.Random) -> Kill:
    """A third at any instant, the rest at the events around which something could be lost or doubled."""
    if dice.random() < 0.12:
        return Kill(after=dice.uniform(0.02, STARTING), starting=True)
    delay = 0.0 if dice.random() < 0.4 else dice.uniform(0, NARROW)
    roll = dice.random()
    if roll < 0.25:
        return Kill(after=dice.uniform(0, SPAN))
    if roll < 0.6:
        return Kill(trap=Trap(dice.choice([1, 2, 3, 5, 8]), before=dice.random() < 0.3, delay=delay))
    method, path = dice.choice(ROUTES[:BUSY] if dice.random() < 0.85 else ROUTES)
    moment = dice.choice([ARRIVED, APPLIED])
    lost = moment == ARRIVED and dice.random() < 0.6
    delay = 0.0 if lost else delay
    return Kill(
        moment=moment, method=method, path=path, nth=dice.choice([1, 1, 2, 3, 5]), delay=delay, lost=lost
    )


@contextmanager
def aimed(sandbox: Sandbox, kill: Kill, bot: Bot) -> Iterator[None]:
    """Kills the bot when the event comes that the kill is aimed at."""
    seen = 0

    def watch(moment: str, method: str, path: str) -> None:
        nonlocal seen
        if (moment, method) != (kill.moment, kill.method) or not re.search(kill.path, path):
            return
        seen += 1
        if seen != kill.nth:
            return
        if kill.lost:
            sandbox.faults.drop_first(method, path)
        if kill.delay:
            asyncio.get_running_loop().call_later(kill.delay, bot.kill)
        else:
            bot.kill()

    sandbox.traffic.watchers.append(watch)
    try:
        yield
    finally:
        sandbox.traffic.watchers.remove(watch)


class Troubles:
    """Faults of Discord's, of the network's, of the database's and of the disk's."""

    def __init__(self, sandbox: Sandbox, database: str, dice: random.Random) -> None:
        self._sandbox = sandbox
        self._dice = dice
        self._database = database
        self._sqlite = database.startswith("sqlite")
        self._planned: list[tuple[str, Fault]] = []
        self._done: Counter[str] = Counter()

    @property
    def met(self) -> Counter[str]:
        """How many faults of each kind have hit."""
        found = Counter(self._done)
        for kind, fault in self._planned:
            found[kind] += fault.met
        return found

    def happened(self, kind: str) -> None:
        """Something else did."""
        self._done[kind] += 1

    def plan(self) -> None:
        """What Discord and the network will do to the requests to come."""
        faults, dice = self._sandbox.faults, self._dice
        faults.clear()
        for _ in range(dice.choice([0, 1, 1, 2])):
            method, path = dice.choice(ROUTES)
            roll = dice.randrange(8)
            if roll < 2:
                self._plan("dropped after applied", faults.drop_next(method, path, after_applied=True))
            elif roll == 2:
                self._plan("dropped before applied", faults.drop_next(method, path, after_applied=False))
            elif roll < 5:
                status, applied = dice.choice(
                    [(500, True), (502, True), (502, False), (503, False), (503, True)]
                )
                name = f"{status} {'after' if applied else 'before'} applied"
                self._plan(name, faults.fail_next(method, path, status=status, after_applied=applied))
            elif roll == 5:
                self._plan("429 storm", faults.storm(method, path, times=dice.randint(2, 8), wait=0.1))
            elif roll == 6:
                storm = faults.storm(method, ".", times=dice.randint(2, 8), wait=0.2, everything=True)
                self._plan("global 429 storm", storm)
            else:
                faults.slow(method, path, dice.uniform(0.05, 0.4))
                self._done["slow route"] += 1

    def thrown(self) -> "Timed | None":
        """What happens at some instant of this life, if anything does."""
        dice = self._dice
        roll, at = dice.random(), dice.uniform(0.0, 0.6)
        if roll < 0.08:
            return Timed("gateway closed", at, 0, lambda _: self._close_gateways())
        if roll < 0.14:
            return Timed("asked to reconnect", at, 0, lambda _: self._ask_to_reconnect())
        if roll < 0.21:
            span = dice.uniform(0.3, 1.2)
            return Timed("locked database", at, span, lambda _: self.lock(span))
        if roll < 0.28:
            return Timed(
                "full disk" if self._sqlite else "read-only server", at, 0.8, lambda bot: self.fill(bot, 0.8)
            )
        if roll < 0.32 and not self._sqlite:
            return Timed("severed connections", at, 0, lambda _: self._say(_SEVER))
        return None

    async def happen(self, it: "Timed", bot: Bot) -> None:
        """Counts it, where it was reached."""
        await asyncio.sleep(it.at)
        self._done[it.kind] += 1
        await it.do(bot)

    async def lock(self, span: float) -> None:
        """Somebody else holds the database: SQLite's one write lock, or a table that everything needs."""
        if not self._sqlite:
            await self._say("BEGIN; LOCK TABLE occurrences, check_ins, outbox IN EXCLUSIVE MODE", hold=span)
            return
        await asyncio.to_thread(_hold, Path(make_url(self._database).database or ""), span)

    async def fill(self, bot: Bot, span: float) -> None:
        """A full disk under SQLite; on PostgreSQL a server that takes reads alone, as a full one becomes."""
        if self._sqlite:
            bot.fill_disk()
            await asyncio.sleep(span)
            bot.free_disk()
            return
        name = make_url(self._database).database
        try:  # around all of it: a life that ends here must not leave a server that takes no writes
            await self._say(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on', _SEVER)
            await asyncio.sleep(span)
        finally:
            reset = f'ALTER DATABASE "{name}" RESET default_transaction_read_only'
            await self._say("SET default_transaction_read_only = off", reset, _SEVER)

    async def _close_gateways(self) -> None:
        await self._sandbox.faults.close_gateways(self._dice.choice([1000, 1001, 4000, 4009]))

    async def _ask_to_reconnect(self) -> None:
        self._sandbox.faults.ask_to_reconnect()

    async def _say(self, *statements: str, hold: float = 0) -> None:
        connection = await asyncpg.connect(self._database.replace("+asyncpg", ""))
        try:
            for each in statements:
                await connection.execute(each)
            await asyncio.sleep(hold)
        finally:
            await connection.close()

    def _plan(self, kind: str, fault: Fault) -> None:
        self._planned.append((kind, fault))


@dataclass(frozen=True, slots=True)
class Timed:
    """Something that happens `at` seconds into a life and lasts for `span` seconds."""

    kind: str
    at: float
    span: float
    do: Callable[[Bot], Awaitable[None]]


_SEVER = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'trellis'"
)


def _hold(file: Path, span: float) -> None:
    """In a thread: the write lock of a SQLite file, from a connection of its own."""
    import time

    with closing(sqlite3.connect(file, isolation_level=None, timeout=5)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(span)
        connection.execute("ROLLBACK")
