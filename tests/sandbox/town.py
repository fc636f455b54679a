"""A small world in a running sandbox, the real discord.py client, and plain requests with a bot's token."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from sandbox import Limits, Sandbox
from sandbox.snowflakes import Now, machine_time

PATIENCE = 5.0
# View, send, embed links, attach files, history, manage messages, pin, manage server (AutoMod), manage and
# create events.
PERMISSIONS = 0x400 | 0x800 | 0x4000 | 0x8000 | 0x10000 | 0x2000 | 1 << 51 | 0x20 | 1 << 33 | 1 << 44
WIDE = Limits(channel_messages=10_000)

Answer = Callable[[Any], Awaitable[object]]


class Bot(discord.Client):
    """A client that answers interactions with `answer`, and keeps what it hears and what goes wrong in it."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.answer: Answer | None = None
        self.answering = 0
        self.heard: list[discord.Message] = []
        self.executions: list[discord.AutoModAction] = []
        self.logged_in = asyncio.Event()
        self.resumed = asyncio.Event()
        self.wrong: list[BaseException] = []

    async def setup_hook(self) -> None:
        self.logged_in.set()

    async def on_interaction(self, interaction: Any) -> None:
        """Commands, and components and forms that no view of the client knows."""
        if self.answer is None or interaction.type is discord.InteractionType.modal_submit:
            return
        self.answering += 1
        try:
            await self.answer(interaction)
        finally:
            self.answering -= 1

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        self.executions.append(execution)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_error(self, _event: str, /, *_args: Any, **_kwargs: Any) -> None:
        error = sys.exc_info()[1]
        assert error is not None
        self.wrong.append(error)

    async def register(self, *commands: dict[str, Any]) -> None:
        """Registers these commands, and no others, for every server."""
        assert self.application_id
        payload = [{"type": 1, "description": "A command", **command} for command in commands]
        await self.http.bulk_upsert_global_commands(self.application_id, payload)  # type: ignore[arg-type]


@dataclass
class Reply:
    """What the server answered."""

    status: int
    headers: Any
    body: Any


@dataclass
class Town:
    """The world of one test."""

    sandbox: Sandbox
    application: Any
    guild: Any
    channel: Any
    owner: Any
    session: aiohttp.ClientSession
    people: dict[str, Any] = field(default_factory=dict)

    def member(self, name: str, *roles: Any, locale: str = "en-GB") -> Any:
        """A Person, new to the server."""
        user = self.sandbox.world.add_user(name, locale=locale)
        self.guild.add_member(user, roles=list(roles))
        self.people[name] = user
        return self.sandbox.person(user.id)

    async def ask(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, form: Any = None
    ) -> Reply:
        """One plain request with the bot's token; `form` is sent as multipart, else `body` as JSON."""
        headers = {"Authorization": f"Bot {token or self.application.token}"}
        given: dict[str, Any] = {"data": form} if form is not None else {"json": body}
        async with self.session.request(
            method, self.sandbox.api_url + path, headers=headers, **given
        ) as response:
            text = await response.text()
            return Reply(response.status, response.headers, json.loads(text) if text else None)

    async def say(self, body: dict[str, Any], channel: Any = None) -> Reply:
        """Posts a message as the bot."""
        return await self.ask("POST", f"/channels/{(channel or self.channel).id}/messages", body)

    async def open_thread(self, **body: Any) -> Reply:
        """Opens a thread beneath the channel as the bot: private, unless `body` says otherwise."""
        return await self.ask("POST", f"/channels/{self.channel.id}/threads", {"name": "Two of us", **body})

    async def thread(self, **body: Any) -> Any:
        """One that the bot opened, as the sandbox holds it."""
        return self.sandbox.world.channels[(await self.open_thread(**body)).body["id"]]

    @asynccontextmanager
    async def bot(self, intents: discord.Intents | None = None) -> AsyncIterator[Bot]:
        """The real client, connected and ready inside the block."""
        Route.BASE = self.sandbox.api_url
        DiscordWebSocket.DEFAULT_GATEWAY = URL(self.sandbox.gateway_url)
        bot = Bot(intents)
        connection = asyncio.create_task(bot.start(self.application.token))
        try:
            ready = asyncio.create_task(_ready(bot))
            await asyncio.wait({connection, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
            ready.cancel()
            if connection.done():
                connection.result()
            assert bot.is_ready(), "the client did not become ready"
            yield bot
            await until(lambda: not bot.answering)
        finally:
            await bot.close()
            with suppress(asyncio.CancelledError, discord.DiscordException):
                await connection
        if bot.wrong:
            raise BaseExceptionGroup("in the bot", bot.wrong)


async def _ready(bot: Bot) -> None:
    await bot.logged_in.wait()
    await bot.wait_until_ready()


@asynccontextmanager
async def a_town(
    limits: Limits = WIDE, data: Path | None = None, clock: Now = machine_time
) -> AsyncIterator[Town]:
    """A sandbox with a bot invited to one server with one channel; an earlier run's world is found again."""
    async with Sandbox(limits=limits, data=data, clock=clock) as sandbox, aiohttp.ClientSession() as session:
        world = sandbox.world
        application = world.find_application("Ivy") or world.add_application("Ivy")
        owner = world.find_user("Robin") or world.add_user("Robin")
        guild = world.find_guild("North Star")
        if guild is None:
            guild = world.add_guild("North Star", owner=owner)
            guild.invite(application, permissions=PERMISSIONS)
        channel = guild.find_channel("north") or guild.add_text_channel("north")
        yield Town(sandbox, application, guild, channel, sandbox.person(owner.id), session)


async def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits until something holds; fails where it does not."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():
        assert asyncio.get_running_loop().time() < deadline, "it did not come to pass"
        await asyncio.sleep(0.01)
