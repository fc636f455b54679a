"""Leafing through what was marked; each page is a look that its member can see."""

import discord

from bot.domain.ids import CircleId
from bot.services.marked import MarkedAnswer
from cogs.actors import Interaction, actor_of
from cogs.dates import on_day
from cogs.embeds import calm
from cogs.errors import Told
from cogs.harmless import harmless
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, Words, in_a_row, say
from cogs.words import answered

READ, NEWER, OLDER = Phrase("Read it"), Phrase("Newer"), Phrase("Older")
NOTHING = Phrase(
    "Nothing is marked for you now. What members keep for themselves is not here, and never will be."
)
SEEN = Phrase("They marked it for the facilitators, and can see in /privacy that you looked, and when.")


class ReadMarked(Pressed, template=rf"marked:read:(?P<circle>{ROW_ID}):(?P<place>[0-9]{{1,6}})"):
    """Shows one answer, by its place."""

    def __init__(self, circle: int, place: int = 0, label: Words = READ) -> None:
        super().__init__(button(label, f"marked:read:{circle}:{place}", discord.ButtonStyle.secondary))
        self.circle, self.place = CircleId(circle), place

    async def pressed(self, interaction: Interaction) -> None:
        """Writes the look, then shows it."""
        await in_place(interaction, await marked_page(interaction, self.circle, self.place))


async def marked_page(interaction: Interaction, circle: CircleId, place: int) -> Told:
    """The place-th newest answer. Raises NotFacilitator, NoCircle."""
    shown = await interaction.client.services.marked.read(actor_of(interaction), circle, place)
    if shown is None:
        return Told(NOTHING())
    return Told("", embed=_card(interaction, shown), view=_leaves(int(circle), shown))


def _card(interaction: Interaction, shown: MarkedAnswer) -> discord.Embed:
    answer = shown.check_in.answer
    said = say("From <@{member}>", member=shown.account.id)
    embed = calm(
        title=say("Marked for you: {day}", day=on_day(shown.check_in.date)),
        description="\n\n".join(filter(None, [said, harmless(answer.note)])),
    )
    for name, label in answered(answer, interaction.client.content).items():
        embed.add_field(name=name, value=label)
    place = say("{place} of {count}, newest first.", place=shown.place + 1, count=shown.count)
    embed.set_footer(text=in_a_row(place, SEEN))
    return embed


def _leaves(circle: int, shown: MarkedAnswer) -> Panel | None:
    items = [ReadMarked(circle, shown.place - 1, NEWER)] if shown.place else []
    items += [ReadMarked(circle, shown.place + 1, OLDER)] if shown.place + 1 < shown.count else []
    return Panel(*items) if items else None
