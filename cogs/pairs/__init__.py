"""Practising listening in pairs: a wish for a week, a thread for two, timed turns and a way out at each."""

from typing import TYPE_CHECKING

from cogs.pairs._commands import together
from cogs.pairs._turns import ListenAlong, TakeTurn
from cogs.pairs._wishes import EndApart, JoinPairs, KeepApart, LeavePairs, ShowPairs

if TYPE_CHECKING:
    from cogs.client import TrellisClient

__all__ = ["setup", "together"]


async def setup(client: "TrellisClient") -> None:
    """Adds the components; the command is one of `/boundary`'s."""
    client.add_dynamic_items(JoinPairs, LeavePairs, KeepApart, EndApart, ShowPairs, TakeTurn, ListenAlong)
