"""What can be pressed on the map; all of it private, all of it outlives a restart."""

import discord

from bot.services.safety_maps import MapShown
from cogs.actors import Interaction, actor_of
from cogs.check_ins.support import WantPersonHere
from cogs.errors import Told, answer
from cogs.hiding import hide, in_own_place
from cogs.items import Panel, Pressed, button
from cogs.speech import Phrase, Words, say
from cogs.words import clipped, lines, text

MY_MAP = Phrase("My map")  # it says nothing to whoever glances at a screen
CHANGE = Phrase("Change it")
ASKED_IN = 5  # circles that a person can be asked for in, from one card
BACKUPS = Phrase("A backup from before may hold it, encrypted, until whoever runs me replaces that backup.")


class ShowMap(Pressed, template=r"map:show:0"):
    """Shows it, from wherever it is offered."""

    def __init__(self, label: Words = MY_MAP) -> None:
        super().__init__(button(label, "map:show:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """For this person alone."""
        from cogs.safety_map._look import map_of

        await answer(interaction, await map_of(interaction))


class BackToMap(Pressed, template=r"map:back:0"):
    """Leaves it as it is."""

    def __init__(self) -> None:
        super().__init__(button(say("Leave it as it is"), "map:back:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Where the question stood."""
        from cogs.safety_map._look import map_of

        await in_own_place(interaction, await map_of(interaction))


class ChangeMap(Pressed, template=r"map:change:0"):
    """Opens the form with what stands."""

    def __init__(self, label: Words = CHANGE) -> None:
        super().__init__(button(label, "map:change:0", discord.ButtonStyle.primary))

    async def pressed(self, interaction: Interaction) -> None:
        """Four fields; each may be left empty."""
        from cogs.safety_map._form import MapForm

        shown = await interaction.client.services.safety_maps.of(actor_of(interaction))
        await interaction.response.send_modal(MapForm(interaction.client.content, shown.map))


class ClearMap(Pressed, template=r"map:clear:0"):
    """Asks whether it is to be deleted."""

    def __init__(self) -> None:
        super().__init__(button(say("Clear"), "map:clear:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is deleted yet."""
        asked = text(interaction.client.content, "sf-map-clear")
        await in_own_place(interaction, Told(asked, view=Panel(ClearMapSurely(), BackToMap())))


class ClearMapSurely(Pressed, template=r"map:clear-surely:0"):
    """Deletes it."""

    def __init__(self) -> None:
        super().__init__(button(say("Yes, delete it"), "map:clear-surely:0", discord.ButtonStyle.danger))

    async def pressed(self, interaction: Interaction) -> None:
        """Says what is gone."""
        await interaction.client.services.safety_maps.clear(actor_of(interaction))
        done = text(interaction.client.content, "sf-map-cleared")
        await in_own_place(interaction, Told(lines([done, BACKUPS()])))


class HideMap(Pressed, template=r"map:hide:0"):
    """Takes the message out of the direct messages."""

    def __init__(self) -> None:
        super().__init__(button(say("Hide"), "map:hide:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """The map stays as it is; only the message goes. Nothing is said, as there is nobody to say it to."""
        await hide(interaction)


def persons(shown: MapShown) -> list[Pressed]:
    """A button for each circle in which a person can be asked for; named where there are several."""
    several = len(shown.circles) > 1
    return [
        WantPersonHere(
            int(each.id), clipped(say("I'd like a person: {circle}", circle=each.name), 80) if several else ""
        )
        for each in shown.circles[:ASKED_IN]
    ]
