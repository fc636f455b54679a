"""Several real bots on one real PostgreSQL, each with its shard; a sandbox with a server on every shard."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from bot.domain.accounts import Platform
from bot.domain.circles import Circle, Home, Settings
from bot.domain.occurrences import Occurrence, State
from bot.domain.outbox import Recipient
from bot.domain.schedules import DAILY, Due, Kind
from bot.settings import new_key
from sandbox import Limits, Sandbox
from storage import Storage
from tests.reliability import process
from tests.reliability.town import INVITED_WITH, OURS, ZONE
from tests.storage import postgres

LETTER = "pair-not-opened"  # a note to facilitators that asks for nothing


@dataclass(frozen=True, slots=True)
class Spans:
    """In seconds; the real ones unless a test is to be quick."""

    beat: float = 2.0
    gone_after: float = 20.0
    apart: float = 6.0
    refused: float = 5.0  # a shard that introduces itself sooner after another one


QUICK = Spans(beat=0.5, gone_after=5.0, apart=2.5, refused=0.5)


def serve(environment: dict[str, str], spans: Spans) -> None:
    """`process.serve` with these spans."""
    from bot.services import processes
    from storage import processes as kept

    processes.BEAT = timedelta(seconds=spans.beat)
    processes.APART = timedelta(seconds=spans.apart)
    processes.GONE_AFTER = kept.GONE_AFTER = timedelta(seconds=spans.gone_after)
    process.serve(process.Start(environment))


class Fleet(process.Bots):
    """Bots that share a database."""

    def launch(self, environment: dict[str, str], shard: int, count: int, spans: Spans) -> process.Bot:
        """The one that serves this shard."""
        seat = {"SHARD_IDS": str(shard), "SHARD_COUNT": str(count)}
        return self.begin(serve, environment | seat, spans)


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL, and in it a migrated database without anything; yields the addresses' form."""
    with postgres.running() as address:
        asyncio.run(_say(address, "CREATE DATABASE template_town"))
        asyncio.run(_migrated(address.format("template_town")))
        yield address


async def _migrated(address: str) -> None:
    await (await Storage.open(address, [new_key()])).close()
    connection = await asyncpg.connect(_plain(address))
    try:
        await connection.execute("DELETE FROM vault_keys")  # each town has a key of its own
    finally:
        await connection.close()


async def _say(address: str, statement: str) -> None:
    connection = await asyncpg.connect(_plain(address.format("postgres")))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _plain(address: str) -> str:
    return address.replace("+asyncpg", "")


