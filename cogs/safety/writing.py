"""Asking for a person: passed on at the press, with what the member chooses to say, and if it is safe."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord
import structlog

from bot.domain.alerts import URGENT, Safe
from bot.domain.circles import Circle
from bot.domain.lines import LineKind
from bot.domain.listening.tiers import ALERTS, Tier
from bot.domain.prompts import Content
from bot.services.listening import Written
from cogs.actors import Interaction, actor_of
from cogs.alerts.answering import passed_on
from cogs.errors import Told, is_refusal
from cogs.forms import Fields, Form, Handler
from cogs.help_now.said import said_lines
from cogs.hiding import in_own_place, later_in_own_place
from cogs.items import Panel
from cogs.safety.scenes import (
    NOBODY,
    PRESSING,
    TIER_OF,
    Flag,
    Page,
    Scene,
    page_embed,
    scene_of,
    setting_of,
    step_text,
)
from cogs.safety.steps import Step, show
from cogs.speech import Phrase, say
from cogs.words import clipped, text

WHICH = Phrase("Whose facilitators would you like to hear it?")
TOLD = {
    "tell-person": Phrase("Only that I'd like a person"),
    "tell-danger": Phrase("Also that I may not be safe"),
}
SAFE = ("safe-yes", "safe-at", "safe-no")  # the buttons of sf-s-write
SHOWN, LONGEST_TIME, LONGEST_WORDS = 5, 100, 1000
ADD = Phrase("Add words of mine")

log = structlog.get_logger()


class TimeForm(Form):
    """When a message is safe."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(title=say("A time that is safe"), custom_id=scene.id("when"))
        field = discord.ui.TextInput[Any](custom_id="when", max_length=LONGEST_TIME)
        said = say("In your words, such as: weekday mornings before ten.")
        self.add_item(
            discord.ui.Label(text=say("When may they write to you?"), description=said, component=field)
        )


