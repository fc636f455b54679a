"""Setting and stopping a reminder by buttons that outlive restarts, in a direct message too."""

import re
from typing import Self

import discord

from bot.domain.errors import TrellisError
from bot.domain.ids import CircleId
from bot.domain.reminders import Strength
from bot.services.reminders import ReminderShown
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members.consenting import SayYes
from cogs.reminders import _look
from cogs.reminders._form import ReminderForm, Typed
from cogs.replies import in_place, in_time
from cogs.speech import Words, say

_SHORT = {strength.value[0]: strength for strength in Strength}


class SetReminder(Pressed, template=rf"reminder:set:({ROW_ID})"):
    """Opens the form, with what stands in it. For `/privacy` and wherever a reminder is offered."""

    def __init__(self, circle: int, label: Words = _look.REMIND) -> None:
        super().__init__(button(label, f"reminder:set:{circle}", discord.ButtonStyle.primary))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it for who may set one; what is missing is offered right there."""
        await open_form(interaction, self.circle, Typed())


class SetAgain(Pressed, template=rf"reminder:again:({ROW_ID}):([{''.join(_SHORT)}]):(.{{0,8}})\|(.{{0,50}})"):
    """Opens the form with what was typed before; it stands in the button, so nothing of it is kept by us."""

    def __init__(self, circle: int, typed: Typed) -> None:
        strength = (typed.strength or Strength.QUIET).value[0]
        words = f"{_flat(typed.time, 8)}|{_flat(typed.zone, 50)}"
        custom_id = f"reminder:again:{circle}:{strength}:{words}"
        super().__init__(button(say("Open the form again"), custom_id, discord.ButtonStyle.primary))
        self.circle, self.typed = CircleId(circle), typed

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Typed(match[3] or None, match[4] or None, _SHORT[match[2]]))

    async def pressed(self, interaction: Interaction) -> None:
        """Opens it."""
        await open_form(interaction, self.circle, self.typed)


class StopReminder(Pressed, template=rf"reminder:stop:({ROW_ID})"):
    """Ends them, at once and without a question."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Stop these"), f"reminder:stop:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Deletes what was set."""
        stopped = await interaction.client.services.reminders.remove(actor_of(interaction), self.circle)
        said = Told(_look.STOPPED() if stopped else _look.NONE(), view=Panel(SetReminder(int(self.circle))))
        await in_place(interaction, said)


async def open_form(interaction: Interaction, circle: CircleId, typed: Typed) -> None:
    """Shows the form: what was typed, else what stands, else the circle's zone. ConsentNeeded, NotAMember."""
    shown = await interaction.client.services.reminders.allowed(actor_of(interaction), circle)
    await interaction.response.send_modal(ReminderForm(shown, typed))


async def set_and_tell(interaction: Interaction, circle: CircleId, typed: Typed) -> None:
    """Sets it as typed; what cannot be read comes back to be typed again."""
    reminders = interaction.client.services.reminders
    setting = reminders.set_(
        actor_of(interaction), circle, at=typed.time, zone=typed.zone, strength=typed.strength
    )
    try:
        shown = await in_time(interaction, setting)
    except TrellisError as error:
        told = interaction.client.errors.told(error)
        if told is None:
            raise
        offered = told.view.children if told.view else ()
        await answer(interaction, Told(told.text, view=Panel(*offered, SetAgain(int(circle), typed))))
        return
    await answer(interaction, standing(shown, _look.set_said(shown)))


def standing(shown: ReminderShown, said: str) -> Told:
    """How it stands, with what can be done."""
    circle = int(shown.circle.id)
    ways: list[Pressed] = [SetReminder(circle, _look.asks_again(shown.reminder))]
    if shown.reminder is not None:
        ways.append(StopReminder(circle))
    if shown.missing is not None:
        ways.insert(0, SayYes(circle, shown.missing))
    return Told(said, view=Panel(*ways))


def _flat(typed: str | None, most: int) -> str:
    return " ".join((typed or "").replace("|", " ").split())[:most]
