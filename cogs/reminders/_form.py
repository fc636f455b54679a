"""The form of a reminder: the time, the zone, how strong; sent after a restart too."""

import re
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain.ids import CircleId
from bot.domain.reminders import Strength
from bot.services.reminders import ReminderShown
from cogs.actors import Interaction
from cogs.forms import Fields, Form
from cogs.reminders._look import STRENGTH_LABELS
from cogs.speech import say

TIME, ZONE = 8, 50  # characters; what is longer is no time and no zone


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed; None for what was left out."""

    time: str | None = None
    zone: str | None = None
    strength: Strength | None = None


class ReminderForm(Form):
    """Filled with what was typed, else with what stands."""

    def __init__(self, shown: ReminderShown, typed: Typed) -> None:
        super().__init__(title=say("A reminder for you"), custom_id=f"reminder:setting:{shown.circle.id}")
        stands = shown.reminder
        at = typed.time or (f"{stands.at:%H:%M}" if stands else None)
        zone = typed.zone or (stands.zone if stands else shown.circle.settings.zone).key
        strength = typed.strength or (stands.strength if stands else Strength.QUIET)
        self._ask(say("At what time?"), say("Your own, as HH:MM, such as 18:00."), _text("time", at, TIME))
        self._ask(say("In which time zone?"), say("Such as Europe/Berlin."), _text("zone", zone, ZONE))
        self._ask(
            say("How strong?"),
            say("By direct message, and only where you haven't answered."),
            _strengths(strength),
        )

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=description, component=component))


async def submitted(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent."""
    from cogs.reminders.setting import set_and_tell

    chosen = next((Strength(value) for value in fields.values("strength") if value in set(Strength)), None)
    typed = Typed(fields.text("time")[:TIME], fields.text("zone")[:ZONE], chosen)
    await set_and_tell(interaction, CircleId(int(match[1])), typed)


def _text(custom_id: str, default: str | None, most: int) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(custom_id=custom_id, default=default and default[:most], max_length=most)


def _strengths(chosen: Strength) -> discord.ui.RadioGroup[Any]:
    return discord.ui.RadioGroup(
        custom_id="strength",
        options=[
            discord.RadioGroupOption(value=each.value, label=label(), default=each is chosen)
            for each, label in STRENGTH_LABELS.items()
        ],
    )
