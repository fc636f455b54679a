"""A line of the circle's own is sent; what could not be kept comes back whole."""

import re

from bot.domain.errors import TrellisError
from bot.domain.ids import CircleId
from bot.domain.lines import LineKind, NewLine
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.help_now._lines import safe
from cogs.items import Panel
from cogs.lines._components import AddLine, line_look
from cogs.lines._form import FIELDS
from cogs.replies import in_place
from cogs.speech import Phrase, say

ADDED = Phrase(
    "Added. Members see it with the remark that nobody has checked it, until you or another "
    "facilitator says that it was."
)


async def added(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """A line is sent."""
    circle = CircleId(int(match[1]))
    typed = {name: fields.text(name) for name in FIELDS}
    kind = next(iter(fields.values("kind")), "")
    other = typed.pop("other")
    web = other.startswith("http")
    new = NewLine(
        kind=LineKind(kind) if kind in set(LineKind) else LineKind.OTHER,
        text="" if web else other,
        chat=other if web else "",
        **typed,
    )
    try:
        line, kept = await interaction.client.services.lines.add(actor_of(interaction), circle, new)
    except TrellisError as error:
        await _give_back(interaction, error, AddLine(int(circle)), *typed.values(), other)
        return
    await in_place(interaction, line_look(kept, line.id, ADDED()))


async def _give_back(interaction: Interaction, error: TrellisError, way: AddLine, *typed: str) -> None:
    told = interaction.client.errors.told(error)
    said = told.text if told else ""
    embed = calm(title=say("What you wrote"), description=safe("\n".join(filter(None, typed)))[:4096] or None)
    await answer(interaction, Told(said, embed=embed, view=Panel(way)))
