"""Leaving: kept for a week for a change of mind, or deleted at once; said before and after."""

import discord

from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members.joining import Join
from cogs.replies import in_place
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import lines, text

TWO_WAYS = Phrase(
    "What is yours is kept for 7 days, for a change of mind, and then deleted. **Delete now** "
    "deletes it at once, and nothing can bring it back. Words of yours that wait for a "
    "facilitator are taken back either way."
)
ONCE_MORE = Phrase(
    "This deletes your check-ins and all else that I keep for you in this circle, in my backups "
    "too. Nothing can bring it back."
)
STAYING = Phrase("No reason is needed, and you can leave this message as it is to stay.")
POSTS_STAY = Phrase("What was posted for you in a channel stays on Discord until a facilitator removes it.")


def asked(circle: Circle) -> Told:
    """What leaving means, with the ways to do it."""
    name = discord.utils.escape_markdown(circle.name)
    ends = say("**Leave** ends your membership of **{name}**.", name=name)
    said = lines([f"{ends} {TWO_WAYS}", f"{POSTS_STAY} {STAYING}"])
    return Told(said, view=Panel(Leave(int(circle.id)), DeleteNow(int(circle.id))))


class Leave(Pressed, template=rf"circle:leave:({ROW_ID})"):
    """Leaves, with a week for a change of mind."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Leave"), f"circle:leave:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Says until when one can come back."""
        await interaction.client.services.mutes.let_go(actor_of(interaction))
        left = await interaction.client.services.members.leave(actor_of(interaction), self.circle)
        until = stamp(left.delete_at, "F") if left.delete_at else say("soon")
        said = lines(
            [
                text(interaction.client.content, "sf-c-left"),
                say(
                    "What is yours is kept until {until}, then deleted. Until then **Come back** "
                    "finds it all.",
                    until=until,
                ),
            ]
        )
        view = Panel(Join(int(self.circle), say("Come back")), DeleteNow(int(self.circle)))
        await in_place(interaction, Told(said, view=view))


class DeleteNow(Pressed, template=rf"circle:delete:({ROW_ID})"):
    """Asks once more, since nothing can bring it back."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Delete now"), f"circle:delete:{circle}", discord.ButtonStyle.danger))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Asks."""
        await in_place(interaction, Told(ONCE_MORE(), view=Panel(DeleteNowSurely(int(self.circle)))))


class DeleteNowSurely(Pressed, template=rf"circle:delete-surely:({ROW_ID})"):
    """Leaves and deletes at once."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            button(say("Yes, delete it all"), f"circle:delete-surely:{circle}", discord.ButtonStyle.danger)
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Says that nothing remains."""
        await interaction.client.services.mutes.let_go(actor_of(interaction))
        await interaction.client.services.members.leave(actor_of(interaction), self.circle, now=True)
        left = text(interaction.client.content, "sf-c-left")
        gone = say("Nothing about you in this circle remains with me.")
        await in_place(interaction, Told(lines([left, f"{gone} {POSTS_STAY}"])))
