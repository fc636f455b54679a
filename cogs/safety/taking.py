"""What each step does: most change the words, a few change what rests or tell a person, one calms."""

from collections.abc import Awaitable, Callable

from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.grounding.starting import begin_here
from cogs.hiding import hide, hide_all, in_own_place
from cogs.safety import writing
from cogs.safety.scenes import Flag, Page, Scene, setting_of, step_text
from cogs.safety.steps import LEADS_TO, opener, page, show
from cogs.words import text

StepTaken = Callable[[Interaction, Scene], Awaitable[None]]
SAYS = {step: id_ for id_, step in LEADS_TO.items() if id_.startswith("sf-s-")}


async def _opened(interaction: Interaction, scene: Scene) -> None:
    await show(interaction, scene)


async def _later(interaction: Interaction, scene: Scene) -> None:
    content = interaction.client.content
    await in_own_place(interaction, opener(scene, content, text(content, "sf-x-later")))


async def _hidden(interaction: Interaction, scene: Scene) -> None:
    """In danger all of ours goes; what remains is said only to who told us that it is safe here."""
    if scene.page is Page.DANGER or Flag.DANGER in scene.flags:
        await hide_all(interaction, silently=Flag.SAFE not in scene.flags)
        return
    await hide(interaction)
    if Flag.SAFE in scene.flags:
        await answer(interaction, Told(text(interaction.client.content, "sf-s-hidden")))


async def _calm(interaction: Interaction, _scene: Scene) -> None:
    await begin_here(interaction)


async def _turned_back(interaction: Interaction, scene: Scene) -> None:
    await show(interaction, Scene(scene.came_from or scene.page, scene.circle, scene.flags))


def _turned(to: Page) -> StepTaken:
    async def turned(interaction: Interaction, scene: Scene) -> None:
        if scene.page is Page.DANGER:
            scene = scene.having(Flag.DANGER)
        await show(interaction, Scene(to, scene.circle, scene.flags))

    return turned


def _saying(step: str) -> StepTaken:
    async def says(interaction: Interaction, scene: Scene) -> None:
        setting = await setting_of(interaction, scene)
        said = step_text(setting, SAYS[step])
        await in_own_place(interaction, page(scene, setting, said))

    return says


async def _misread(interaction: Interaction, scene: Scene) -> None:
    """What is said of it is what happened: private words are marked nowhere."""
    client = interaction.client
    if await client.services.listening.misread(actor_of(interaction), scene.answers):
        await _saying("misread")(interaction, scene)
    else:
        await show(interaction, scene, text(client.content, "sf-x-misread"))


async def _okay(interaction: Interaction, scene: Scene) -> None:
    await interaction.client.services.listening.okay(actor_of(interaction))
    await _saying("okay")(interaction, scene)


async def _go_on(interaction: Interaction, scene: Scene) -> None:
    await interaction.client.services.listening.go_on(actor_of(interaction))
    await show(interaction, scene, text(interaction.client.content, "sf-x-on"))


async def _let_be(interaction: Interaction, scene: Scene) -> None:
    await interaction.client.services.listening.let_be(actor_of(interaction))
    await show(interaction, scene, text(interaction.client.content, "sf-x-let-be"))


STEPS: dict[str, StepTaken] = {
    "open": _opened,
    "back": _opened,
    "turn-back": _turned_back,
    "later": _later,
    "hide": _hidden,
    "calm": _calm,
    "medical": _turned(Page.MEDICAL),
    "child": _turned(Page.CHILD),
    "misread": _misread,
    "okay": _okay,
    "go-on": _go_on,
    "let-be": _let_be,
    **writing.STEPS,
    **{step: _saying(step) for step in ("lines", "abuse", "child-lines", "now", "calling", "with")},
}
