"""Exercises in private, step by step in their time: asked first, chosen, stopped any time, kept nowhere."""

from typing import TYPE_CHECKING

from bot.domain.grounding_errors import NoSuchRun
from cogs.errors import Told
from cogs.grounding import _pieces as pieces
from cogs.grounding._commands import ground
from cogs.grounding._old import OldKind, OldKinds
from cogs.grounding._presses import RunButton, RunSelect
from cogs.grounding._ways_on import Again, Done, FeelWorse, FindPerson, Lines, Outward
from cogs.grounding.own import KeepNumbers, Save, ShowHelped
from cogs.grounding.starting import StartExercise, written
from cogs.items import Panel
from cogs.sentences import sentence
from cogs.speech import say

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the command, the components, and the words that begin it in a direct message."""
    client.tree.add_command(ground)
    client.add_dynamic_items(RunButton, RunSelect, StartExercise, OldKind, OldKinds)
    client.add_dynamic_items(Again, Outward, FeelWorse, Done, Lines, FindPerson)
    client.add_dynamic_items(Save, ShowHelped, KeepNumbers)
    client.direct_messages.on(written)
    client.errors.on(NoSuchRun, _over)


def _over(error: NoSuchRun) -> Told:
    """With a way to begin anew."""
    return Told(sentence(error) or "", view=Panel(pieces.start(say("Begin another"))))
