"""The form of the map, filled with what stands; what could not be kept comes back whole."""

import io
import re
from typing import Any

import discord

from bot.domain.errors import TrellisError
from bot.domain.prompts import Content
from bot.domain.safety_maps import MAX_PART, MapPart, SafetyMap
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.hiding import in_own_place
from cogs.items import Panel
from cogs.safety_map._look import LABELS, TITLE, map_look
from cogs.safety_map.components import ChangeMap
from cogs.speech import Phrase, in_a_row, say
from cogs.words import text

HINTS = {
    MapPart.SIGNS: "sf-map-signs",
    MapPart.HELPS: "sf-map-helps",
    MapPart.BOUNDARIES: "sf-map-bounds",
    MapPart.PEOPLE: "sf-map-people",
}
NOT_KEPT = Phrase("It is not kept yet: all that you wrote is in this file, to be copied and sent again.")


class MapForm(Form):
    """Four parts, each optional; what it is stands above them."""

    def __init__(self, content: Content, stands: SafetyMap | None) -> None:
        super().__init__(title=TITLE(), custom_id="map:changing:0")
        self.add_item(discord.ui.TextDisplay(text(content, "sf-map-foot")))
        for part in MapPart:
            field = discord.ui.TextInput[Any](
                custom_id=part.value,
                style=discord.TextStyle.paragraph,
                required=False,
                max_length=MAX_PART,
                default=(stands.parts.get(part) if stands else None) or None,
            )
            hint = text(content, HINTS[part])
            self.add_item(discord.ui.Label(text=LABELS[part](), description=hint, component=field))


async def changed(interaction: Interaction, _match: re.Match[str], fields: Fields) -> None:
    """The form is sent: just this stands, or all of it comes back."""
    given = {part: fields.text(part.value) for part in MapPart}
    try:
        shown = await interaction.client.services.safety_maps.put(actor_of(interaction), given)
    except TrellisError as error:
        await answer(interaction, _given_back(interaction, error, given))
        return
    content = interaction.client.content
    said = text(content, "sf-map-kept" if shown.map else "sf-map-cleared")
    await in_own_place(interaction, map_look(shown, content, said, dm=interaction.guild_id is None))


def _given_back(interaction: Interaction, error: TrellisError, given: dict[MapPart, str]) -> Told:
    told = interaction.client.errors.told(error)
    said = in_a_row(told.text if told else "", NOT_KEPT)
    whole = "\n\n".join(f"{LABELS[part]}\n{words}" for part, words in given.items() if words)
    ways = list(told.view.children) if told and told.view else []
    file = discord.File(io.BytesIO(whole.encode()), "what-you-wrote.txt")
    return Told(said, view=Panel(*ways, ChangeMap(say("Open the form again"))), file=file)
