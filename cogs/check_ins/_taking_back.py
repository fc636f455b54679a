"""Taking an answer back: deleted at one press, at any time, with its note that waits for review."""

import re
from datetime import date
from typing import Self

import discord

from bot.domain.check_ins import CheckIn
from bot.domain.ids import CircleId, OccurrenceId
from bot.services.check_ins import CheckInTakenBack
from cogs.actors import Interaction, actor_of
from cogs.check_ins._form import Target
from cogs.errors import Told
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place, in_time
from cogs.shares.own import TakeBack
from cogs.speech import Phrase, say
from cogs.words import lines

POST = rf"check-in:take-back:({ROW_ID})"
DAY = rf"check-in:take-back-day:({ROW_ID}):([0-9]{{1,7}})"  # the circle, and the day's ordinal
LABEL = Phrase("Take it back")
DONE = Phrase(
    "Taken back: your answer is deleted, and nobody is told. That's fine. `/checkin` takes a new "
    "one whenever you like."
)
WITHDRAWN = Phrase("Its note waited for a facilitator and is taken back too; it was not posted.")
POSTED = Phrase(
    "Its note was approved for the channel before, and stands there. You can take it out of the "
    "channel too, or leave it."
)
GONE = Phrase("There is no answer of yours here any more; it was taken back already. Nothing was changed.")
BACKUPS = Phrase("A backup from before may hold it, encrypted, until whoever runs me replaces that backup.")


def taking_back(check_in: CheckIn, target: Target) -> "TakeItBack | TakeDayBack":
    """The button that takes just this answer back."""
    if check_in.occurrence is not None:
        return TakeItBack(int(check_in.occurrence))
    return TakeDayBack(int(target.circle or 0), check_in.date)


class TakeItBack(Pressed, template=POST):
    """Deletes the answer to a post."""

    def __init__(self, occurrence: int) -> None:
        super().__init__(button(LABEL, f"check-in:take-back:{occurrence}"))
        self.occurrence = OccurrenceId(occurrence)

    async def pressed(self, interaction: Interaction) -> None:
        """Says what is gone."""
        check_ins = interaction.client.services.check_ins
        work = check_ins.take_back(actor_of(interaction), occurrence_id=self.occurrence)
        await in_place(interaction, _told(await in_time(interaction, work)))


class TakeDayBack(Pressed, template=DAY):
    """Deletes the answer to a day; the id holds the day, so that no later one's can be meant."""

    def __init__(self, circle: int, day: date) -> None:
        custom_id = f"check-in:take-back-day:{circle}:{day.toordinal()}"
        super().__init__(discord.ui.Button(label=LABEL(), custom_id=custom_id))
        self.circle, self.day = CircleId(circle), day

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id; a forged day beyond the calendar is its edge, where there is no answer."""
        ordinal = max(date.min.toordinal(), min(int(match[2]), date.max.toordinal()))
        return cls(int(match[1]), date.fromordinal(ordinal))

    async def pressed(self, interaction: Interaction) -> None:
        """Says what is gone."""
        check_ins = interaction.client.services.check_ins
        work = check_ins.take_back(actor_of(interaction), circle_id=self.circle, day=self.day)
        await in_place(interaction, _told(await in_time(interaction, work)))


def item_of(custom_id: str) -> TakeItBack | TakeDayBack | None:
    """The button that a custom id of `taking_back` stands for; None for any other text."""
    if match := re.fullmatch(POST, custom_id):
        return TakeItBack.parsed(match)
    if match := re.fullmatch(DAY, custom_id):
        return TakeDayBack.parsed(match)
    return None


def _told(back: CheckInTakenBack) -> Told:
    if not back.found:
        return Told(GONE())
    said = [DONE(), WITHDRAWN() if back.withdrawn else "", POSTED() if back.posted else "", BACKUPS()]
    down = [TakeBack(int(share), say("Take it out of the channel")) for share in back.posted[:5]]
    return Told(lines(said), view=Panel(*down) if down else None)
