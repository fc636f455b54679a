"""Short exercises in private: the kinds are offered outward first, and one exercise is read at a time."""

import re
from typing import Self

import discord

from bot.domain.prompts import Content, Exercise
from cogs.actors import Interaction
from cogs.embeds import calm
from cogs.errors import Told
from cogs.items import Panel, Pressed, button
from cogs.replies import in_place
from cogs.words import lines, text

# Outward-facing kinds come first: minding breath or body can stir panic for some (content/grounding.yaml).
KINDS = {
    "senses": "Senses",
    "movement": "Movement",
    "thought": "Thought",
    "comfort": "Comfort",
    "breath": "Breath",
}
IN_DANGER = "If you're in danger right now, your local emergency number is the fastest help."


def offer(content: Content) -> Told:
    """The choice of kinds."""
    return Told(lines([text(content, "gr-choose"), IN_DANGER]), view=Panel(*(Ground(kind) for kind in KINDS)))


class Ground(Pressed, template=rf"grounding:(?P<kind>{'|'.join(KINDS)}):(?P<number>[0-9]{{1,3}})"):
    """Shows an exercise of a kind; `number` counts through them, round and round."""

    def __init__(self, kind: str, number: int = 0, label: str | None = None) -> None:
        super().__init__(button(label or KINDS[kind], f"grounding:{kind}:{number}"))
        self.kind = kind
        self.number = number

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["number"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Reads the exercise out, in place of what stood there."""
        of_kind = [each for each in interaction.client.content.exercises if each.kind == self.kind]
        number = self.number % len(of_kind)
        view = Panel(Ground(self.kind, (number + 1) % len(of_kind), "Another one"), OtherKinds())
        await in_place(interaction, Told("", embed=_read_out(of_kind[number]), view=view))


class OtherKinds(Pressed, template=r"grounding:kinds:0"):
    """Back to the kinds."""

    def __init__(self) -> None:
        super().__init__(button("Other kinds", "grounding:kinds:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Offers them again."""
        await in_place(interaction, offer(interaction.client.content))


def _read_out(exercise: Exercise) -> discord.Embed:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(exercise.steps, 1))
    embed = calm(title=exercise.title[:256], description=lines([exercise.text, steps])[:4096])
    embed.set_footer(text="Each step is an invitation. Stop whenever you like; nothing of this is kept.")
    return embed
