"""Summaries: how a circle's weeks went, in bands that point at nobody (docs/privacy-of-summaries.md)."""

from typing import TYPE_CHECKING

from cogs.summaries._commands import summary

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command."""
    client.tree.add_command(summary)
