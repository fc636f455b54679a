"""Buttons of exercises on messages from before there was a player: they lead to it, on their own message."""

import re
from typing import Self

from bot.domain.grounding import of_kind
from cogs.actors import Interaction, actor_of
from cogs.grounding._places import put_over
from cogs.grounding.starting import card_or_reading
from cogs.items import Pressed, button
from cogs.speech import say

KINDS = ("senses", "movement", "thought", "comfort", "breath")


class OldKind(Pressed, template=rf"grounding:(?P<kind>{'|'.join(KINDS)}):(?P<number>[0-9]{{1,3}})"):
    """An exercise of a kind; `number` counted through them, round and round."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(button(kind, f"grounding:{kind}:{number}"))
        self.kind, self.number = kind, number

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["number"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Asks first, then offers it."""
        client = interaction.client
        found = of_kind(client.content, self.kind)
        id_ = found[self.number % len(found)].id
        begun = client.services.grounding.begin(actor_of(interaction), exercise=id_)
        await put_over(interaction, await card_or_reading(client.content, begun, id_))


class OldKinds(Pressed, template=r"grounding:kinds:0"):
    """Back to the kinds."""

    def __init__(self) -> None:
        super().__init__(button(say("Other kinds"), "grounding:kinds:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Asks first, then offers them."""
        begun = interaction.client.services.grounding.begin(actor_of(interaction))
        await put_over(interaction, await card_or_reading(interaction.client.content, begun))
