"""A running Trellis: what monitoring sees of it, how it ends, and what it finishes first."""

import asyncio
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.app import opened
from bot.domain.errors import SettingsError
from bot.settings import Settings, load_settings, new_key
from sandbox import Sandbox


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def settings_for(sandbox: Sandbox, token: str, folder: Path, port: int) -> Settings:
    environment = {
        "DISCORD_TOKEN": token,
        "DISCORD_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'trellis.db'}",
        "TRELLIS_KEY": new_key(),
        "METRICS_PORT": str(port),
    }
    return load_settings(env_file=None, env=environment)


async def test_health_follows_the_connection_and_metrics_carry_no_label(tmp_path: Path) -> None:
    port = free_port()
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        stop = asyncio.Event()
        async with (
            opened(settings_for(sandbox, application.token, tmp_path, port)) as trellis,
            aiohttp.ClientSession(f"http://127.0.0.1:{port}") as asking,
        ):
            serving = asyncio.create_task(trellis.serve(application.token, stop))
            await asyncio.sleep(0)
            async with asyncio.timeout(20):
                while not trellis.client.is_ready():  # noqa: ASYNC110 - wait_until_ready refuses before the login
                    await asyncio.sleep(0.05)
            async with asking.get("/health") as answer:
                assert answer.status == 200
            async with asking.get("/metrics") as answer:
                said = await answer.text()
            stop.set()
            await serving
        assert "trellis_connected 1.0" in said
        assert "trellis_posts_in_hand 0.0" in said


async def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        taken = int(sandbox.url.rsplit(":", 1)[1])
        async with opened(settings_for(sandbox, application.token, tmp_path, taken)) as trellis:
            with pytest.raises(SettingsError, match=f"METRICS_PORT {taken} is taken"):
                await trellis.serve(application.token, asyncio.Event())


async def test_a_failure_to_begin_the_work_ends_the_run_instead_of_leaving_it_silent(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        async with opened(settings_for(sandbox, application.token, tmp_path, free_port())) as trellis:
            with closing(sqlite3.connect(tmp_path / "trellis.db")) as database:
                database.execute("ALTER TABLE occurrences RENAME TO lost")
            async with asyncio.timeout(20):
                with pytest.raises(OperationalError, match="no such table"):
                    await trellis.serve(application.token, asyncio.Event())


async def test_a_press_that_is_in_hand_at_the_stop_is_answered_first(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        owner = sandbox.world.add_user("Mara")
        guild = sandbox.world.add_guild("Town", owner)
        guild.invite(application, permissions=0x400 | 0x800)
        room = guild.add_text_channel("room")
        stop = asyncio.Event()
        async with opened(settings_for(sandbox, application.token, tmp_path, free_port())) as trellis:
            serving = asyncio.create_task(trellis.serve(application.token, stop))
            async with asyncio.timeout(20):
                while not trellis.client.is_ready():  # noqa: ASYNC110 - wait_until_ready refuses before the login
                    await asyncio.sleep(0.05)
            sandbox.faults.slow("POST", "/callback", 0.8)
            asking = asyncio.create_task(sandbox.person(owner).command("about", room))
            await asyncio.sleep(0.3)
            stop.set()
            await serving
            assert (await asking).state == "answered"
