"""What `/circle meeting` does: shows the meeting, or sets it and says what became of it."""

from enum import StrEnum

from discord.app_commands import Choice

from bot.domain.plan_errors import NoMeeting
from bot.services.arranging import Wanted
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.meetings._components import standing_look
from cogs.meetings._look import NONE_YET
from cogs.places import circle_here
from cogs.speech import Phrase


class Rhythm(StrEnum):
    """How often a circle meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"


_NAMES = {Rhythm.WEEKLY: Phrase("weekly"), Rhythm.FORTNIGHTLY: Phrase("fortnightly")}
RHYTHMS = [Choice(name=name.english, value=each.value) for each, name in _NAMES.items()]


async def arrange(interaction: Interaction, wanted: Wanted) -> None:
    """Answers privately; with nothing named, the meeting is shown."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    circle = await circle_here(interaction)
    meetings, actor = interaction.client.services.meetings, actor_of(interaction)
    if wanted.anything:
        found = await meetings.set_(actor, circle.id, wanted)
    else:
        await interaction.client.services.circles.as_facilitator(actor, circle.id)
        try:
            found = await meetings.current(actor, circle.id)
        except NoMeeting:
            await answer(interaction, Told(NONE_YET()))
            return
    await answer(interaction, standing_look(interaction, found))
