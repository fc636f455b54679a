"""One-tap check-ins over real sockets, durably stored, against a bare discord.py bot that only answers."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from benchmarks.figures import Figure, percentile
from bot.app import opened
from bot.settings import load_settings, new_key
from cogs.connect import point_at
from sandbox import Limits, Sandbox
from sandbox.people import Person

RATE = 50  # presses a second
SECONDS = 6
INVITED_WITH = 0x400 | 0x800 | 0x4000 | 0x10000

Press = Callable[[Person], Any]


async def measure() -> list[Figure]:
    """Latency from the press to the answer, in milliseconds, at 50 presses a second."""
    async with Sandbox(limits=Limits(channel_messages=10_000)) as sandbox, _trellis(sandbox) as press:
        ours = await _latencies(sandbox, press)
    async with Sandbox(limits=Limits(channel_messages=10_000)) as sandbox, _bare(sandbox) as press:
        floor = await _latencies(sandbox, press)
    what = f"one-tap check-in, {RATE}/s"
    floor_is = "a bare discord.py bot that answers and stores nothing"
    return [
        Figure(f"{what}, p50", percentile(ours, 0.5), percentile(floor, 0.5), "ms", floor_is),
        Figure(f"{what}, p99", percentile(ours, 0.99), percentile(floor, 0.99), "ms", floor_is),
    ]


async def _latencies(sandbox: Sandbox, press: Press) -> list[float]:
    people = [sandbox.person(user) for user in sandbox.world.users.values() if user.name.startswith("m")]
    began, tasks = time.perf_counter(), []
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        tasks.append(asyncio.create_task(_timed(press, people[number % len(people)])))
    return await asyncio.gather(*tasks)


async def _timed(press: Press, person: Person) -> float:
    began = time.perf_counter()
    outcome = await press(person)
    if outcome.message is None:
        raise RuntimeError(f"a press was not answered: {outcome.state}, {outcome.reason}")
    return (time.perf_counter() - began) * 1000


def _place(sandbox: Sandbox) -> tuple[Any, Any, Any]:
    """A bot, a server with 50 members, and its owner's hands."""
    world = sandbox.world
    application = world.add_application("Bench")
    owner = world.add_user("Owner")
    guild = world.add_guild("Bench", owner)
    for number in range(50):
        guild.add_member(world.add_user(f"m{number}"))
    guild.invite(application, permissions=INVITED_WITH)
    return application, guild, sandbox.person(owner)


@asynccontextmanager
async def _trellis(sandbox: Sandbox) -> AsyncIterator[Press]:
    application, guild, owner = _place(sandbox)
    role = guild.add_role("Facilitator")
    guild.add_member(owner.user, [role])
    home, notes = guild.add_text_channel("home"), guild.add_text_channel("notes")
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "DISCORD_TOKEN": application.token,
            "DISCORD_API_URL": sandbox.api_url,
            "DISCORD_GATEWAY_URL": sandbox.gateway_url,
            "DATABASE_URL": f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}",
            "TRELLIS_KEY": new_key(),
        }
        stop = asyncio.Event()
        async with opened(load_settings(env_file=None, env=environment)) as trellis:
            serving = asyncio.create_task(trellis.serve(application.token, stop))
            await trellis.client.wait_until_logged_in()
            await trellis.client.wait_until_ready()
            made = await owner.command(
                "circle setup", home, channel=home, facilitators=notes, role=role, timezone="Europe/Berlin"
            )
            await made.settled(10)
            await (await owner.command("schedule post-now", home, kind="check-in")).settled(10)
            card, post = sandbox.world.messages(home)[0], sandbox.world.messages(home)[-1]
            for user in [u for u in sandbox.world.users.values() if u.name.startswith("m")]:
                asked = await sandbox.person(user).press(card, "Join")
                await sandbox.person(user).submit(asked.modal, {"consents": ["check-ins"]})
            yield lambda person: person.select(post, ["clear"])
            stop.set()
            await serving


@asynccontextmanager
async def _bare(sandbox: Sandbox) -> AsyncIterator[Press]:
    application, guild, owner = _place(sandbox)
    home = guild.add_text_channel("home")
    point_at(sandbox.api_url, sandbox.gateway_url)
    client = discord.Client(intents=discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)

    class Weather(discord.ui.View):
        @discord.ui.select(custom_id="weather", options=[discord.SelectOption(label="Clear", value="clear")])
        async def tapped(self, interaction: discord.Interaction, _: Any) -> None:
            await interaction.response.send_message("Noted.", ephemeral=True)

    @tree.command(name="post", description="Posts the select")
    async def post(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Weather?", view=Weather(timeout=None))

    connection = asyncio.create_task(client.start(application.token))
    while not client.is_ready():  # noqa: ASYNC110 - wait_until_ready refuses before the login
        await asyncio.sleep(0.05)
    await tree.sync()
    message = (await owner.command("post", home)).message
    yield lambda person: person.select(message, ["clear"])
    await client.close()
    await asyncio.gather(connection, return_exceptions=True)
