"""A house to test in: a sandbox, a world in it, a running Trellis over real sockets on a real SQLite file."""

import asyncio
import shutil
import warnings
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

with warnings.catch_warnings():  # discord.py imports audioop, which Python 3.13 drops
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401

from sandbox import Limits, Sandbox
from storage import Storage
from tests.cogs.house import KEY, PERMISSIONS, House


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, to be copied: migrations have tests of their own."""
    path = tmp_path_factory.mktemp("empty") / "trellis.db"
    asyncio.run(_made(path))
    return path


async def _made(path: Path) -> None:
    storage = await Storage.open(f"sqlite+aiosqlite:///{path}", [KEY])
    await storage.close()


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stalled machine is not what these tests are about: answers may take their time here."""
    monkeypatch.setattr("cogs.replies.PATIENCE", timedelta(seconds=8))


@pytest.fixture
async def house(tmp_path: Path, empty: Path) -> AsyncIterator[House]:
    """A server with a home channel, a private channel and one facilitator, where Trellis runs."""
    shutil.copy(empty, tmp_path / "trellis.db")
    async with Sandbox(limits=Limits(channel_messages=50, webhook=50, answer=10)) as sandbox:
        house = laid(sandbox, tmp_path)
        await house.start()
        yield house
        await house.trellis.stop()


def laid(sandbox: Sandbox, folder: Path) -> House:
    """Lays the world."""
    application = sandbox.world.add_application("Trellis")
    owner = sandbox.world.add_user("Robin")
    guild = sandbox.world.add_guild("North Star", owner=owner)
    role = guild.add_role("Facilitator")
    guild.add_member(owner, roles=[role])
    guild.invite(application, permissions=PERMISSIONS)
    channel = guild.add_text_channel("north")
    backroom = guild.add_text_channel("facilitators", private_to=[role, application.bot])
    return House(sandbox, folder, application, guild, channel, backroom, role, sandbox.person(owner.id))
