"""The form that asks for each consent on its own."""

from collections.abc import Collection
from typing import Any

import discord

from bot.domain.circles import Circle
from bot.domain.members import Scope
from cogs.actors import Interaction
from cogs.forms import Fields, Form
from cogs.speech import say
from cogs.words import SCOPES, clipped, text

TITLE = 45  # characters of a form's title (Discord)


class ConsentForm(Form):
    """Some words first, then a box for each consent; none needs to be ticked."""

    def __init__(self, title: str, custom_id: str, words: str, given: Collection[Scope]) -> None:
        super().__init__(title=clipped(title, TITLE), custom_id=custom_id)
        self.add_item(discord.ui.TextDisplay(words))
        self.add_item(
            discord.ui.Label(
                text=say("What do you say yes to?"),
                description=say("Each on its own. You can say no to any, and change it later."),
                component=_boxes(given),
            )
        )


def limit(interaction: Interaction, circle: Circle) -> str:
    """The one limit on privacy, in the words of safety.yaml; facilitators by their role's name."""
    guild = interaction.guild
    role = guild.get_role(int(circle.home.role)) if guild is not None else None
    who = (
        say("whoever has the role {name}", name=discord.utils.escape_markdown(role.name))
        if role
        else say("of this circle")
    )
    return text(interaction.client.content, "sf-c-limit", facilitators=who)


def chosen_scopes(fields: Fields) -> frozenset[Scope]:
    """The boxes that were ticked; values that the form does not offer are left out."""
    return frozenset(Scope(value) for value in fields.values("consents") if value in set(Scope))


def _boxes(given: Collection[Scope]) -> discord.ui.CheckboxGroup[Any]:
    return discord.ui.CheckboxGroup(
        custom_id="consents",
        required=False,
        min_values=0,
        max_values=len(SCOPES),
        options=[
            discord.CheckboxGroupOption(
                value=scope.value, label=label(), description=meaning(), default=scope in given
            )
            for scope, (label, meaning) in SCOPES.items()
        ],
    )
