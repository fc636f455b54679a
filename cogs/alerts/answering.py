"""What a member reads of an alert of theirs: what was passed on, and whether anybody has answered."""

import re
from typing import Self

import discord

from bot.domain.alerts import AlertState, Safe
from bot.domain.circles import Circle
from bot.domain.ids import AlertId
from bot.domain.prompts import Content
from bot.services._alerting import Raised
from bot.services._standing import Standing
from cogs.actors import Interaction, actor_of
from cogs.alerts.said import hours_line, on_call_line
from cogs.errors import Told
from cogs.forms import Fields, Form
from cogs.harmless import harmless
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.sentences import stamp
from cogs.speech import Phrase, say
from cogs.words import lines, text

LABELS = {
    Safe.YES: Phrase("Yes, here is fine"),
    Safe.AT: Phrase("Only at a time I name"),
    Safe.NO: Phrase("No, please don't"),
}
HAS_ANYONE, TELL_ME = Phrase("Has anyone answered?"), Phrase("Tell me here by message")
AGAIN = Phrase("It stands from before, and I have added this to it.")
WHEN = Phrase("Such as: after 8 pm, or: weekdays at lunch. Facilitators read it with your wish.")
LONGEST = 100


class SaySafe(Pressed, template=rf"alert:safe:({ROW_ID}):({'|'.join(Safe)})"):
    """Whether a private message is safe."""

    def __init__(self, alert: int, safe: Safe, *, chosen: bool = False) -> None:
        style = discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary
        super().__init__(button(LABELS[safe], f"alert:safe:{alert}:{safe.value}", style))
        self.alert, self.safe = AlertId(alert), safe

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match[1]), Safe(match[2]))

    async def pressed(self, interaction: Interaction) -> None:
        """Kept with the wish; a time is asked for first."""
        alerts = interaction.client.services.alerts
        if self.safe is Safe.AT:
            await alerts.answered(actor_of(interaction), self.alert)
            await interaction.response.send_modal(WhenForm(int(self.alert)))
            return
        standing = await alerts.say_safe(actor_of(interaction), self.alert, self.safe)
        await in_place(interaction, safe_look(standing, interaction.client.content))


class Answered(Pressed, template=rf"alert:answered:({ROW_ID})"):
    """How it stands."""

    def __init__(self, alert: int) -> None:
        super().__init__(button(HAS_ANYONE, f"alert:answered:{alert}"))
        self.alert = AlertId(alert)

    async def pressed(self, interaction: Interaction) -> None:
        """Truly, and as of now."""
        alerts = interaction.client.services.alerts
        standing = await alerts.answered(actor_of(interaction), self.alert)
        await in_place(interaction, standing_look(standing, interaction.client.content))


class WantWord(Pressed, template=rf"alert:word:({ROW_ID})"):
    """A direct message once somebody has it."""

    def __init__(self, alert: int) -> None:
        super().__init__(button(TELL_ME, f"alert:word:{alert}"))
        self.alert = AlertId(alert)

    async def pressed(self, interaction: Interaction) -> None:
        """At the member's own press alone."""
        alerts, content = interaction.client.services.alerts, interaction.client.content
        standing = await alerts.want_word(actor_of(interaction), self.alert)
        said = lines([text(content, "sf-s-word"), *_standing(standing, content)])
        await in_place(interaction, Told(said, view=Panel(Answered(int(self.alert)))))


class WhenForm(Form):
    """At what time?"""

    def __init__(self, alert: int) -> None:
        super().__init__(title=say("When is a message fine?"), custom_id=f"alert:when:{alert}")
        field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
            custom_id="when", max_length=LONGEST
        )
        self.add_item(
            discord.ui.Label(text=say("A time that is safe for you"), description=WHEN(), component=field)
        )


async def named(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The time that they named."""
    alerts, id_ = interaction.client.services.alerts, AlertId(int(match[1]))
    standing = await alerts.say_safe(actor_of(interaction), id_, Safe.AT, fields.text("when"))
    await in_place(interaction, safe_look(standing, interaction.client.content))


def passed_on(content: Content, circle: Circle, raised: Raised, *between: str) -> Told:
    """Said to who asked for a person: what was done, who can be reached now, whether anybody reads."""
    alert = raised.standing
    assert alert is not None  # noqa: S101 - what somebody asks for by hand is never turned away
    said = lines(
        [
            AGAIN() if raised.again else "",
            _written(content, circle, raised),
            *between,
            on_call_line(content, circle, raised),
        ]
    )
    return Told(said, view=Panel(*_safes(int(alert.id), alert.safe), Answered(int(alert.id))))


def safe_look(standing: Standing, content: Content) -> Told:
    """After the answer: it can be changed, and what came of the wish can be asked."""
    said = lines([text(content, "sf-s-safe"), *_standing(standing, content)])
    return Told(said, view=Panel(*_safes(int(standing.alert), standing.safe), *_ways(standing)))


def standing_look(standing: Standing, content: Content) -> Told:
    """How it stands."""
    return Told(lines(_standing(standing, content)), view=Panel(*_ways(standing)))


def _written(content: Content, circle: Circle, raised: Raised) -> str:
    if not raised.told:
        return text(content, "sf-s-write-later")
    if circle.settings.hours:
        return text(content, "sf-s-write", hours=harmless(circle.settings.hours))
    return text(content, "sf-s-write-open")


def _standing(standing: Standing, content: Content) -> list[str]:
    raised = stamp(standing.raised_at, "f")
    if standing.state is AlertState.CLOSED:
        return [
            text(content, "sf-s-answer-closed", time=stamp(standing.closed_at or standing.raised_at, "R"))
        ]
    if standing.state is AlertState.ACKNOWLEDGED:
        return [text(content, "sf-s-answer-taken", time=stamp(standing.taken_at or standing.raised_at, "R"))]
    none = "sf-s-answer-none" if standing.mine else "sf-s-answer-report"
    said = [text(content, none if standing.told else "sf-s-answer-waiting", time=raised)]
    said.append(text(content, "sf-s-duty" if standing.on_duty else "sf-s-duty-none"))
    return [*said, hours_line(content, standing.circle)]


def _ways(standing: Standing) -> list[Pressed]:
    ways: list[Pressed] = [Answered(int(standing.alert))]
    asks = standing.mine and standing.state is AlertState.OPEN and standing.safe != Safe.NO
    if asks and standing.member and not standing.word_wanted:
        ways.append(WantWord(int(standing.alert)))
    return ways


def _safes(alert: int, chosen: str | None) -> list[Pressed]:
    return [SaySafe(alert, safe, chosen=safe.value == chosen) for safe in Safe]
