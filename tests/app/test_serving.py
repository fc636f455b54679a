"""A running Trellis: what monitoring sees of it, how it ends, and what it finishes first."""

import asyncio
import shutil
import socket
import sqlite3
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot import __version__
from bot.app import opened
from bot.clock import SystemClock
from bot.domain.errors import NotKept, SettingsError
from bot.health import Health, Vitals
from bot.metrics import Metrics
from bot.services.pulse import Pulse, Pulses
from bot.settings import Settings, load_settings, new_key
from sandbox import Sandbox
from storage import Storage
from storage.migrate import newest
from tests.cogs.house import KEY


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


async def asked(asking: aiohttp.ClientSession, path: str) -> tuple[int, Any]:
    async with asking.get(path) as answer:
        return answer.status, await answer.json()


async def test_health_sees_that_discord_is_gone_and_asks_for_no_restart(tmp_path: Path) -> None:
    port, stop, discord = free_port(), asyncio.Event(), AsyncExitStack()
    sandbox = await discord.enter_async_context(Sandbox())
    application = sandbox.world.add_application("Trellis")
    async with (
        opened(settings_for(sandbox, application.token, tmp_path, port)) as trellis,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as asking,
    ):
        serving = asyncio.create_task(trellis.serve(application.token, stop))
        async with asyncio.timeout(20):
            while not trellis.client.connected or trellis.scheduler.ended("dispatch") is None:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        status, said = await asked(asking, "/health")
        assert (status, said["ready"], said["wrong"]) == (200, True, [])
        assert said["database_answer_seconds"] < 2
        await discord.aclose()
        async with asyncio.timeout(20):
            while trellis.client.connected:  # noqa: ASYNC110 - discord.py tells it only once it has tried again
                await asyncio.sleep(0.05)
        assert trellis.client.is_ready(), "discord.py goes on saying so"
        status, said = await asked(asking, "/health")
        assert (status, said["wrong"]) == (503, ["discord"])
        assert await asked(asking, "/health/live") == (200, {"alive": True})
        async with asking.get("/metrics") as answer:
            figures = await answer.text()
        stop.set()
        await serving
    assert "trellis_connected 0.0" in figures
    assert "trellis_gateway_disconnects_total" in figures
    assert f'trellis_build_info{{schema="{newest()}",version="{__version__}"}} 1.0' in figures


WELL = Pulse(database=0.01, overdue=0, unsettled=0, letters=0, oldest=0)


@pytest.mark.parametrize(
    ("changes", "wrong", "alive"),
    [
        ({}, [], True),
        ({"connected": False}, ["discord"], True),
        ({"pulse": Pulse()}, ["database"], True),
        ({"pulse": replace(WELL, overdue=61)}, ["dispatch"], True),
        ({"tick": (0.5, 31)}, ["dispatch"], True),  # it runs, and fails each time
        ({"tick": None}, ["dispatch"], True),  # it starts
        ({"tick": (121, 121)}, ["dispatch"], False),  # it hangs: a restart helps
    ],
)
async def test_what_is_wrong_is_named_and_only_a_stuck_process_is_not_alive(
    changes: dict[str, Any], wrong: list[str], alive: bool
) -> None:
    given = {"connected": True, "pulse": WELL, "tick": (0.5, 0.5)} | changes

    async def pulse() -> Any:
        return given["pulse"]

    vitals = Vitals(
        connected=lambda: given["connected"], latency=lambda: 0.04, tick=lambda: given["tick"], pulse=pulse
    )
    health = Health(Metrics(), vitals)
    assert (await health.look()).wrong == wrong
    assert health.alive() is alive


async def test_a_database_that_does_not_answer_holds_up_nobody_who_asks(
    tmp_path: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.pulse.PATIENCE", 0.05)
    shutil.copy(empty, tmp_path / "trellis.db")
    storage = await Storage.open(f"sqlite+aiosqlite:///{tmp_path / 'trellis.db'}", [KEY])
    pulses = Pulses(storage, SystemClock())
    assert (await pulses.look()).letters == 0
    hangs = asyncio.Event()
    monkeypatch.setattr("storage.schedules.Schedules.next_at", lambda _: hangs.wait())
    seen = await asyncio.gather(*(pulses.look() for _ in range(50)))
    assert set(seen) == {Pulse()}
    assert sum(task.get_name() == "pulse" for task in asyncio.all_tasks()) == 1
    await pulses.close()
    await storage.close()


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


async def test_a_database_that_is_held_when_the_work_begins_is_waited_for_and_ends_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        async with opened(settings_for(sandbox, application.token, tmp_path, free_port())) as trellis:
            settle = trellis.dispatch.settle

            async def held_at_first() -> None:
                tried.append(asyncio.get_running_loop().time())
                if len(tried) < 3:
                    raise NotKept("the database did not keep this: database is locked")
                await settle()

            monkeypatch.setattr(trellis.dispatch, "settle", held_at_first)
            monkeypatch.setattr("bot.app.FIRST_WAIT", 0.05)
            stop = asyncio.Event()
            serving = asyncio.create_task(trellis.serve(application.token, stop))
            async with asyncio.timeout(20):
                while trellis.scheduler.ended("dispatch") is None:  # noqa: ASYNC110 - nobody tells it
                    await asyncio.sleep(0.05)
            stop.set()
            await serving
    assert len(tried) >= 3, "each tick settles, too"
    assert tried[1] - tried[0] > 0.04
    assert tried[2] - tried[1] > 0.09  # each wait is twice the one before; a busy machine only adds to both


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


async def test_a_start_waits_for_a_database_that_another_holds(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        settings = settings_for(
            sandbox, sandbox.world.add_application("Trellis").token, tmp_path, free_port()
        )
        keys = [key.get_secret_value() for key in settings.trellis_key]
        await (await Storage.open(settings.database_url.get_secret_value(), keys)).close()
        with closing(sqlite3.connect(tmp_path / "trellis.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            starting = asyncio.create_task(AsyncExitStack().enter_async_context(opened(settings)))
            await asyncio.sleep(7)  # longer than a lock is waited for
            assert not starting.done()
            other.execute("ROLLBACK")
            await asyncio.wait_for(starting, 20)
