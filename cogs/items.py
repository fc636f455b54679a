"""Components that outlive restarts: made anew from their custom id at each press, their errors told."""

import re
from typing import Any, Self, cast

import discord

from cogs.actors import Interaction
from cogs.speech import Words

ROW_ID = r"[0-9]{1,18}"  # digits only and within 64 bits, so that a forged id cannot overflow a column


class Pressed(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"\Z\A"):
    """The base of every button and select. A subclass names its `template` and takes its ids in `__init__`.

    `cogs.presses` makes it anew at each press.
    """

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """The item of a custom id; by default the template's groups go to `__init__`, as numbers."""
        build = cast("Any", cls)
        return cast("Self", build(*(int(group) for group in match.groups())))

    async def pressed(self, interaction: Interaction) -> None:
        """What a press does; raises freely."""
        raise AssertionError(f"{type(self).__name__} does not answer {interaction.type.name}")


def button(
    label: Words,
    custom_id: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    disabled: bool = False,
) -> discord.ui.Button[Any]:
    """A button as it is sent; what a press does is the dynamic item's, found by the id."""
    return discord.ui.Button(label=str(label), custom_id=custom_id, style=style, disabled=disabled)


def chosen(interaction: discord.Interaction[Any]) -> list[str]:
    """The values that were chosen in a select, as the interaction itself says."""
    values = cast("dict[str, Any]", interaction.data or {}).get("values")
    return [str(value) for value in values] if isinstance(values, list) else []


class Panel(discord.ui.View):
    """The view to send items in. discord.py never keeps it.

    A kept view would time out (an ephemeral one after 15 minutes), and cost memory for every message sent.
    """

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """Always: there is nothing to wait for."""
        return True


class LayoutPanel(discord.ui.LayoutView):
    """The same for components V2."""

    def __init__(self, *items: discord.ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_finished(self) -> bool:
        """Always: there is nothing to wait for."""
        return True
