"""Calm notes and topic lines that facilitators post, with buttons that work for everyone who reads."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.lines import LineKind
from bot.domain.prompts import Content
from cogs.actors import Interaction, actor_of
from cogs.check_ins.support import Steady, WantPersonHere
from cogs.errors import Told
from cogs.harmless import harmless
from cogs.help_now.said import HelpLines
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.replies import in_place
from cogs.speech import Phrase, say
from cogs.words import text


class Note(StrEnum):
    """Which calm note."""

    CARE = "care"
    HELD = "held"
    WITNESS = "witness"


NAMES = {
    Note.CARE: Phrase("care: something heavy was shared"),
    Note.HELD: Phrase("held: a message was taken up in private"),
    Note.WITNESS: Phrase("witness: nobody handles a worry alone"),
}
HOW_TO_TELL = Phrase(
    "On the message that worries you: press and hold it (or right-click it), choose **Apps**, "
    "then **Tell a facilitator**. It goes to the facilitators alone. If it's you who would like "
    "a person, that's here:"
)


class HowToTell(Pressed, template=rf"channel:tell:({ROW_ID})"):
    """Says where *Tell a facilitator* is found, and offers a person."""

    def __init__(self, circle: int) -> None:
        super().__init__(button(say("Tell a facilitator"), f"channel:tell:{circle}"))
        self.circle = circle

    async def pressed(self, interaction: Interaction) -> None:
        """For this person's eyes alone."""
        await in_place(interaction, Told(HOW_TO_TELL(), view=Panel(WantPersonHere(self.circle))))


async def post_note(interaction: Interaction, circle_id: CircleId, note: Note) -> Circle:
    """Posts it for a facilitator. Raises NoCircle, NotFacilitator and DeliveryErrors."""
    return await _post(
        interaction,
        circle_id,
        note.value,
        lambda: note_look(interaction.client.content, note, circle_id),
    )


async def post_topic(interaction: Interaction, circle_id: CircleId, topic: str) -> Circle:
    """The same for a topic line; what stands in it has no effect as markup, and wakes nobody."""
    bold = f"**{harmless(' '.join(topic.split()))}**"
    return await _post(
        interaction,
        circle_id,
        "topic",
        lambda: {"content": text(interaction.client.content, "sf-d-topic", topic=bold)},
    )


def note_look(content: Content, note: Note, circle: int) -> dict[str, Any]:
    """What `send` takes."""
    if note is Note.CARE:
        items = (Steady("check-in", 0), HelpLines(LineKind.CRISIS, say("People I can call or text")))
        return {"content": text(content, "sf-p-care"), "view": Panel(*items)}
    if note is Note.WITNESS:
        return {"content": text(content, "sf-p-witness"), "view": Panel(HowToTell(circle))}
    return {"content": text(content, "sf-p-held")}


async def _post(
    interaction: Interaction, circle_id: CircleId, which: str, look: Callable[[], dict[str, Any]]
) -> Circle:
    from cogs.messenger import tell_circle

    notes = interaction.client.services.channel_notes
    circle = await notes.allowed(actor_of(interaction), circle_id)
    await tell_circle(interaction.client, circle, lambda: look() | {"silent": circle.settings.discreet})
    await notes.posted(actor_of(interaction), circle_id, which)
    return circle
