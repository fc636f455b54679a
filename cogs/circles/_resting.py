"""Tells a circle that it rests or goes on; its facilitator reads what is so, also where that failed."""

from collections.abc import Callable

from bot.domain.circles import Circle
from bot.domain.errors import DeliveryError, Unreachable
from cogs.actors import Interaction
from cogs.circles._look import paused, resumed
from cogs.errors import Told
from cogs.messenger import tell_circle
from cogs.sentences import sentence
from cogs.speech import Phrase, in_a_row, say

UNSAID = Phrase("I couldn't say so in <#{channel}>, so please tell the circle yourself.")
UNKNOWN = Phrase(
    "Discord didn't answer me when I wanted to say so in <#{channel}>. Please look whether it stands "
    "there, and tell the circle yourself if it doesn't."
)


async def pause_told(interaction: Interaction, circle: Circle) -> Told:
    """The pause stands already; whether the circle has read of it."""
    failed = await _failed(interaction, circle, lambda: paused(circle))
    if failed is None:
        return Told(say("The circle rests, and <#{channel}> says so.", channel=circle.home.channel))
    return Told(in_a_row(say("The circle rests from now on."), failed))


async def resume_told(interaction: Interaction, circle: Circle) -> Told:
    """The pause is over already; whether the circle has read of it."""
    failed = await _failed(interaction, circle, resumed)
    if failed is None:
        return Told(say("Posts begin again, and <#{channel}> says so.", channel=circle.home.channel))
    return Told(in_a_row(say("The circle goes on, and posts are due again."), failed))


async def _failed(interaction: Interaction, circle: Circle, words: Callable[[], str]) -> str | None:
    """What is said where the circle could not be told; None where it was."""
    channel = circle.home.channel
    try:
        await tell_circle(interaction.client, circle, lambda: {"content": words()})
    except Unreachable:
        return UNKNOWN(channel=channel)
    except DeliveryError as error:
        return in_a_row(UNSAID(channel=channel), sentence(error) or "")
    return None
