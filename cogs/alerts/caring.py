"""After an alert is closed: how is the one who had it? A word, a talk, a turn to hand over."""

from bot.domain.ids import CircleId
from bot.domain.prompts import Content
from cogs.actors import Interaction, actor_of
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import say
from cogs.words import text


class Fine(Pressed, template=r"alert:fine:0"):
    """All is well."""

    def __init__(self) -> None:
        super().__init__(button(say("Fine"), "alert:fine:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is kept."""
        await in_place(interaction, Told(text(interaction.client.content, "sf-a-fine")))


class Talk(Pressed, template=rf"alert:talk:({ROW_ID})"):
    """Colleagues are told that this one would like to talk."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("I'd like to talk"), f"alert:talk:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At their own press, and nothing more than that."""
        await interaction.client.services.duty.ask_to_talk(actor_of(interaction), self.circle)
        await in_place(interaction, Told(text(interaction.client.content, "sf-a-talk-sent")))


class Swap(Pressed, template=rf"duty:swap:({ROW_ID})"):
    """Colleagues are asked to take over."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Swap my next shift"), f"duty:swap:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Until somebody does, all stays as it is."""
        await interaction.client.services.duty.ask_to_swap(actor_of(interaction), self.circle)
        await in_place(interaction, Told(text(interaction.client.content, "sf-a-swap-sent")))


def asked(content: Content, circle: CircleId) -> Told:
    """The question, to who closed it."""
    return Told(text(content, "sf-a-close"), view=Panel(Fine(), Talk(int(circle)), Swap(int(circle))))
