"""The form for a line of the circle's own."""

from typing import Any

import discord

from bot.domain.lines import LIMITS, LineKind
from cogs.forms import Form
from cogs.speech import Phrase, say

OPTIONS = {
    LineKind.EMERGENCY: Phrase("Emergency number"),
    LineKind.CRISIS: Phrase("Crisis"),
    LineKind.ABUSE: Phrase("Safety at home"),
    LineKind.CHILD: Phrase("For a child or young person"),
    LineKind.OTHER: Phrase("Other"),
}
FIELDS = {  # custom id: label, what is said beneath, whether it is needed
    "name": (Phrase("What is it called?"), Phrase("As members read it."), True),
    "phone": (Phrase("Number to call"), Phrase("Just as it is dialled where your members are."), False),
    "other": (Phrase("Number to text, or an address"), Phrase("An address begins with https://"), False),
    "hours": (
        Phrase("When is it there?"),
        Phrase("Such as 24/7, or Mon-Fri 9-17. Empty where it isn't stated."),
        False,
    ),
}


class AddForm(Form):
    """Five questions, of which two are needed."""

    def __init__(self, circle: int) -> None:
        super().__init__(title=say("A line of your circle's own"), custom_id=f"lines:adding:{circle}")
        options = [discord.SelectOption(label=name(), value=kind) for kind, name in OPTIONS.items()]
        select: discord.ui.Select[Any] = discord.ui.Select(custom_id="kind", options=options)
        self.add_item(discord.ui.Label(text=say("What is it for?"), component=select))
        for name, (label, beneath, required) in FIELDS.items():
            most = max(LIMITS["text"], LIMITS["chat"]) if name == "other" else LIMITS[name]
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name, required=required, max_length=most
            )
            self.add_item(discord.ui.Label(text=label(), description=beneath(), component=field))
