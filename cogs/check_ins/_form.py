"""The check-in form: how it is filled, opened and read; the same for a post and for the day."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import discord

from bot.domain.check_ins import MAX_NOTE, Answer, Audience, CheckIn, Energy, Reactivity, Weather
from bot.domain.ids import CircleId, OccurrenceId
from bot.domain.prompts import Content
from bot.services.check_ins import CheckInRecorded
from cogs.actors import Interaction, actor_of
from cogs.forms import Fields, Form
from cogs.speech import Phrase, grouped, say
from cogs.words import AUDIENCES, MEANT, clipped, text

FIELD_LIMIT = (
    4000  # characters in a form's text field (Discord); more than a note takes, to give back the rest
)
NOTE = Phrase("A word is enough; so is none. Up to {limit} characters.")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Target:
    """What is answered: a post, or (with `circle`) the day."""

    occurrence: OccurrenceId | None = None
    circle: CircleId | None = None

    def custom_id(self, action: str, day_action: str) -> str:
        """`check-in:<action>:<row id>`."""
        if self.occurrence is not None:
            return f"check-in:{action}:{self.occurrence}"
        return f"check-in:{day_action}:{self.circle}"


class CheckInForm(Form):
    """Weather, energy, reactivity, a note and who may see it; all may be left as they are."""

    def __init__(self, target: Target, content: Content, given: Answer) -> None:
        super().__init__(title=say("Check-in"), custom_id=target.custom_id("form", "day"))
        weathers = [(each.value, label, each in given.weather) for each, label in content.weathers.items()]
        energies = [(each.value, label, each is given.energy) for each, label in content.energies.items()]
        reactivities = [
            (each.value, label, each is given.reactivity) for each, label in content.reactivities.items()
        ]
        self._ask(
            say("Today's weather"), text(content, "sc-mood"), _select("weather", weathers, len(weathers))
        )
        self._ask(say("Energy"), text(content, "sc-energy"), _select("energy", energies, 1))
        self._ask(say("Reactivity"), text(content, "sc-reactivity"), _select("reactivity", reactivities, 1))
        self._ask(say("Note"), NOTE(limit=grouped(MAX_NOTE)), _note(given.note))
        self._ask(say("Who may see it"), say("Your choice, each time."), _audience(given.audience))

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(
            discord.ui.Label(text=label, description=clipped(description, 100), component=component)
        )


async def open_form(interaction: Interaction, target: Target, draft: Answer | None = None) -> None:
    """Shows the form with the draft in it, else with the present answer. Refuses as an answer would be."""
    before = await current(interaction, target)
    given = draft or (before.answer if before else Answer())
    await interaction.response.send_modal(CheckInForm(target, interaction.client.content, given))


async def current(interaction: Interaction, target: Target) -> CheckIn | None:
    """What the actor has answered so far."""
    return await interaction.client.services.check_ins.current(
        actor_of(interaction), occurrence_id=target.occurrence, circle_id=target.circle
    )


async def submit(interaction: Interaction, target: Target, given: Answer) -> CheckInRecorded:
    """Keeps the whole answer."""
    check_ins, actor = interaction.client.services.check_ins, actor_of(interaction)
    if target.occurrence is not None:
        return await check_ins.submit(actor, target.occurrence, given, whole=True)
    return await check_ins.submit_today(actor, target.circle or CircleId(0), given, whole=True)


def read(fields: Fields) -> Answer:
    """The answer that a form holds; values that no form of ours offers are left out."""
    return Answer(
        weather=tuple(Weather(value) for value in fields.values("weather") if value in set(Weather)),
        energy=_one(Energy, fields, "energy"),
        reactivity=_one(Reactivity, fields, "reactivity"),
        note=fields.text("note"),
        audience=_one(Audience, fields, "audience") or Audience.ME,
    )


def _one(kind: type[E], fields: Fields, custom_id: str) -> E | None:
    return next((kind(value) for value in fields.values(custom_id) if value in set(kind)), None)


def _select(custom_id: str, options: list[tuple[str, str, bool]], most: int) -> discord.ui.Select[Any]:
    return discord.ui.Select(
        custom_id=custom_id,
        required=False,
        min_values=0,
        max_values=most,
        options=[discord.SelectOption(value=v, label=label, default=on) for v, label, on in options],
    )


def _note(note: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id="note",
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=FIELD_LIMIT,
        default=note[:FIELD_LIMIT] or None,
    )


def _audience(chosen: Audience) -> discord.ui.RadioGroup[Any]:
    return discord.ui.RadioGroup(
        custom_id="audience",
        options=[
            discord.RadioGroupOption(
                value=each.value, label=label(), description=MEANT[each](), default=each is chosen
            )
            for each, label in AUDIENCES.items()
        ],
    )
