"""A house to test in: a sandbox, a world in it, a running Trellis over real sockets on a real SQLite file."""

import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

with warnings.catch_warnings():  # discord.py imports audioop, which Python 3.13 drops
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord  # noqa: F401

from sandbox import Limits, Sandbox
from tests.cogs.house import PERMISSIONS, House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A server with a home channel, a private channel and one facilitator, where Trellis runs."""
    async with Sandbox(limits=Limits(channel_messages=50)) as sandbox:
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
