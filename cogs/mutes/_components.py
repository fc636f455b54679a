"""The presses of a member's own quiet: begin it, with or without one's own posting, let it be, be back."""

from datetime import datetime

import discord

from bot.domain.channel_errors import BadEnd
from bot.domain.errors import MessagesClosed, NotPermitted, Rejected
from bot.domain.ids import CircleId
from bot.domain.mutes import LONGEST, checked_until, read_instant
from bot.services.mutes import MuteShown
from cogs.actors import Interaction, actor_of
from cogs.delivering import delivering
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.mutes import _look
from cogs.replies import in_place
from cogs.speech import say


class BeginMute(Pressed, template=rf"mute:begin:({ROW_ID}):([0-9]{{1,12}}):([01])"):
    """Begins it; the numbers: the circle, until when, whether posting rests too."""

    def __init__(self, circle: int, until: int, posting: int) -> None:
        label = say("Quiet, and my posting rests") if posting else say("Only quiet")
        style = discord.ButtonStyle.secondary if posting else discord.ButtonStyle.primary
        super().__init__(button(label, f"mute:begin:{circle}:{until}:{posting}", style))
        self.circle, self.until, self.posting = CircleId(circle), until, bool(posting)

    async def pressed(self, interaction: Interaction) -> None:
        """Posting rests only once the way back has arrived."""
        until = read_instant(self.until)
        if until is None:
            raise BadEnd("", LONGEST.days, read=True)
        checked_until(until, interaction.client.clock.now())  # before anything is said of it anywhere
        await interaction.response.defer(ephemeral=True, thinking=True)
        mutes = interaction.client.services.mutes
        await mutes.of(actor_of(interaction), self.circle)  # who is no member is refused before anything
        here = interaction.guild is None  # a direct message: the answer itself is the way back
        reached = not self.posting or here or await _left_way_back(interaction, until)
        posting = self.posting and reached
        shown = await mutes.begin(actor_of(interaction), self.circle, until, posting=posting)
        view = None if shown.posting and not here else Panel(EndMute())
        await answer(interaction, Told(_look.begun_said(shown, reached=reached), view=view))


class EndMute(Pressed, template=r"mute:back:0"):
    """Ends it early, wherever it is pressed."""

    def __init__(self) -> None:
        super().__init__(button(say("I'm back"), "mute:back:0", discord.ButtonStyle.success))

    async def pressed(self, interaction: Interaction) -> None:
        """Says so once it is so."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        ended = await interaction.client.services.mutes.end(actor_of(interaction))
        await answer(interaction, Told(_look.ended_said(ended)))


class LetBe(Pressed, template=r"mute:not:0"):
    """Decides against it."""

    def __init__(self) -> None:
        super().__init__(button(say("Not now"), "mute:not:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing changes."""
        await in_place(interaction, Told(_look.LET_BE()))


def asked_look(shown: MuteShown) -> Told:
    """What would happen, and the ways on."""
    circle, until = int(shown.circle.id), int(shown.until.timestamp()) if shown.until else 0
    ways: list[Pressed] = [BeginMute(circle, until, 0)]
    if not shown.cannot:
        ways.append(BeginMute(circle, until, 1))
    return Told(_look.asked_said(shown), view=Panel(*ways, LetBe()))


def standing_look(shown: MuteShown) -> Told:
    """How it stands, and the way back where there is something to come back from."""
    view = Panel(EndMute()) if shown.until is not None else None
    return Told(_look.standing_said(shown), view=view)


async def _left_way_back(interaction: Interaction, until: datetime) -> bool:
    """Whether *I'm back* stands in the direct messages now."""
    try:
        with delivering():
            await interaction.user.send(_look.way_back_said(until), view=Panel(EndMute()), silent=True)
    except (MessagesClosed, NotPermitted, Rejected):
        return False
    return True
