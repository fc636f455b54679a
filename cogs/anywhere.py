"""Commands that go with a person everywhere, also where Trellis is no member: as their own app (Discord)."""

from typing import TypeVar

from discord import app_commands

C = TypeVar("C")


def anywhere(command: C) -> C:
    """Marks a command for every server, every direct message and both kinds of install."""
    command = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
