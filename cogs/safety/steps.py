"""What can be pressed in a message of care; each press changes that one message, and nothing else appears."""

import re
from typing import Self

import discord

from bot.domain.prompts import Content
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.hiding import in_own_place
from cogs.items import Panel, Pressed, button
from cogs.safety.scenes import PLACE, Flag, Page, Scene, Setting, page_embed, reply_of, scene_of, setting_of
from cogs.speech import Phrase, Words, say
from cogs.words import text

LEADS_TO = {  # `next` of safety.yaml: the step
    "gr-choose": "calm",
    "sf-s-lines": "lines",
    "sf-s-abuse-lines": "abuse",
    "sf-s-child-lines": "child-lines",
    "sf-s-now": "now",
    "sf-s-write": "write",
    "sf-s-misread": "misread",
    "sf-s-okay": "okay",
    "sf-s-hidden": "hide",
    "sf-s-calling": "calling",
    "sf-s-with": "with",
    "sf-t-medical": "medical",
}
FOLLOWING = ("write", "lines", "go-on", "let-be")  # the buttons of sf-s-follow
OPENING = ("open", "later", "hide")  # those of sf-s-open
LABELS = {
    "go-on": Phrase("Go on"),
    "back": Phrase("Back"),
    "turn-back": Phrase("Back"),
    "hide": Phrase("Hide"),
    "child": Phrase("A child may be at risk"),
}
OPEN = Phrase("Open")
PRIMARY = frozenset({"open", "now", "medical", "lines", "abuse"})


class Step(Pressed, template=rf"safety:(?P<step>[a-z-]{{2,16}}):{PLACE}"):
    """One press, from one place."""

    def __init__(self, scene: Scene, step: str, label: Words = "") -> None:
        style = discord.ButtonStyle.primary if step in PRIMARY else discord.ButtonStyle.secondary
        super().__init__(button(label or LABELS.get(step, OPEN), scene.id(step), style))
        self.scene, self.step = scene, step

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(scene_of(match), match["step"])

    async def pressed(self, interaction: Interaction) -> None:
        """Goes there; a step that this version has none of is told as such."""
        from cogs.safety.taking import STEPS

        taken = STEPS.get(self.step)
        if taken is None:
            await interaction.client.errors.unknown(interaction)
            return
        await taken(interaction, self.scene)


class GoOn(Pressed, template=r"safety:resume:0"):
    """Ends the rest, from anywhere else."""

    def __init__(self) -> None:
        super().__init__(button(say("Go on with all of it"), "safety:resume:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Says that it goes on."""
        await interaction.client.services.listening.go_on(actor_of(interaction))
        await in_own_place(interaction, Told(text(interaction.client.content, "sf-x-on")))


def opener(scene: Scene, content: Content, said: str = "") -> Told:
    """The neutral note that says nothing of what is in it (sf-rule-07)."""
    scene = scene.having(Flag.NEUTRAL)
    labels = content.choices["sf-s-open"]
    steps = [Step(scene, step, label) for step, label in zip(OPENING, labels, strict=True)]
    if said:
        steps = [each for each in steps if each.step != "later"]
    return Told(said or text(content, "sf-s-open"), view=Panel(*steps))


def page(scene: Scene, setting: Setting, said: str | None = None) -> Told:
    """The page with its buttons; `said` in the place of its text, and then a way back."""
    return Told("", embed=page_embed(scene, setting, said), view=Panel(*ways(scene, setting, said=said)))


def ways(scene: Scene, setting: Setting, *, said: str | None = None) -> list[Step]:
    """The page's own buttons, which stay under every step, and what else can be pressed."""
    reply = reply_of(scene, setting.content)
    if reply is None:
        steps = follow_steps(scene, setting.content)
    else:
        steps = [Step(scene, LEADS_TO[next_], label) for label, next_ in reply.ways]
    if scene.page in (Page.HARMOTHER, Page.DANGER):
        steps.append(Step(scene, "child"))
    if said is not None:
        steps.append(Step(scene, "back"))
    elif scene.came_from is not None:
        steps.append(Step(scene, "turn-back"))
    standing = setting.standing
    if (standing.rests_until is not None or standing.practice_rests) and scene.page is not Page.FOLLOW:
        steps.append(Step(scene, "go-on"))
    if scene.hides:
        steps.append(Step(scene, "hide"))
    return steps


def follow_steps(scene: Scene, content: Content) -> list[Step]:
    """The buttons of the next day's word."""
    labels = content.choices["sf-s-follow"]
    return [Step(scene, step, label) for step, label in zip(FOLLOWING, labels, strict=True)]


async def show(interaction: Interaction, scene: Scene, said: str | None = None) -> None:
    """The page, or words in its place, where the pressed message stood."""
    await in_own_place(interaction, page(scene, await setting_of(interaction, scene), said))