@dataclass
class Realm:
    """A server on each shard with circles in it, and the bots that serve them."""

    sandbox: Sandbox
    address: str
    fleet: Fleet
    shards: int
    spans: Spans
    bots: dict[int, process.Bot] = field(default_factory=dict)
    guilds: list[Any] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.application = self.sandbox.world.add_application("Trellis")
        self.environment = {
            "DISCORD_TOKEN": self.application.token,
            "DISCORD_API_URL": self.sandbox.api_url,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway_url,
            "DATABASE_URL": self.address,
            "TRELLIS_KEY": new_key(),
        }

    async def found(self, circles: int) -> None:
        """A server a shard, with so many circles in each."""
        owner = self.sandbox.world.add_user("Mara")
        for shard in range(self.shards):
            guild = self.sandbox.world.add_guild(f"Town {shard}", owner=owner)
            while self.shard_of(guild.id) != shard:
                await asyncio.sleep(0.001)  # the shard is taken from the time in the id
                guild = self.sandbox.world.add_guild(f"Town {shard}", owner=owner)
            guild.invite(self.application, permissions=INVITED_WITH)
            guild.add_text_channel("notes")
            guild.add_role("Facilitator")
            self.guilds.append(guild)
        storage = await self.open()
        async with storage.begin() as tx:
            for n in range(circles):
                for guild in self.guilds:
                    made = await tx.circles.add(
                        _home(guild, n), f"Circle {n}", Settings(zone=ZONE), datetime.now(UTC)
                    )
                    self.circles.append(made)
            await tx.commit()
        await storage.close()

    def shard_of(self, server: str) -> int:
        """Discord's rule."""
        return (int(server) >> 22) % self.shards

    async def open(self) -> Storage:
        """The database, beside the bots."""
        return await Storage.open(self.address, [self.environment["TRELLIS_KEY"]])

    async def start(self) -> None:
        """Starts one bot a shard, and waits until each is connected and has its full part of the pace."""
        for shard in range(self.shards):
            self.bots[shard] = self.fleet.launch(self.environment, shard, self.shards, self.spans)
        await until(self._ready, 60)

    async def _ready(self) -> bool:
        rows = await self.ask("SELECT pace FROM processes")
        full = [row["pace"] for row in rows] == [48 // self.shards] * self.shards
        connected = {s.shard[0] for s in self.sandbox.gateway._sessions.values() if s.socket is not None}
        return full and len(connected) == self.shards

    async def promise(self, *, letters: bool = False) -> None:
        """Everything is due now: a post in each circle, and a letter to its facilitators."""
        storage, now = await self.open(), datetime.now(UTC)
        local = now.astimezone(ZONE)
        async with storage.begin() as tx:
            for circle in self.circles:
                usual = (local + timedelta(hours=3)).replace(second=0, microsecond=0).time()
                await tx.schedules.add(circle.id, Kind.CHECK_IN, usual, DAILY, now, Due(local.date(), now))
                if letters:
                    await tx.outbox.add(circle.id, Recipient.FACILITATORS, LETTER, {}, now)
            await tx.commit()
        await storage.close()

    async def ask(self, question: str) -> list[Any]:
        """Straight from PostgreSQL."""
        connection = await asyncpg.connect(_plain(self.address))
        try:
            rows: list[Any] = await connection.fetch(question)
            return rows
        finally:
            await connection.close()

    async def claims(self) -> Counter[int]:
        """How many claims that are not settled each shard's process has in hand."""
        rows = await self.ask(
            "SELECT p.seat, count(*) AS held FROM occurrences o JOIN processes p ON p.id = o.held_by "
            "WHERE o.state = 'claimed' GROUP BY p.seat"
        )
        return Counter({int(row["seat"].split("/")[0]): row["held"] for row in rows})

    async def senders(self) -> dict[int, set[int]]:
        """By each living process's shard: the shards for whose servers it has sent posts."""
        rows = await self.ask(
            "SELECT p.seat, o.circle_id FROM occurrences o JOIN processes p ON p.id = o.held_by "
            "WHERE o.state = 'sent'"
        )
        server = {circle.id: circle.home.server for circle in self.circles}
        found: dict[int, set[int]] = {}
        for row in rows:
            shard = int(row["seat"].split("/")[0])
            found.setdefault(shard, set()).add(self.shard_of(server[row["circle_id"]]))
        return found

    def posted(self) -> Counter[int]:
        """How often each occurrence stands in a channel."""
        found: Counter[int] = Counter()
        for circle in self.circles:
            for message in self.sandbox.world.messages(self._channel(circle.home.channel)):
                found.update(set(map(int, OURS.findall(str(message.components)))))
        return found

    def told(self) -> int:
        """How many letters stand in the facilitators' channels."""
        rooms = {circle.home.facilitators for circle in self.circles}
        return sum(len(self.sandbox.world.messages(self._channel(room))) for room in rooms)

    async def kept(self) -> list[Occurrence]:
        """Every occurrence that the database holds."""
        storage, since = await self.open(), datetime.now(UTC) - timedelta(hours=1)
        async with storage.read() as tx:
            found = [row for circle in self.circles for row in await tx.occurrences.since(circle.id, since)]
        await storage.close()
        return found

    async def settled(self) -> bool:
        """Whether every circle's post is sent or explained."""
        states = "SELECT count(*) AS n FROM occurrences WHERE state = 'sent'"
        return int((await self.ask(states))[0]["n"]) == len(self.circles)

    def _channel(self, id_: str) -> Any:
        return self.sandbox.world.channels[id_]


@asynccontextmanager
async def realm(
    address: str, fleet: Fleet, shards: int, *, circles: int, spans: Spans
) -> AsyncIterator[Realm]:
    """With `circles` in a server on each shard, and a bot for each."""
    name = f"town_{time.monotonic_ns()}"
    await _say(address, f"CREATE DATABASE {name} TEMPLATE template_town STRATEGY FILE_COPY")
    limits = Limits(channel_messages=1000, identify=spans.refused)
    async with Sandbox(limits=limits) as sandbox:
        made = Realm(sandbox, address.format(name), fleet, shards, spans)
        await made.found(circles)
        await made.start()
        yield made
        assert set(await asyncio.gather(*(bot.stop() for bot in made.bots.values()))) == {0}


def _home(guild: Any, number: int) -> Home:
    """A channel for one more circle."""
    return Home(
        platform=Platform.DISCORD,
        server=guild.id,
        channel=guild.add_text_channel(f"circle-{number}").id,
        facilitators=guild.find_channel("notes").id,
        role=guild.find_role("Facilitator").id,
    )


async def until(reached: Callable[[], Awaitable[bool]], within: float) -> float:
    """Waits for it; the seconds that it took. Raises TimeoutError."""
    began = time.monotonic()
    async with asyncio.timeout(within):
        while not await reached():  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.1)
    return time.monotonic() - began


def sent(occurrences: Sequence[Occurrence]) -> bool:
    """Whether all of them are."""
    return all(one.state is State.SENT for one in occurrences)
