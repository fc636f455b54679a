"""What stands under the circle's challenge, for each member in private."""

from bot.domain.ids import OccurrenceId
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.speech import say
from cogs.words import text


class TryIt(Pressed, template=rf"boundary:try:({ROW_ID})"):
    """Takes the circle's challenge up."""

    def __init__(self, occurrence: int) -> None:
        super().__init__(button(say("I'll try it"), f"boundary:try:{occurrence}"))
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """The safety question first, where another person is involved."""
        from cogs.boundaries.trying import taken_up

        ladder = interaction.client.services.ladder
        standing, prompt = await ladder.posted(actor_of(interaction), self.occurrence)
        await taken_up(interaction, standing, prompt)


class AnotherOne(Pressed, template=rf"boundary:another:({ROW_ID})"):
    """Offers another, in private."""

    def __init__(self, occurrence: int) -> None:
        super().__init__(button(say("Another one"), f"boundary:another:{occurrence}"))
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """Of the same rung or below."""
        from cogs.boundaries.trying import other_shown

        ladder = interaction.client.services.ladder
        standing, prompt = await ladder.posted(actor_of(interaction), self.occurrence)
        await other_shown(interaction, standing.circle.id, prompt.id, 0)


class NotForMe(Pressed, template=rf"boundary:not-for-me:({ROW_ID})"):
    """A good ending of its own; nothing is kept."""

    def __init__(self, occurrence: int) -> None:
        super().__init__(button(say("Not for me"), f"boundary:not-for-me:{occurrence}"))
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """Says so, and that another is there."""
        from cogs.boundaries.trying import Other

        ladder = interaction.client.services.ladder
        standing, prompt = await ladder.posted(actor_of(interaction), self.occurrence)
        view = Panel(Other(int(standing.circle.id), prompt.id, 0))
        await answer(interaction, Told(text(interaction.client.content, "bd-r-notfit"), view=view))
