"""Going on duty and off it by a press; `/duty` does the same."""

import re

import discord

from bot.domain.ids import CircleId, DutyId
from bot.services.duty import DutyStanding
from cogs.actors import Interaction, actor_of
from cogs.duty.said import on_duty_words
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place, on_card
from cogs.speech import Phrase, Words, say, several
from cogs.words import lines, text

YOURS = Phrase(
    "You are on duty. Alerts ask you by name, and members who ask are told that somebody is on duty."
)
ENDED = Phrase("You are off duty. For 30 days an urgent alert that nobody takes may still ask you by name.")
UNTIL_WHEN = Phrase("On duty until …")
UNTIL = Phrase("HH:MM in the circle's time, or YYYY-MM-DD HH:MM. Left empty: until you end it.")
LONGEST = 40


class GoOn(Pressed, template=rf"duty:on:({ROW_ID})"):
    """On duty, open-ended."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("I'm on duty"), f"duty:on:{circle}", discord.ButtonStyle.primary))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        standing = await interaction.client.services.duty.begin(actor_of(interaction), self.circle)
        await in_place(interaction, standing_look(standing))


class GoOff(Pressed, template=rf"duty:off:({ROW_ID})"):
    """Off duty."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Off duty"), f"duty:off:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """At once."""
        standing = await interaction.client.services.duty.end(actor_of(interaction), self.circle)
        await in_place(interaction, standing_look(standing, ended=True))


class UntilWhen(Pressed, template=rf"duty:until:({ROW_ID})"):
    """On duty until a time."""

    def __init__(self, circle: int, label: Words = UNTIL_WHEN) -> None:
        super().__init__(button(label, f"duty:until:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Asks for the time."""
        circles = interaction.client.services.circles
        await circles.as_facilitator(actor_of(interaction), self.circle)
        await interaction.response.send_modal(UntilForm(int(self.circle)))


class LeaveGap(Pressed, template=rf"duty:leave:({ROW_ID})"):
    """Nobody fills the gap, and that is fine."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Leave as is"), f"duty:leave:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """The question goes."""
        circles = interaction.client.services.circles
        circle = await circles.as_facilitator(actor_of(interaction), self.circle)
        await on_card(interaction, circle, lambda: Told(text(interaction.client.content, "sf-a-gap-left")))


class TakeTurn(Pressed, template=rf"duty:take:({ROW_ID}):({ROW_ID})"):
    """Takes over a colleague's turn."""

    def __init__(self, circle: int, duty: int) -> None:
        super().__init__(
            button(say("I'll take it"), f"duty:take:{circle}:{duty}", discord.ButtonStyle.primary)
        )
        self.circle, self.duty = CircleId(circle), DutyId(duty)

    async def pressed(self, interaction: Interaction) -> None:
        """The card says who is on duty now."""
        duty = interaction.client.services.duty
        standing = await duty.take(actor_of(interaction), self.duty, self.circle)
        await on_card(interaction, standing.circle, lambda: Told(on_duty_words(standing.on, used=True)))


class UntilForm(Form):
    """Until when?"""

    def __init__(self, circle: int) -> None:
        super().__init__(title=say("On duty"), custom_id=f"duty:until:{circle}")
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id="until", required=False, max_length=LONGEST, placeholder="18:00"
        )
        self.add_item(discord.ui.Label(text=say("Until when?"), description=UNTIL(), component=field))


async def submitted(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The time, as it was typed."""
    duty = interaction.client.services.duty
    until = fields.text("until") or None
    standing = await duty.begin(actor_of(interaction), CircleId(int(match[1])), until)
    await in_place(interaction, standing_look(standing))


async def show(interaction: Interaction, standing: DutyStanding, *, ended: bool = False) -> None:
    """Privately."""
    await answer(interaction, standing_look(standing, ended=ended))


def standing_look(standing: DutyStanding, *, ended: bool = False) -> Told:
    """Who is on duty, and what can be pressed."""
    circle, mine = int(standing.circle.id), standing.mine is not None
    said = [
        YOURS() if mine else ENDED() if ended else "",
        on_duty_words(standing.on, used=True),
        _callable(standing.callable),
        _alerts(standing.alerts),
    ]
    ways = [UntilWhen(circle), GoOff(circle)] if mine else [GoOn(circle), UntilWhen(circle)]
    return Told(lines(said), view=Panel(*ways))


def _callable(number: int) -> str:
    if not number:
        return ""
    return several(
        "{n} more can be asked by name when an urgent alert stays open, as they were on duty lately.",
        "{n} more can be asked by name when an urgent alert stays open, as they were on duty lately.",
        number,
    )


def _alerts(number: int) -> str:
    if not number:
        return ""
    return several(
        "{n} open alert, to see with `/alerts`.", "{n} open alerts, to see with `/alerts`.", number
    )
