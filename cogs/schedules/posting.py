"""Posting by hand, the same for the command and the button."""

from bot.domain.circles import Circle
from bot.domain.schedules import Kind
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.places import link
from cogs.speech import Phrase

UP = Phrase("It is up: {where}")
ALREADY = Phrase("One was posted by hand within the last minute, so I left it at that: {where}")


async def post_now(interaction: Interaction, circle: Circle, kind: Kind) -> None:
    """Posts the kind's next text, once however often it is pressed in a minute; the answer is deferred."""
    posted = await interaction.client.services.schedules.post_now(actor_of(interaction), circle.id, kind)
    message = posted.occurrence.message
    where = link(circle, message) if message else f"<#{circle.home.channel}>"
    said = (ALREADY if posted.already else UP)(where=where)
    await answer(interaction, Told(said))
