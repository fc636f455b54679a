"""Who saw what: every look at something of one's own, as it was written down before it was shown."""

from collections.abc import Sequence

from bot.domain.looks import Look, Seen
from cogs.actors import Interaction, actor_of
from cogs.dates import short_day
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.harmless import harmless
from cogs.items import Pressed, button
from cogs.sentences import stamp
from cogs.speech import Phrase, say, several
from cogs.words import clipped

LONGEST = 4000  # characters of an embed's description, with room to spare (Discord: 4,096)
NOBODY = Phrase(
    "Nobody has looked at anything of yours. Facilitators can read what you mark for them, and "
    "each look is written down here before it is shown to them. What you share in the channel is "
    "for everyone there."
)
WHAT = {
    Seen.ANSWER: Phrase("{who} read your answer"),
    Seen.AUTHOR: Phrase("{who} asked who wrote words of yours"),
    Seen.ALONGSIDE: Phrase("{who} looked at what you show to them, as you walk alongside each other"),
    Seen.PERSON: Phrase("{who} read that you would like a person"),
    Seen.ALERT: Phrase("{who} read an alert about you"),
}
WHAT_OF = {  # of which day it was
    Seen.ANSWER: Phrase("{who} read your answer of {day}"),
    Seen.AUTHOR: Phrase("{who} asked who wrote words of yours of {day}"),
}


class WhoSaw(Pressed, template=r"privacy:seen:0"):
    """Shows it."""

    def __init__(self) -> None:
        super().__init__(button(say("Who saw what"), "privacy:seen:0"))

    async def pressed(self, interaction: Interaction) -> None:
        """The newest first."""
        looks = await interaction.client.services.privacy.looks(actor_of(interaction))
        await answer(interaction, seen_look(looks))


def seen_look(looks: Sequence[Look]) -> Told:
    """As many as fit, and how many more there are."""
    if not looks:
        return Told(NOBODY())
    lines: list[str] = []
    for look in looks:
        line = _line(look)
        if sum(map(len, lines)) + len(lines) + len(line) > LONGEST:
            break
        lines.append(line)
    embed = calm(title=say("Who saw what"), description="\n".join(lines))
    more = len(looks) - len(lines)
    embed.set_footer(
        text=several(
            "and {n} earlier look; all are in your export",
            "and {n} earlier looks; all are in your export",
            more,
        )
        if more
        else say("Newest first.")
    )
    return Told("", embed=embed)


def _line(look: Look) -> str:
    who = f"<@{look.viewer.id}>" if look.viewer else say("A facilitator who has deleted their own data since")
    said = WHAT[look.seen](who=who)
    if look.about and look.seen in WHAT_OF:
        said = WHAT_OF[look.seen](who=who, day=short_day(look.about))
    if look.reason:
        reason = clipped(harmless(look.reason), 300)
        said = say("{done}. Their reason: {reason}", done=said, reason=reason)
    return f"- {stamp(look.at, 'f')}: {said}"
