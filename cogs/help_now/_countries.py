"""Another country: every one of which a number is known, a tap away."""

from typing import Any

import discord

from bot.domain.letters import bare
from bot.services.bundle import Services
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.help_now._places import show
from cogs.items import Panel, Pressed, button, chosen
from cogs.places import channel_id
from cogs.speech import Phrase, say, spoken

WHICH = Phrase(
    "Which country? These are those that I have numbers of. For any other, `/help-now` with its "
    "name shows what I know."
)
EACH = 25  # options of a select (Discord)
MENUS = 5  # in a message (Discord)


class AnotherCountry(Pressed, template=r"help:country"):
    """Offers the countries."""

    def __init__(self) -> None:
        super().__init__(button(say("Another country"), "help:country"))

    async def pressed(self, interaction: Interaction) -> None:
        """Menus of them, by name."""
        menus = country_menus(countries(interaction.client.services))
        await show(interaction, Told(WHICH(), view=Panel(*menus)))


class ChooseCountry(Pressed, template=r"help:choose:([0-9])"):
    """Shows the help of the chosen country. The number tells the menus of one message apart."""

    def __init__(self, place: int = 0, named: list[tuple[str, str]] | None = None) -> None:
        listed = named or []
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=say("{first} to {last}", first=listed[0][1], last=listed[-1][1]) if listed else None,
            options=[discord.SelectOption(label=name[:100], value=code) for code, name in listed],
            custom_id=f"help:choose:{place}",
        )
        super().__init__(select)

    async def pressed(self, interaction: Interaction) -> None:
        """The card of that country."""
        from cogs.help_now._card import help_card

        code = next(iter(chosen(interaction)), "")
        found = await interaction.client.services.lines.find(
            actor_of(interaction), typed=code, channel=str(channel_id(interaction))
        )
        await show(interaction, help_card(interaction.client.services, found))


def countries(services: Services) -> list[tuple[str, str]]:
    """(code, name) of every country of which a number is known, by these names as they are said now."""
    names = services.content.spoken(spoken()).regions
    named = [(code, names[code]) for code, _ in services.lines.regions()]
    return sorted(named, key=lambda each: bare(each[1]))


def country_menus(listed: list[tuple[str, str]]) -> list[Pressed]:
    """As few menus as hold them all, of about the same length."""
    menus = min(-(-len(listed) // EACH), MENUS)
    size = -(-len(listed) // menus) if menus else 0
    starts = range(0, size * menus, size or 1)
    return [ChooseCountry(place, listed[at : at + size]) for place, at in enumerate(starts)]
