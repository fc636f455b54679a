"""The buttons of a meeting: for its facilitators, on the circle's card, and under the reminder."""

import io
import re
from datetime import date
from typing import Any, Self

import discord

from bot.domain.errors import BadDate
from bot.domain.ids import CircleId
from bot.services.meetings import MeetingShown
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.events import missing
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.meetings import _look
from cogs.messenger import tell_circle
from cogs.replies import in_place, in_time
from cogs.speech import say
from cogs.words import lines

FILE = "meetings.ics"
_DAY = "[0-9]{8}"


class _Button(Pressed, template=r"\Z\A"):
    """A button of one circle's meeting."""

    def __init__(self, label: str, action: str, circle: int, style: discord.ButtonStyle) -> None:
        super().__init__(button(label, f"meeting:{action}:{circle}", style))
        self.circle = CircleId(circle)


class _Dated(Pressed, template=r"\Z\A"):
    """A button of one circle's meeting on one date."""

    def __init__(self, label: str, action: str, circle: int, day: date) -> None:
        super().__init__(button(label, f"meeting:{action}:{circle}:{day:%Y%m%d}"))
        self.circle = CircleId(circle)
        self.day = day

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id. Raises BadDate."""
        try:
            day = date.fromisoformat(match[2])
        except ValueError:
            raise BadDate(match[2]) from None
        return cls(int(match[1]), day)  # type: ignore[call-arg, arg-type]


class LeaveOut(_Dated, template=rf"meeting:skip:({ROW_ID}):({_DAY})"):
    """Leaves one date out; pressed twice it leaves out one."""

    def __init__(self, circle: int, day: date) -> None:
        super().__init__(say("Leave out the next one"), "skip", circle, day)

    async def pressed(self, interaction: Interaction) -> None:
        """Says which one, and what comes then."""
        meetings = interaction.client.services.meetings
        done = await in_time(interaction, meetings.skip_next(actor_of(interaction), self.circle, self.day))
        said = lines([_look.left_out(done.day, done.already), standing_said(interaction, done.shown)])
        more = [Restore(int(self.circle), done.day)] if done.day in done.shown.left_out else []
        await in_place(interaction, Told(said, view=Panel(*more, *buttons(done.shown))))


class Restore(_Dated, template=rf"meeting:restore:({ROW_ID}):({_DAY})"):
    """Holds it after all."""

    def __init__(self, circle: int, day: date) -> None:
        super().__init__(say("Hold it after all"), "restore", circle, day)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows the meeting as it stands then."""
        meetings = interaction.client.services.meetings
        done = await in_time(interaction, meetings.restore(actor_of(interaction), self.circle, self.day))
        await in_place(interaction, standing_look(interaction, done.shown))


class EndMeetings(_Button, template=rf"meeting:end:({ROW_ID})"):
    """Asks once more."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("End these meetings"), "end", circle, discord.ButtonStyle.secondary)

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is ended yet."""
        await interaction.client.services.circles.as_facilitator(actor_of(interaction), self.circle)
        await in_place(interaction, Told(_look.SURELY(), view=Panel(EndSurely(int(self.circle)))))


class EndSurely(_Button, template=rf"meeting:end-surely:({ROW_ID})"):
    """Ends them."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("Yes, end them"), "end-surely", circle, discord.ButtonStyle.danger)

    async def pressed(self, interaction: Interaction) -> None:
        """Says what became of the event."""
        meetings = interaction.client.services.meetings
        over = await in_time(interaction, meetings.end(actor_of(interaction), self.circle))
        await in_place(interaction, Told(_look.ended(over)))


class TellCircle(_Button, template=rf"meeting:tell:({ROW_ID})"):
    """Posts the card for everyone."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("Tell the circle"), "tell", circle, discord.ButtonStyle.primary)

    async def pressed(self, interaction: Interaction) -> None:
        """Public card, private answer."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        services, actor = interaction.client.services, actor_of(interaction)
        circle = await services.circles.as_facilitator(actor, self.circle)
        found = await services.meetings.current(actor, self.circle)
        await tell_circle(interaction.client, circle, lambda: self._public(found))
        await answer(interaction, Told(say("It is up in <#{channel}>.", channel=circle.home.channel)))

    def _public(self, found: MeetingShown) -> dict[str, Any]:
        own = Panel(RemindMe(int(self.circle)), AddToCalendar(int(self.circle)))
        return _look.told(found) | {"view": own}


class RemindMe(_Button, template=rf"meeting:remind:({ROW_ID})"):
    """Switches one's own reminders on, and off again."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("Remind me before each"), "remind", circle, discord.ButtonStyle.success)

    async def pressed(self, interaction: Interaction) -> None:
        """Says how it is from now on."""
        meetings = interaction.client.services.meetings
        on = await meetings.remind(actor_of(interaction), self.circle)
        await answer(interaction, Told(_look.ON() if on else _look.OFF()))


class StopReminding(_Button, template=rf"meeting:stop:({ROW_ID})"):
    """Under a reminder: no more of them."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("No more of these"), "stop", circle, discord.ButtonStyle.secondary)

    async def pressed(self, interaction: Interaction) -> None:
        """However often it is pressed."""
        await interaction.client.services.meetings.remind(actor_of(interaction), self.circle, on=False)
        await answer(interaction, Told(_look.OFF()))


class AddToCalendar(_Button, template=rf"meeting:calendar:({ROW_ID})"):
    """Gives the file."""

    def __init__(self, circle: int) -> None:
        super().__init__(say("Add to my calendar"), "calendar", circle, discord.ButtonStyle.secondary)

    async def pressed(self, interaction: Interaction) -> None:
        """To the presser alone."""
        meetings = interaction.client.services.meetings
        written = await in_time(interaction, meetings.calendar_file(actor_of(interaction), self.circle))
        await answer(interaction, Told(_look.CALENDAR(), file=discord.File(io.BytesIO(written), FILE)))


def standing_look(interaction: Interaction, found: MeetingShown) -> Told:
    """A meeting as its facilitator sees it."""
    return Told(standing_said(interaction, found), view=Panel(*buttons(found)))


def standing_said(interaction: Interaction, found: MeetingShown) -> str:
    """The same, in words alone."""
    return _look.shown(found, missing(interaction.client, found.circle, found.meeting))


def buttons(found: MeetingShown) -> list[Pressed]:
    """What a facilitator can do with it."""
    circle = int(found.circle.id)
    return [TellCircle(circle), LeaveOut(circle, found.nexts[0].date), EndMeetings(circle)]
