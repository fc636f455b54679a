"""Which item answers a press: found by its custom id, made anew, asked; whatever it raises has one road."""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

import discord

from cogs.actors import Interaction
from cogs.messenger import components_of

if TYPE_CHECKING:
    from cogs.items import Pressed

_FEATURE = re.compile(r"[a-z-]+(?=:)")  # what ids begin with: `feature:action:<row id>`
_SEVERAL = ""  # of templates that begin otherwise: one item of several features


class Presses:
    """The kinds of items, by feature, so that a press is held against its feature's templates alone.

    discord.py has such a register too. It would hold each press against all templates, make a view of the
    whole message that nobody looks at, and let what an item raises end in its log.
    """

    def __init__(self) -> None:
        self._kinds: defaultdict[str, list[type[Pressed]]] = defaultdict(list)

    def on(self, *kinds: "type[Pressed]") -> None:
        """Presses whose whole custom id matches a kind's template go to an item of it."""
        for kind in kinds:
            self._kinds[_feature(template_of(kind).pattern)].append(kind)

    def templates(self) -> list[re.Pattern[str]]:
        """All of them."""
        return [template_of(kind) for kinds in self._kinds.values() for kind in kinds]

    async def pressed(self, interaction: Interaction) -> bool:
        """Asks the item; False where none has this id, or the pressed message has no such item on it."""
        data = cast("dict[str, Any]", interaction.data or {})
        custom_id = str(data.get("custom_id", ""))
        for kind in (*self._kinds.get(_feature(custom_id), ()), *self._kinds.get(_SEVERAL, ())):
            match = template_of(kind).fullmatch(custom_id)
            if match is not None and _stands(interaction, custom_id, data.get("component_type")):
                await kind.parsed(match).pressed(interaction)
                return True
        return False


def template_of(kind: "type[discord.ui.DynamicItem[Any]]") -> re.Pattern[str]:
    """What an item's custom ids look like."""
    return kind.__discord_ui_compiled_template__


def _feature(begins: str) -> str:
    found = _FEATURE.match(begins)
    return found[0] if found else _SEVERAL


def _stands(interaction: Interaction, custom_id: str, kind: object) -> bool:
    message = interaction.message
    return message is not None and any(
        getattr(each, "custom_id", None) == custom_id and each.type.value == kind
        for each in components_of(message.components)
    )
