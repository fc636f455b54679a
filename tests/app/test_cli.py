"""The operator's commands, each in a process of its own."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot import __version__
from bot.notify import READY, notify, watched
from bot.settings import is_key, new_key
from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


async def started(folder: Path, *words: str, **environment: str) -> Process:
    """`python -m bot …` in an empty folder with this environment alone."""
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), "COLUMNS": "200"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=base | environment, stdout=PIPE, stderr=PIPE
    )


async def ended(folder: Path, *words: str, **environment: str) -> tuple[int | None, str, str]:
    """Its exit status and what it said on stdout and stderr."""
    process = await started(folder, *words, **environment)
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, out.decode(), err.decode()


@pytest.mark.parametrize(
    ("environment", "named", "advice"),
    [
        ({}, "DISCORD_TOKEN is missing", "developer portal"),
        ({"DISCORD_TOKEN": "abc"}, "TRELLIS_KEY is missing", "python -m bot keygen"),
        ({"DISCORD_TOKEN": "abc", "TRELLIS_KEY": "short"}, "TRELLIS_KEY is wrong", "copy it again"),
        (
            {"DISCORD_TOKEN": "abc", "TRELLIS_KEY": new_key(), "DATABASE_URL": "mysql://x"},
            "DATABASE_URL is wrong",
            "sqlite+aiosqlite",
        ),
    ],
)
async def test_a_missing_or_wrong_setting_ends_the_start_with_one_sentence(
    tmp_path: Path, environment: dict[str, str], named: str, advice: str
) -> None:
    status, out, err = await ended(tmp_path, "run", **environment)
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert named in err
    assert advice in err
    assert list(tmp_path.iterdir()) == []


async def test_a_refused_token_is_told_in_one_sentence(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        environment = {
            "DISCORD_TOKEN": "nobodys",
            "TRELLIS_KEY": new_key(),
            "DISCORD_API_URL": sandbox.api_url,
        }
        status, _, err = await ended(tmp_path, "run", **environment)
    assert status == 2
    assert "DISCORD_TOKEN was refused by Discord" in err
    assert "Traceback" not in err
    assert "nobodys" not in err


async def test_a_new_key_is_one_that_the_vault_takes(tmp_path: Path) -> None:
    status, out, _ = await ended(tmp_path, "keygen")
    assert status == 0
    assert is_key(out.strip())


async def test_another_key_than_the_database_s_is_told_in_one_sentence(tmp_path: Path) -> None:
    assert (await ended(tmp_path, "migrate", TRELLIS_KEY=new_key()))[0] == 0
    status, _, err = await ended(tmp_path, "migrate", TRELLIS_KEY=new_key())
    assert status == 2
    assert "TRELLIS_KEY does not open this database" in err
    assert "Traceback" not in err


@pytest.mark.long
async def test_a_backup_is_restored_into_an_empty_database_and_into_no_other(tmp_path: Path) -> None:
    key = new_key()
    assert (await ended(tmp_path, "migrate", TRELLIS_KEY=key))[0] == 0
    assert (await ended(tmp_path, "backup", "kept.backup", TRELLIS_KEY=key))[0] == 0
    elsewhere = "sqlite+aiosqlite:///elsewhere.db"
    assert (await ended(tmp_path, "restore", "kept.backup", TRELLIS_KEY=key, DATABASE_URL=elsewhere))[0] == 0
    status, _, err = await ended(tmp_path, "restore", "kept.backup", TRELLIS_KEY=key, DATABASE_URL=elsewhere)
    assert status == 2
    assert "Traceback" not in err


async def test_a_move_to_anything_but_postgresql_is_refused_in_one_sentence(tmp_path: Path) -> None:
    status, out, err = await ended(tmp_path, "migrate", "--from", "trellis.db", TRELLIS_KEY=new_key())
    assert (status, out) == (2, "")
    assert "A move goes from a SQLite file to PostgreSQL" in err
    assert "Traceback" not in err


async def test_sigterm_ends_a_running_bot_cleanly_within_ten_seconds(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        environment = {
            "DISCORD_TOKEN": application.token,
            "TRELLIS_KEY": new_key(),
            "DISCORD_API_URL": sandbox.api_url,
            "LOG_FORMAT": "json",
        }
        with listening(tmp_path / "systemd") as told:
            environment |= {"NOTIFY_SOCKET": str(tmp_path / "systemd"), "WATCHDOG_USEC": "200000"}
            process = await started(tmp_path, "run", **environment)
            assert process.stderr is not None
            said = list[str]()
            asyncio.get_running_loop().add_reader(told, lambda: said.append(told.recv(1024).decode()))
            before = await asyncio.wait_for(process.stderr.readuntil(b"connected to discord"), 60)
            process.send_signal(signal.SIGTERM)
            _, after = await asyncio.wait_for(process.communicate(), 10)
            err = before + after
            asyncio.get_running_loop().remove_reader(told)
            said += [each.decode() for each in received(told)]
    assert process.returncode == 0
    assert application.token not in err.decode()
    lines = {line["event"]: line for line in map(json.loads, err.decode().splitlines())}
    assert [*lines] == ["starting", "commands synced", "connected to discord", "stopping", "stopped"]
    assert (lines["starting"]["version"], lines["starting"]["database"]) == (__version__, "sqlite")
    assert (lines["stopped"]["clean"], lines["stopped"]["seconds"] < 10) == (True, True)
    assert (said.count("READY=1"), said[-1]) == (1, "STOPPING=1")
    assert said.count("WATCHDOG=1") >= 2


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """As systemd listens to a service of Type=notify."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind(str(path))
        wire.setblocking(False)
        yield wire


