"""Help for who met the guard, in a direct message: a neutral opener first, the words only once it is opened.

The texts are safety.yaml's; which of them, where several tiers were met, is its rule sf-rule-06.
"""

import re
from typing import Any, Self

import discord

from bot.domain.accounts import Account
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.lines import LineKind
from bot.domain.listening.tiers import GRAVEST, Tier
from bot.domain.outbox import Letter
from bot.domain.prompts import Content
from bot.services._guarding import tiers_of
from cogs.actors import Interaction, actor_of
from cogs.alerts.said import on_call_line
from cogs.check_ins.support import WantPersonHere
from cogs.errors import Told, answer
from cogs.help_now.said import HelpLines, filled
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.words import text

ORDER = (  # safety.yaml, sf-rule-06
    Tier.SUICIDE_ACTIVE,
    Tier.SUICIDE_PASSIVE,
    Tier.DANGER_FROM_OTHER,
    Tier.HARM_TO_OTHER,
    Tier.SELF_HARM,
    Tier.DISTRESS,
)
TEXTS = {
    Tier.SUICIDE_ACTIVE: "sf-t-suicide",
    Tier.SUICIDE_PASSIVE: "sf-t-suicide",
    Tier.DANGER_FROM_OTHER: "sf-t-danger",
    Tier.HARM_TO_OTHER: "sf-t-harmother",
    Tier.SELF_HARM: "sf-t-selfharm",
}
LINES = {Tier.DANGER_FROM_OTHER: (LineKind.ABUSE, "People who know about safety")}
USUAL_LINES = (LineKind.CRISIS, "People I can call or text")
LATER = "That's fine. It stays here, and says no more than it does now."


class Open(Pressed, template=rf"guard:open:({ROW_ID}):([0-{len(GRAVEST) - 1}]{{1,6}})"):
    """Shows the words, in place of the opener."""

    def __init__(self, circle: int, tiers: str) -> None:
        super().__init__(button("Open", f"guard:open:{circle}:{tiers}", discord.ButtonStyle.primary))
        self.circle, self.tiers = CircleId(circle), {GRAVEST[int(each)] for each in tiers}

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), match[2])

    async def pressed(self, interaction: Interaction) -> None:
        """Says truly whether anybody was told."""
        services, content = interaction.client.services, interaction.client.content
        shown = await services.guards.help(actor_of(interaction), self.circle)
        tier = next((each for each in ORDER if each in self.tiers), Tier.SELF_HARM)
        region = shown.circle.settings.region
        lines = await services.lines.help_for(actor_of(interaction), region=region)
        said = filled(
            content,
            TEXTS.get(tier, "sf-t-selfharm"),
            lines,
            on_call_line=on_call_line(content, shown.circle, shown.raised),
        )
        kind, label = LINES.get(tier, USUAL_LINES)
        ways = Panel(HelpLines(kind, label, region), WantPersonHere(int(self.circle)), Hide())
        if interaction.guild is None:
            await interaction.response.edit_message(content=said, view=ways)
        else:
            await answer(interaction, Told(said, view=ways))


class Later(Pressed, template=r"guard:later:0"):
    """Not now."""

    def __init__(self) -> None:
        super().__init__(button("Not now", "guard:later:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing changes."""
        await answer(interaction, Told(LATER))


class Hide(Pressed, template=r"guard:hide:0"):
    """Takes the message out of the chat."""

    def __init__(self) -> None:
        super().__init__(button("Hide this", "guard:hide:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """At once; where others see it, it is left to them."""
        if interaction.guild is not None:
            await answer(interaction, Told(text(interaction.client.content, "sf-s-hidden")))
            return
        await interaction.response.defer()
        await interaction.delete_original_response()


def opener(letter: Letter, circle: Circle, _account: Account | None, content: Content) -> dict[str, Any]:
    """The letter: that there is a note, and nothing of it; a screen may be seen by others."""
    met = "".join(str(place) for place, tier in enumerate(GRAVEST) if tier in tiers_of(letter)) or "0"
    view = Panel(Open(int(circle.id), met), Later(), Hide())
    return {"content": text(content, "sf-s-open"), "view": view, "silent": circle.settings.discreet}
