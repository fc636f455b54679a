"""`/ground`: anyone's, anywhere, also as a person's own app where Trellis is no member."""

from discord import app_commands

from bot.domain.grounding import exercise_of, in_order
from cogs.actors import Interaction, actor_of
from cogs.anywhere import anywhere
from cogs.choices import offered
from cogs.grounding.starting import by_command

LONGEST = 10  # minutes that may be asked for


@offered
async def choose_exercise(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """A member's favourites first, then all: outward ones first, breath last."""
    client = interaction.client
    liked = await client.services.own_exercises.favourites(actor_of(interaction))
    favourites = [one for id_ in liked if (one := exercise_of(client.content, id_)) is not None]
    rest = [one for one in in_order(client.content) if one.id not in liked]
    return [
        app_commands.Choice(name=one.title, value=one.id)
        for one in (*favourites, *rest)
        if current.casefold() in one.title.casefold()
    ]


@anywhere
@app_commands.command(name="ground", description="A short exercise in private, step by step")
@app_commands.describe(
    exercise="One that you know; or leave it open and choose there", minutes="About how long it may take"
)
@app_commands.autocomplete(exercise=choose_exercise)
async def ground(
    interaction: Interaction,
    exercise: str | None = None,
    minutes: app_commands.Range[int, 1, LONGEST] | None = None,
) -> None:
    """Begins at the first question."""
    await by_command(interaction, exercise, minutes)
