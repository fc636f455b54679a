"""A running Trellis in a sandbox, with a server, a facilitator and the hands of people."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import built
from bot.domain.circles import Circle
from bot.services.bundle import Services
from bot.services.dispatch import Dispatch
from bot.services.letters import Letters
from cogs.client import TrellisClient
from cogs.connect import point_at
from sandbox import Sandbox
from storage import Storage
from tests.clocks import SteppedClock
from tests.pack import CONTENT

PERMISSIONS = 0x400 | 0x800 | 0x4000 | 0x10000 | 0x20000  # view, send, embed, read history, mention roles
KEY = "q7n5tq3v6w0yJ0T2cVb8mX4kLr1sPzUeHdGfAaBbCcM="  # 32 bytes, for tests only


@dataclass
class Running:
    """One run of Trellis, from its connection to its end."""

    storage: Storage
    services: Services
    dispatch: Dispatch
    letters: Letters
    client: TrellisClient
    connection: asyncio.Task[None]

    async def stop(self) -> None:
        """Ends it cleanly."""
        try:
            await self.client.close()
            with suppress(asyncio.CancelledError):
                await self.connection
        finally:
            await self.dispatch.drain()
            await self.storage.close()


async def run(database: str, clock: SteppedClock, token: str) -> Running:
    """Builds Trellis as it is built to run, and leaves its scheduler alone: tests say when time passes."""
    storage = await Storage.open(database, [KEY])
    client = TrellisClient(clock=clock, version="0.1.0", guild_ready_timeout=0.05)
    trellis = built(client, storage, clock, CONTENT)
    connection = asyncio.create_task(client.start(token))
    running = Running(storage, trellis.services, trellis.dispatch, trellis.letters, client, connection)
    logged_in = asyncio.create_task(client.wait_until_logged_in())
    await asyncio.wait({connection, logged_in}, return_when=asyncio.FIRST_COMPLETED)
    if connection.done():
        logged_in.cancel()
        await running.stop()
    await client.wait_until_ready()
    return running


@dataclass
class House:
    """What a test needs. `guild`, `channel`, `backroom` and `role` are the sandbox's own objects."""

    sandbox: Sandbox
    folder: Path
    application: Any
    guild: Any
    channel: Any  # where a circle will live
    backroom: Any  # private to facilitators and the bot
    role: Any  # the facilitators'
    facilitator: Any  # a Person who manages the server and holds the role
    clock: SteppedClock = field(default_factory=lambda: SteppedClock(datetime.now(UTC)))
    trellis: Running = field(init=False)

    @property
    def services(self) -> Services:
        """Of the present run."""
        return self.trellis.services

    @property
    def database(self) -> str:
        """The SQLite file that every run shares."""
        return f"sqlite+aiosqlite:///{self.folder / 'trellis.db'}"

    async def start(self) -> None:
        """Runs Trellis."""
        point_at(self.sandbox.api_url)
        self.trellis = await run(self.database, self.clock, self.application.token)

    async def restart(self) -> None:
        """Stops Trellis and runs it again on the same data."""
        await self.trellis.stop()
        await self.start()

    async def tick(self) -> None:
        """What the scheduler does each second."""
        await self.trellis.dispatch.tick()
        await self.trellis.dispatch.drain()
        await self.services.alerts.tick()
        await self.services.duty.tick()
        await self.trellis.letters.tick()

    def member(self, name: str, *roles: Any) -> Any:
        """A Person, new to the server."""
        user = self.sandbox.world.add_user(name)
        self.guild.add_member(user, roles=list(roles))
        return self.sandbox.person(user.id)

    async def circle(self, **options: Any) -> Circle:
        """A circle set up with the command itself."""
        given: dict[str, Any] = {
            "channel": self.channel,
            "facilitators": self.backroom,
            "role": self.role,
            "timezone": "Europe/Berlin",
        }
        given |= options
        outcome = await self.facilitator.command("circle setup", self.channel, **given)
        await outcome.settled(3)
        async with self.trellis.storage.read() as tx:
            circles = await tx.circles.all()
        return next(each for each in circles if each.home.channel == str(given["channel"].id))

    async def post(self, kind: str = "check-in") -> Any:
        """A post made by hand with the command; the message, as the facilitator sees it in the channel."""
        outcome = await self.facilitator.command("schedule post-now", self.channel, kind=kind)
        await outcome.settled(3)
        return self.messages(self.facilitator)[-1]

    def messages(self, person: Any, channel: Any = None) -> list[Any]:
        """What stands in the home channel (or another) for all to see, oldest first."""
        return [each for each in person.messages(channel or self.channel) if not each.ephemeral]


def text_of(message: Any) -> str:
    """Everything a message says, embeds included."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.get("title", ""), embed.get("description", "")]
        for each in embed.get("fields", ()):
            parts += [each["name"], each["value"]]
    return "\n".join(part for part in parts if part)
