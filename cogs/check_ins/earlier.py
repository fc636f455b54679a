"""Earlier answers, by their day alone, so that each can be taken back after its private reply is gone."""

import discord

from bot.domain.check_ins import CheckIn
from bot.domain.circles import Circle
from cogs.actors import Interaction, actor_of
from cogs.check_ins._form import Target
from cogs.check_ins._taking_back import GONE, item_of, taking_back
from cogs.dates import on_day, written
from cogs.errors import Told, answer
from cogs.items import Panel, Pressed, button, chosen
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import clipped, lines

SHOWN = 25  # options of a select (Discord)
WHICH = Phrase(
    "You can take back any one of your check-ins; choosing its day deletes it. Or leave them as they are."
)
NEWEST = Phrase("The newest {count} are listed; older ones come into the list as these go.")
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
        said = lines([WHICH(), NEWEST(count=SHOWN) if len(mine) > SHOWN else ""])
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
    named = len({circle.id for circle, _ in mine}) > 1
    return [
        discord.SelectOption(
            label=clipped(on_day(each.date), 100),
            description=clipped(_answered(each, circle.name if named else ""), 100),
            value=taking_back(each, Target(circle=circle.id)).custom_id,
        )
        for circle, each in mine
    ]


def _answered(check_in: CheckIn, circle: str) -> str:
    """When, and where in several circles."""
    at = check_in.answered_at
    when = f"{written(at.date(), 'dd MMM', 'MMMd')}, {at:%H:%M}"
    if circle:
        return say("{circle}, answered {when} UTC", circle=circle, when=when)
    return say("answered {when} UTC", when=when)