def received(wire: socket.socket) -> Iterator[bytes]:
    """All that came."""
    with suppress(BlockingIOError):
        while True:
            yield wire.recv(1024)


def test_without_systemd_or_with_one_that_is_gone_nothing_is_told_and_nothing_fails(tmp_path: Path) -> None:
    assert not notify(READY, env={})
    assert not notify(READY, env={"NOTIFY_SOCKET": str(tmp_path / "nobody")})
    assert not notify(READY, env={"NOTIFY_SOCKET": "vsock:2:1"})
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind("\0trellis-test-" + tmp_path.name)
        assert notify(READY, env={"NOTIFY_SOCKET": "@trellis-test-" + tmp_path.name})
        assert wire.recv(100) == b"READY=1"


async def test_a_process_without_work_does_not_tell_systemd_that_it_lives(tmp_path: Path) -> None:
    alive = iter([True, False, False])
    with listening(tmp_path / "systemd") as told:
        env = {"NOTIFY_SOCKET": str(tmp_path / "systemd"), "WATCHDOG_USEC": "20000"}
        with pytest.raises(RuntimeError):  # the iterator's end
            await watched(lambda: next(alive), env)
        assert [*received(told)] == [b"WATCHDOG=1"]
    await watched(lambda: True, {})
    await watched(lambda: True, {**env, "WATCHDOG_PID": "1"})


async def test_a_bot_waits_for_a_discord_that_is_away(tmp_path: Path) -> None:
    async with Sandbox() as sandbox:
        application = sandbox.world.add_application("Trellis")
        sandbox.faults.fail_next("GET", "^/gateway$", status=503, times=1)
        sandbox.faults.drop_next("GET", "^/gateway$", times=1, after_applied=False)
        environment = {
            "DISCORD_TOKEN": application.token,
            "TRELLIS_KEY": new_key(),
            "DISCORD_API_URL": sandbox.api_url,
        }
        process = await started(tmp_path, "run", **environment)
        async with asyncio.timeout(30):
            while not sandbox.gateway.online(application):  # noqa: ASYNC110 - the sandbox tells nobody of this
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
