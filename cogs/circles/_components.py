"""The buttons that a facilitator gets with a circle: post now, see the status, welcome again."""

import discord

from bot.domain.ids import CircleId
from bot.domain.schedules import Kind
from cogs.actors import Interaction, actor_of
from cogs.circles._look import status_look
from cogs.circles._welcome import welcome
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Pressed, button
from cogs.messenger import tell_circle
from cogs.permissions import cannot_ping, missing_in
from cogs.schedules.posting import post_now
from cogs.speech import say


class PostNow(Pressed, template=rf"circle:post-now:({ROW_ID})"):
    """Posts the next check-in at once."""

    def __init__(self, circle: int) -> None:
        super().__init__(
            button(say("Post a check-in now"), f"circle:post-now:{circle}", discord.ButtonStyle.primary)
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Public post, private answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        circle = await interaction.client.services.circles.as_facilitator(actor_of(interaction), self.circle)
        await post_now(interaction, circle, Kind.CHECK_IN)


class SeeStatus(Pressed, template=rf"circle:status:({ROW_ID})"):
    """Shows how the circle stands."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("See status"), f"circle:status:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """The same as `/circle status`."""
        circles = interaction.client.services.circles
        circle = await circles.as_facilitator(actor_of(interaction), self.circle)
        status = await circles.status(actor_of(interaction), circle.id)
        client, home = interaction.client, circle.home
        cannot = cannot_ping(client, home)
        await answer(interaction, status_look(status, missing_in(client, home), cannot_ping=cannot))


class PostWelcome(Pressed, template=rf"circle:welcome:({ROW_ID})"):
    """Posts the welcome card, where it could not be posted at setup or was deleted since.

    `/circle status` has it too, as the answer to the setup does not stay.
    """

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Post the welcome card"), f"circle:welcome:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Public card, private answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        circles = interaction.client.services.circles
        circle = await circles.as_facilitator(actor_of(interaction), self.circle)
        client = interaction.client
        message = await tell_circle(client, circle, lambda: welcome(circle, client.content))
        await circles.welcomed(circle.id, message)
        await answer(
            interaction, Told(say("The welcome card is up in <#{channel}>.", channel=circle.home.channel))
        )
