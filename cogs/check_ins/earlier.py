"""Earlier answers, by their day alone, so that each can be taken back after its private reply is gone."""

import discord

from bot.domain.check_ins import CheckIn
from bot.domain.circles import Circle
from cogs.actors import Interaction, actor_of
from cogs.check_ins._form import Target
from cogs.check_ins._taking_back import GONE, item_of, taking_back
from cogs.errors import Told, answer
from cogs.items import Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import clipped, lines

SHOWN = 25  # options of a select (Discord)
WHICH = Phrase(
    "You can take back any one of your check-ins; choosing its day deletes it. Or leave them as they are."
)
NEWEST = f"The newest {SHOWN} are listed; older ones come into the list as these go."
NONE = Phrase("There is no check-in of yours here, so there is nothing to take back.")


class Earlier(Pressed, template=r"check-in:earlier:0"):
    """Lists one's own answers."""

    def __init__(self) -> None:
        super().__init__(button(say("Take back a check-in"), "check-in:earlier:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Shows their days; what was said in them stays unsaid."""
        mine = await interaction.client.services.check_ins.mine(actor_of(interaction))
        if not mine:
            await answer(interaction, Told(NONE()))
            return
        said = lines([WHICH(), NEWEST if len(mine) > SHOWN else ""])
        await answer(interaction, Told(said, view=Panel(EarlierSelect(_options(mine[:SHOWN])))))


class EarlierSelect(Pressed, template=r"check-in:earlier-back:0"):
    """Choosing one takes it back."""

    def __init__(self, options: list[discord.SelectOption] | None = None) -> None:
        select: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            placeholder=say("Which one?"), options=options or [], custom_id="check-in:earlier-back:0"
        )
        super().__init__(select)

    async def pressed(self, interaction: Interaction) -> None:
        """As the button under its reply would have done."""
        item = item_of(next(iter(chosen(interaction)), ""))
        if item is None:
            await in_place(interaction, Told(GONE()))
            return
        await item.pressed(interaction)


def _options(mine: list[tuple[Circle, CheckIn]]) -> list[discord.SelectOption]:
    several = len({circle.id for circle, _ in mine}) > 1
    return [
        discord.SelectOption(
            label=clipped(f"{each.date:%A} {each.date.day} {each.date:%B %Y}", 100),
            description=clipped(
                f"{circle.name}, " * several
                + say("answered {answered_at} UTC", answered_at=f"{each.answered_at:%d %b, %H:%M}"),
                100,
            ),
            value=taking_back(each, Target(circle=circle.id)).custom_id,
        )
        for circle, each in mine
    ]