class WordsForm(Form):
    """What the member wants them to read."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(title=ADD(), custom_id=scene.id("words"))
        field = discord.ui.TextInput[Any](
            custom_id="words", style=discord.TextStyle.paragraph, max_length=LONGEST_WORDS
        )
        said = say("They read just this. What you wrote before stays with you.")
        self.add_item(discord.ui.Label(text=say("What may they read?"), description=said, component=field))


async def write(interaction: Interaction, scene: Scene) -> None:
    """Asks what is to be asked first; else it is passed on."""
    circles = await _circles(interaction)
    if circles is None:
        await write_here(interaction, scene)
        return
    if scene.circle not in {each.id for each in circles}:  # they have left it, or it was none
        scene = replace(scene, circle=NOBODY)
    if not circles:
        await show(interaction, scene, await _filled(interaction, scene, "sf-x-no-circle"))
    elif len(circles) > 1 and (Flag.HERE in scene.flags or scene.circle == NOBODY):
        steps = [
            Step(replace(scene, circle=each.id), "write-here", clipped(each.name, 80))
            for each in circles[:SHOWN]
        ]
        await _ask(interaction, scene, WHICH(), steps)
    else:
        await write_here(interaction, replace(scene, circle=scene.circle or circles[0].id))


async def write_here(interaction: Interaction, scene: Scene) -> None:
    """In danger from another it is asked first what they may hear."""
    if scene.page is not Page.DANGER:
        await _pass_on(interaction, scene, TIER_OF[scene.page])
        return
    steps = [Step(scene, step, label) for step, label in TOLD.items()]
    await _ask(interaction, scene, text(interaction.client.content, "sf-x-tell"), steps)


async def tell_person(interaction: Interaction, scene: Scene) -> None:
    """Nothing but that they would like a person."""
    await _pass_on(interaction, scene, Tier.NONE)


async def tell_danger(interaction: Interaction, scene: Scene) -> None:
    """And that they may not be safe."""
    await _pass_on(interaction, scene, Tier.DANGER_FROM_OTHER)


async def safe_yes(interaction: Interaction, scene: Scene) -> None:
    """A private message here is fine."""
    await _add(interaction, scene.having(Flag.SAFE), "sf-x-safe-yes", safe=Safe.YES)


async def safe_no(interaction: Interaction, scene: Scene) -> None:
    """None is to come here."""
    await _add(interaction, scene, "sf-x-safe-no", safe=Safe.NO)


async def safe_at(interaction: Interaction, scene: Scene) -> None:
    """Asks for the time."""
    await interaction.response.send_modal(TimeForm(scene))


async def add_words(interaction: Interaction, scene: Scene) -> None:
    """Asks for the words."""
    await interaction.response.send_modal(WordsForm(scene))


async def timed(interaction: Interaction, scene: Scene, fields: Fields) -> None:
    """The time is sent."""
    when = fields.text("when")[:LONGEST_TIME]
    await _add(interaction, scene, "sf-x-safe-at", safe=Safe.AT, when=when)


async def worded(interaction: Interaction, scene: Scene, fields: Fields) -> None:
    """The words are sent."""
    await _add(interaction, scene, "sf-x-words", words=fields.text("words")[:LONGEST_WORDS])


async def _pass_on(interaction: Interaction, scene: Scene, tier: Tier) -> None:
    pressing = scene.page in PRESSING
    written = await _written(interaction, scene, tier, pressing=pressing)
    if written is None:
        return
    content, scene = interaction.client.content, scene.having(Flag.ALERTED)
    setting = await setting_of(interaction, scene)
    kind = LineKind.ABUSE if scene.page is Page.DANGER else LineKind.CRISIS
    people = said_lines(content, setting.help, kind)
    seen = _seen(content, tier, pressing=pressing)
    said = passed_on(content, written.circle, written.raised, seen, people).text
    labels = content.choices["sf-s-write"]
    steps = [Step(scene, step, label) for step, label in zip(SAFE, labels, strict=True)]
    await _ask(interaction, scene, said, [*steps, Step(scene, "add-words", ADD())])


def _seen(content: Content, tier: Tier, *, pressing: bool) -> str:
    """What the facilitators read of it, truly."""
    if tier is Tier.DANGER_FROM_OTHER:
        return text(content, "sf-x-they-see-danger")
    return text(content, "sf-x-they-see" if pressing or ALERTS[tier] >= URGENT else "sf-x-they-see-you")


async def _add(interaction: Interaction, scene: Scene, id_: str, **more: Any) -> None:
    """Adds to what was passed on."""
    if await _written(interaction, scene, Tier.NONE, **more) is not None:
        await _ask(
            interaction, scene, text(interaction.client.content, id_), [Step(scene, "add-words", ADD())]
        )


async def _written(interaction: Interaction, scene: Scene, tier: Tier, **more: Any) -> Written | None:
    """What is true of it a moment later; None where it could not be passed on, which is told, with lines."""
    await later_in_own_place(interaction)
    services = interaction.client.services
    try:
        done = await services.listening.write_me(actor_of(interaction), scene.circle, tier, **more)
        return Written(done.circle, await services.alerts.told(done.raised))
    except Exception as error:
        refused = is_refusal(error)
        if not refused:
            log.exception("a wish for a person could not be written")
        told = "sf-x-no-circle" if refused else "sf-x-unsent"
        await show(interaction, scene, await _filled(interaction, scene, told))
    return None


async def _ask(interaction: Interaction, scene: Scene, said: str, steps: list[Step]) -> None:
    """Words with steps of their own, the way back, and Hide where it can be hidden."""
    setting = await setting_of(interaction, scene)
    steps = [*steps, Step(scene, "back")]
    if scene.hides or scene.page is Page.DANGER:
        steps.append(Step(scene, "hide"))
    await in_own_place(interaction, Told("", embed=page_embed(scene, setting, said), view=Panel(*steps)))


async def _filled(interaction: Interaction, scene: Scene, id_: str) -> str:
    return step_text(await setting_of(interaction, scene), id_)


async def _circles(interaction: Interaction) -> list[Circle] | None:
    """Those that the presser is a member of; None where that cannot be read now."""
    try:
        memberships = await interaction.client.services.members.memberships(actor_of(interaction))
    except Exception:
        log.exception("memberships could not be read")
        return None
    return [circle for circle, member in memberships if member.active]


STEPS: dict[str, Callable[[Interaction, Scene], Awaitable[None]]] = {
    "write": write,
    "write-here": write_here,
    "tell-person": tell_person,
    "tell-danger": tell_danger,
    "safe-yes": safe_yes,
    "safe-at": safe_at,
    "safe-no": safe_no,
    "add-words": add_words,
}


def taken_by(handler: Callable[[Interaction, Scene, Fields], Awaitable[None]]) -> Handler:
    """A form's handler, from the scene that its custom id holds."""

    async def submitted(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
        await handler(interaction, scene_of(match), fields)

    return submitted
