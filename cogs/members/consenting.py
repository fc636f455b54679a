"""Saying yes and no: changing all consents, or giving the one that is needed right where it is."""

import re
from typing import Self

import discord

from bot.domain.circles import Circle
from bot.domain.errors import ConsentNeeded, NotAMember
from bot.domain.ids import CircleId
from bot.domain.members import CONSENT_VERSION, Member, Scope
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members._form import ConsentForm, chosen_scopes, limit
from cogs.sentences import sentence
from cogs.speech import Phrase, say
from cogs.words import SCOPES, clipped, lines, said_yes, text

CHANGING = Phrase(
    "What you take back is not used from now on. What was kept under it stays yours, until you "
    "delete it under `/privacy`."
)


class ChangeConsents(Pressed, template=rf"privacy:consents:({ROW_ID})"):
    """Opens the consents as they stand."""

    def __init__(self, circle: int, name: str = "") -> None:
        label = clipped(say("Change consents: {name}", name=name) if name else say("Change consents"), 80)
        super().__init__(button(label, f"privacy:consents:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Shows the form."""
        circle, member = await membership(interaction, self.circle)
        said = lines([CHANGING(), limit(interaction, circle)])
        form = ConsentForm(
            say("Consents: {name}", name=circle.name),
            f"privacy:changing:{circle.id}",
            said,
            _standing(member),
        )
        await interaction.response.send_modal(form)


class SayYes(Pressed, template=rf"circle:consent:(?P<circle>{ROW_ID}):(?P<scope>{'|'.join(Scope)})"):
    """Gives one consent, where it was missing."""

    def __init__(self, circle: int, scope: Scope) -> None:
        super().__init__(
            button(
                clipped(say("Yes: {consent}", consent=SCOPES[scope][0]), 80),
                f"circle:consent:{circle}:{scope.value}",
                discord.ButtonStyle.success,
            )
        )
        self.circle = CircleId(circle)
        self.scope = scope

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """From a custom id."""
        return cls(int(match["circle"]), Scope(match["scope"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Adds it to the others."""
        _, member = await membership(interaction, self.circle)
        consents = _standing(member) | {self.scope}
        members = interaction.client.services.members
        changed = await members.consents(actor_of(interaction), self.circle, consents)
        done = say("Thank you. You can go on where you were; the same press works now.")
        view = Panel(ChangeConsents(int(self.circle)))
        await answer(interaction, Told(lines([done, said_yes(changed.consents)]), view=view))


async def changed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: just these consents stand."""
    members = interaction.client.services.members
    member = await members.consents(actor_of(interaction), CircleId(int(match[1])), chosen_scopes(fields))
    content = interaction.client.content
    last = text(content, "sf-c-yes") if member.consents else text(content, "sf-c-no")
    await answer(interaction, Told(lines([said_yes(member.consents), last])))


def asked_for(error: ConsentNeeded) -> Told:
    """The consent that is missing, offered right there."""
    scope = Scope(error.scope)
    said = lines([str(sentence(error)), f"**{SCOPES[scope][0]}.** {SCOPES[scope][1]}"])
    return Told(said, view=Panel(SayYes(error.circle, scope), ChangeConsents(error.circle)))


async def membership(interaction: Interaction, circle_id: CircleId) -> tuple[Circle, Member]:
    """The presser's own active membership. Raises NotAMember."""
    for circle, member in await interaction.client.services.members.memberships(actor_of(interaction)):
        if circle.id == circle_id and member.active:
            return circle, member
    raise NotAMember(circle_id)


def _standing(member: Member) -> frozenset[Scope]:
    """The consents in the words that stand now; a yes to older words is asked again."""
    return member.consents if member.consent_version == CONSENT_VERSION else frozenset()
