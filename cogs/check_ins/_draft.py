"""An answer that could not be kept comes back whole, and can be taken up again, also after a restart.

The draft stands in the private message itself, so nothing of it is kept by us.
"""

import discord

from bot.domain.check_ins import Answer, Audience
from bot.domain.errors import OccurrenceClosed, TooLong, TrellisError
from bot.domain.ids import CircleId, OccurrenceId
from bot.domain.prompts import Content
from cogs.actors import Interaction
from cogs.check_ins._form import Target, open_form
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed
from cogs.places import circle_here
from cogs.sentences import sentence
from cogs.speech import Phrase, Words, grouped, say
from cogs.words import AUDIENCES, answered

SEEN_BY = Phrase("Who may see it")
SHORTEN, AGAIN, TODAY = Phrase("Shorten it"), Phrase("Open the form again"), Phrase("Answer today's")


async def give_back(interaction: Interaction, error: Exception, target: Target, draft: Answer) -> None:
    """Tells what went wrong with the draft beneath; raises what it does not know, once the draft is safe."""
    embed = _shown(draft, interaction.client.content)
    if not isinstance(error, TrellisError):
        said = say("Nothing is lost: here is what you wrote.")
        await answer(interaction, Told(said, view=Panel(_again(target, AGAIN)), embed=embed))
        raise error
    if isinstance(error, TooLong):
        view = Panel(_again(target, SHORTEN))
        said = say(
            "Your note has {length} characters, and {limit} fit. Nothing is lost: here it is, with "
            "all you chose. It is not kept until you send it shorter.",
            length=grouped(len(error.text)),
            limit=grouped(error.limit),
        )
        await answer(interaction, Told(said, view=view, embed=embed))
        return
    told = interaction.client.errors.told(error)
    view = Panel(
        *(told.view.children if told and told.view else ()), await _way_on(interaction, error, target)
    )
    await answer(
        interaction, Told(told.text if told else say("I couldn't keep this."), view=view, embed=embed)
    )


async def closed(interaction: Interaction, error: OccurrenceClosed) -> Told:
    """What is told on a post that has had its day: today's can be answered right there."""
    try:
        circle = await circle_here(interaction)
    except TrellisError:  # pressed from somewhere else
        return Told(str(sentence(error)))
    return Told(str(sentence(error)), view=Panel(TakeUpForDay(int(circle.id), TODAY)))


async def _way_on(interaction: Interaction, error: TrellisError, target: Target) -> "TakeUp | TakeUpForDay":
    """The button under a draft: where its post has had its day, the newest one is answered instead."""
    if isinstance(error, OccurrenceClosed):
        try:
            return TakeUpForDay(int((await circle_here(interaction)).id), TODAY)
        except TrellisError:  # pressed from somewhere else: the same form says again what is so
            return TakeUp(int(target.occurrence or 0), AGAIN)
    return _again(target, AGAIN)


def _again(target: Target, label: Words) -> "TakeUp | TakeUpForDay":
    if target.occurrence is not None:
        return TakeUp(int(target.occurrence), label)
    return TakeUpForDay(int(target.circle or 0), label)


class TakeUp(Pressed, template=rf"check-in:shorten:({ROW_ID})"):
    """Opens a post's form with the draft above it."""

    def __init__(self, occurrence: int, label: Words = SHORTEN) -> None:
        super().__init__(_button(label, f"check-in:shorten:{occurrence}"))
        self.target = Target(occurrence=OccurrenceId(occurrence))

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await open_form(interaction, self.target, _read_back(interaction))


class TakeUpForDay(Pressed, template=rf"check-in:shorten-day:({ROW_ID})"):
    """Opens the day's form with the draft above it."""

    def __init__(self, circle: int, label: Words = SHORTEN) -> None:
        super().__init__(_button(label, f"check-in:shorten-day:{circle}"))
        self.target = Target(circle=CircleId(circle))

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await open_form(interaction, self.target, _read_back(interaction))


def _button(label: Words, custom_id: str) -> "discord.ui.Button[discord.ui.View]":
    return discord.ui.Button(label=str(label), style=discord.ButtonStyle.primary, custom_id=custom_id)


def _shown(draft: Answer, content: Content) -> discord.Embed:
    embed = calm(title=say("Your answer"), description=draft.note or None)
    for name, label in answered(draft, content).items():
        embed.add_field(name=name, value=label)
    embed.add_field(name=SEEN_BY(), value=AUDIENCES[draft.audience]())
    return embed


def _read_back(interaction: Interaction) -> Answer | None:
    """The draft as it stands in the message that was pressed; None where there is none."""
    message = interaction.message
    if message is None or not message.embeds:
        return None
    content = interaction.client.content
    embed = message.embeds[0]
    said = {str(field.name): str(field.value) for field in embed.fields}
    weathers = said.get(say("Weather"), "").split(", ")
    energy, reactivity, seen_by = (said.get(name) for name in (say("Energy"), say("Reactivity"), SEEN_BY()))
    return Answer(
        weather=tuple(each for each, label in content.weathers.items() if label in weathers),
        energy=next((each for each, label in content.energies.items() if label == energy), None),
        reactivity=next((each for each, label in content.reactivities.items() if label == reactivity), None),
        note=embed.description or "",
        audience=next((each for each, label in AUDIENCES.items() if str(label) == seen_by), Audience.ME),
    )
