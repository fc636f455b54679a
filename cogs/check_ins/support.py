"""What stands under every post: something to steady oneself, and a way to a person."""

import re
from dataclasses import replace
from typing import Any, Self

import structlog

from bot.domain.errors import NotAMember
from bot.domain.ids import CircleId, OccurrenceId
from bot.services.messenger import Post
from cogs.actors import Interaction, actor_of
from cogs.alerts.answering import passed_on
from cogs.errors import Told, answer, is_refusal
from cogs.help_now.said import filled, people_now
from cogs.items import ROW_ID, Pressed, button
from cogs.members.joining import join_panel
from cogs.places import channel_id
from cogs.replies import in_time
from cogs.speech import Phrase, Words, say
from cogs.words import lines

GLAD = Phrase("I'm glad you said so.")
NOT_JOINED = Phrase(
    "I'm glad you said so. I pass this on for the circle's members, and you haven't joined, so "
    "nobody was told. You can write to a facilitator yourself, or join right here and press it "
    "again."
)
log = structlog.get_logger()

KIND = r"(?P<kind>check-in|boundary|theme|reflection)"


def support(post: Post) -> list[Pressed]:
    """The two buttons; none in a preview."""
    if post.occurrence is None:
        return []
    kind, occurrence = post.prompt.kind.value, int(post.occurrence.id)
    return [Steady(kind, occurrence), WantPerson(kind, occurrence)]


class Steady(Pressed, template=rf"{KIND}:steady:(?P<occurrence>{ROW_ID})"):
    """Offers short exercises, for this person's eyes alone; open to everyone, and kept nowhere."""

    def __init__(self, kind: str, occurrence: int) -> None:
        super().__init__(button(say("Something to steady me"), f"{kind}:steady:{occurrence}"))

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["occurrence"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Begins at the first question, right there."""
        from cogs.grounding.starting import begin_here  # which offers a person, too

        await begin_here(interaction)


class WantPerson(Pressed, template=rf"{KIND}:person:(?P<occurrence>{ROW_ID})"):
    """Tells the facilitators that this member would like a person."""

    def __init__(self, kind: str, occurrence: int) -> None:
        super().__init__(button(say("I'd like a person"), f"{kind}:person:{occurrence}"))
        self.occurrence = OccurrenceId(occurrence)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(match["kind"], int(match["occurrence"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Writes the wish down, and says truthfully what comes of it; help is named to everyone."""
        await _pass_on(interaction, occurrence_id=self.occurrence)


class WantPersonHere(Pressed, template=rf"circle:person:({ROW_ID})"):
    """The same where there is no post."""

    def __init__(self, circle: int, label: Words = "") -> None:
        super().__init__(button(label or say("I'd like a person"), f"circle:person:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Writes the wish down."""
        await _pass_on(interaction, circle_id=self.circle)


async def _pass_on(interaction: Interaction, **where: Any) -> None:
    services, content = interaction.client.services, interaction.client.content
    help_ = await services.lines.help_for(actor_of(interaction), channel=str(channel_id(interaction)))
    try:
        wanted = await services.people.want_person(actor_of(interaction), **where)
    except NotAMember as error:
        said = lines([NOT_JOINED(), people_now(content, help_)])
        await answer(interaction, Told(said, view=join_panel(error.circle)))
        return
    except Exception as error:
        if is_refusal(error):
            raise
        log.exception("a wish for a person could not be written")
        await answer(interaction, Told(filled(content, "sf-x-unsent", help_)))
        return
    raised = await in_time(interaction, services.alerts.told(wanted.raised))
    told = passed_on(content, wanted.circle, raised, people_now(content, help_))
    await answer(interaction, replace(told, text=lines([GLAD(), told.text])))
