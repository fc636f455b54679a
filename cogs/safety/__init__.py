"""What follows from a word match: help in private, a person if they press, nothing where others see it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.domain.practice_errors import PracticeRests
from cogs.boundaries.climbing import SeeRung
from cogs.errors import Told
from cogs.forms import private
from cogs.items import Panel
from cogs.safety.scenes import PLACE
from cogs.safety.steps import GoOn, Step
from cogs.safety.writing import taken_by, timed, worded
from cogs.words import text

if TYPE_CHECKING:
    from cogs.client import TrellisClient


async def setup(client: "TrellisClient") -> None:
    """Adds the steps and their forms; from here on what people write is listened to."""
    from cogs.safety.direct import (  # what writes to people needs the letters, which need this
        Answered,
        help_wanted,
    )
    from cogs.safety.hearing import hear, heard_directly

    client.add_dynamic_items(Step, GoOn)
    client.errors.on(PracticeRests, _practice_rests(client))
    client.forms.on(rf"safety:when:{PLACE}", taken_by(timed), heard=private)
    client.forms.on(rf"safety:words:{PLACE}", taken_by(worded), heard=private)
    client.forms.hear = hear
    client.direct_messages.on(heard_directly, first=True)
    client.direct_messages.on(help_wanted)
    client.direct_messages.otherwise(Answered())


def _practice_rests(client: "TrellisClient") -> Callable[[PracticeRests], Told]:
    def told(error: PracticeRests) -> Told:
        return Told(text(client.content, "sf-x-practice"), view=Panel(SeeRung(error.circle, 1), GoOn()))

    return told
