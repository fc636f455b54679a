"""Joining: the form says what is kept, who sees it and how to leave, then asks for each consent by itself."""

import re
from typing import Any

import discord

from bot.domain.circles import Circle, check_open
from bot.domain.errors import NoCircle
from bot.domain.ids import CircleId
from bot.domain.members import CONSENT_VERSION, Member, Scope
from bot.services.members import MemberJoined
from cogs.actors import Interaction, actor_of
from cogs.errors import Told, answer
from cogs.forms import Fields
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.members._form import ConsentForm, chosen_scopes, limit
from cogs.members.consenting import ChangeConsents
from cogs.replies import in_time
from cogs.speech import Phrase, Words, say
from cogs.words import lines, said_yes, text

JOIN = Phrase("Join")
KEPT = Phrase(
    "**What is kept, and how long.** That you joined, and what you say yes to below, encrypted "
    "with a key of your own: the notes of check-ins for 90 days, the rest of them for a year; "
    "what you offer to the circle, until you take it back (14 days where it isn't posted); your "
    "wishes for a person. You can shorten each. Passes and exercises are kept nowhere.\n"
    "**Who sees it.** You. Facilitators see what you offer to the circle, without your name "
    "unless you choose it or they ask for safety (you are told then), what you mark for them, "
    "and that you asked for a person. `/privacy` shows who looked. Each week is counted once, in "
    "bands, if five people or more answered. Whoever runs me holds the key and could technically "
    "reach what is stored.\n"
    "**How to leave.** `/leave` at any time; everything is deleted after 7 days, or at once if "
    "you say so. `/privacy` shows it all.\n"
    "I'm a bot, no therapist and no emergency service."
)
MATCHED = Phrase(
    "The last box below is that alert, for words that you offer through me; without it there is "
    "none. What is written in the channel itself is another matter: if facilitators switch on "
    "Discord's own word filter there, they may be alerted of a match whatever you tick here. When a "
    "word matches, I keep which kind of help I showed you, for two days, so that it isn't shown "
    "again at once and reminders rest."
)


class Join(Pressed, template=rf"circle:join:({ROW_ID})"):
    """Opens the way into a circle, or back into it."""

    def __init__(self, circle: int, label: Words = JOIN) -> None:
        super().__init__(button(label, f"circle:join:{circle}", discord.ButtonStyle.success))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """Asks; who is a member already is told so."""
        circles = await interaction.client.services.circles.of_server(actor_of(interaction))
        circle = next((each for each in circles if each.id == self.circle), None)
        if circle is None:
            raise NoCircle
        await ask_to_join(interaction, circle)


def join_panel(circle: int) -> Panel:
    """A Join button to stand under an answer."""
    return Panel(Join(circle))


async def ask_to_join(interaction: Interaction, circle: Circle) -> None:
    """Shows the form, with what a returning member said yes to before."""
    memberships = await interaction.client.services.members.memberships(actor_of(interaction))
    member = next((each for _, each in memberships if each.circle == circle.id), None)
    if member is not None and member.active and member.consent_version == CONSENT_VERSION:
        await answer(interaction, _already(circle, member))
        return
    if member is None:
        check_open(circle)
    consents = member.consents if member and member.consent_version == CONSENT_VERSION else frozenset()
    said = lines([KEPT(), limit(interaction, circle), MATCHED()])
    form = ConsentForm(say("Join {name}", name=circle.name), f"circle:joining:{circle.id}", said, consents)
    await interaction.response.send_modal(form)


async def joined(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: the actor is a member, with just these consents."""
    members = interaction.client.services.members
    join = members.join(actor_of(interaction), CircleId(int(match[1])), chosen_scopes(fields))
    came = await in_time(interaction, join)
    view = Panel(ChangeConsents(int(came.circle.id)), button(say("My map"), "map:show:0"))
    await answer(interaction, Told(_welcomed(interaction, came), view=view))


def _welcomed(interaction: Interaction, came: MemberJoined) -> str:
    content = interaction.client.content
    name = discord.utils.escape_markdown(came.circle.name)
    hello = (
        say("Welcome back; all that you left is here.")
        if came.returned
        else say("Welcome to **{name}**.", name=name)
    )
    yes = Scope.CHECK_INS in came.member.consents
    here = say("The posts come in <#{channel}>.", channel=came.circle.home.channel)
    last = text(content, "sf-c-yes") if yes else text(content, "sf-c-no")
    return lines([f"{hello} {here}", said_yes(came.member.consents), last])


def _already(circle: Circle, member: Member) -> Told:
    name = discord.utils.escape_markdown(circle.name)
    said = say("You are a member of **{name}** already. `/privacy` shows what is kept.", name=name)
    view: Any = Panel(ChangeConsents(int(circle.id)))
    return Told(f"{said}\n{said_yes(member.consents)}", view=view)
