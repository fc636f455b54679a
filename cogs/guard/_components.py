"""The presses of the guard: make what was shown, look again, leave it."""

import re
from typing import Self

import discord

from bot.domain.guard import Policy
from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.guard._look import LET_BE, made_look, preview_look
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import say

WHAT = rf"({ROW_ID}):({'|'.join(Policy)}):([0-9]{{1,20}})"  # circle, policy, channel of the copies (0: none)


class _Asks(Pressed, template=r"\Z\A"):
    """What both carry."""

    def __init__(
        self, circle: int, policy: Policy, copies: str | None, *, action: str, label: str, primary: bool
    ) -> None:
        style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
        super().__init__(button(label, f"guard:{action}:{circle}:{policy.value}:{copies or 0}", style))
        self.circle, self.policy, self.copies = CircleId(circle), policy, copies

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Policy(match[2]), match[3] if match[3] != "0" else None)  # type: ignore[call-arg]


class MakeRules(_Asks, template=rf"guard:make:{WHAT}"):
    """Makes the rules that were shown."""

    def __init__(self, circle: int, policy: Policy, copies: str | None) -> None:
        super().__init__(circle, policy, copies, action="make", label=say("Make these rules"), primary=True)

    async def pressed(self, interaction: Interaction) -> None:
        """Says what stands then."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guards = interaction.client.services.guards
        shown = await guards.on(actor_of(interaction), self.circle, self.policy, self.copies)
        await answer(interaction, made_look(shown))


class LookAgain(_Asks, template=rf"guard:look:{WHAT}"):
    """Looks whether what was in the way is gone."""

    def __init__(self, circle: int, policy: Policy, copies: str | None) -> None:
        super().__init__(circle, policy, copies, action="look", label=say("Look again"), primary=True)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows it anew."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await answer(interaction, await asked(interaction, self.circle, self.policy, self.copies))


class NotNow(Pressed, template=r"guard:not:0"):
    """Leaves it."""

    def __init__(self) -> None:
        super().__init__(button(say("Not now"), "guard:not:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is made."""
        await in_place(interaction, Told(LET_BE()))


async def asked(interaction: Interaction, circle: CircleId, policy: Policy, copies: str | None) -> Told:
    """What would be made, or what is in the way. Raises NoCircle, NotFacilitator, NotServerManager."""
    guards = interaction.client.services.guards
    shown = await guards.preview(actor_of(interaction), circle, policy, copies)
    way = LookAgain if shown.trouble is not None else MakeRules
    told = preview_look(shown, copies)
    return Told(told.text, embed=told.embed, view=Panel(way(int(circle), policy, copies), NotNow()))
