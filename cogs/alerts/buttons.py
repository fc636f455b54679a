"""What a facilitator can do with an alert, from its letter and from the list."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.domain.alerts import BY_WORDS, OF_A_MATCH, AlertState, Source
from bot.domain.ids import AlertId, CircleId
from bot.services.messenger import AlertShown
from cogs.actors import Interaction, actor_of
from cogs.alerts import caring, listing, reading
from cogs.alerts.words import said
from cogs.errors import Told, answer
from cogs.items import ROW_ID, Panel, Pressed, button, chosen
from cogs.replies import in_place, on_card
from cogs.speech import Phrase, Words, say

TAKE, HAND_ON = Phrase("I have this"), Phrase("Someone else, please")
FALSE, CLOSE = Phrase("False match"), Phrase("Close")
TAKE_LISTED = Phrase("Acknowledge")  # the same as I have this, as the list names it
TAKEN = Phrase("Taken")  # in its place then, and does nothing: a second tap closes or hands on no alert
NOTE, ONE_BY_ONE = Phrase("Read the note"), Phrase("See them one by one")
PICKED = 25  # options (Discord)


class _OfAlert(Pressed, template=r"\Z\A"):
    """A press on one alert; the letter or the list then shows how it stands."""

    verb, style = "", discord.ButtonStyle.secondary
    label: Words = ""

    def __init__(self, alert: int, number: int = 0, label: Words = "", *, disabled: bool = False) -> None:
        label = label or self.label
        label = f"{number}: {label}" if number else label
        super().__init__(button(label, f"alert:{self.verb}:{alert}", self.style, disabled=disabled))
        self.alert = AlertId(alert)


class Take(_OfAlert, template=rf"alert:take:({ROW_ID})"):
    """The presser has it."""

    verb, label, style = "take", TAKE, discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        """One has it; who presses later reads who that is."""
        alerts = interaction.client.services.alerts
        await show(interaction, await alerts.acknowledge(actor_of(interaction), self.alert))


class HandOn(_OfAlert, template=rf"alert:hand-on:({ROW_ID})"):
    """Somebody else is asked, at once."""

    verb, label = "hand-on", HAND_ON

    async def pressed(self, interaction: Interaction) -> None:
        """No reason is asked."""
        alerts = interaction.client.services.alerts
        await show(interaction, await alerts.hand_on(actor_of(interaction), self.alert))


class FalseMatch(_OfAlert, template=rf"alert:false:({ROW_ID})"):
    """The word list was wrong."""

    verb, label = "false", FALSE

    async def pressed(self, interaction: Interaction) -> None:
        """Closed, and nothing of anybody is kept."""
        alerts = interaction.client.services.alerts
        await show(interaction, await alerts.misread(actor_of(interaction), self.alert))


class Close(_OfAlert, template=rf"alert:close:({ROW_ID})"):
    """It is done with."""

    verb, label = "close", CLOSE

    async def pressed(self, interaction: Interaction) -> None:
        """Closed; then the facilitator is asked how they are."""
        alerts = interaction.client.services.alerts
        shown = await alerts.close(actor_of(interaction), self.alert)
        await show(interaction, shown)
        await answer(interaction, caring.asked(interaction.client.content, shown.alert.circle))


class ReadNote(_OfAlert, template=rf"alert:read:({ROW_ID})"):
    """What goes with it, for this facilitator's eyes."""

    verb, label = "read", NOTE

    async def pressed(self, interaction: Interaction) -> None:
        """Words that are read are a look in the member's access log."""
        alerts, content = interaction.client.services.alerts, interaction.client.content
        found = await alerts.read(actor_of(interaction), self.alert)
        view = Panel(*for_letter(found.shown, note=False))
        await answer(interaction, reading.note_look(found, content, view))


class SeeAlerts(Pressed, template=rf"alert:list:({ROW_ID}):([0-9]{{1,6}})"):
    """The list, page by page."""

    def __init__(self, circle: int, page: int = 0, label: Words = ONE_BY_ONE) -> None:
        super().__init__(button(label, f"alert:list:{circle}:{page}"))
        self.circle, self.page = CircleId(circle), page

    async def pressed(self, interaction: Interaction) -> None:
        """As `/alerts`."""
        await in_place(interaction, await list_page(interaction, self.circle, self.page))


class Pick(Pressed, template=rf"alert:pick:({ROW_ID})"):
    """Takes one of those that came together."""

    def __init__(self, circle: int, free: Sequence[tuple[int, AlertShown]] = ()) -> None:
        options = [
            discord.SelectOption(
                label=say("I have number {number}", number=number), value=str(shown.alert.id)
            )
            for number, shown in free[:PICKED]
        ]
        super().__init__(
            discord.ui.Select[Any](
                custom_id=f"alert:pick:{circle}",
                placeholder=say("I have …"),
                options=options or [discord.SelectOption(label="none", value="0")],
            )
        )
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """One has it; the letter follows."""
        alerts = interaction.client.services.alerts
        given = next(iter(chosen(interaction)), "")
        id_ = AlertId(int(given)) if given.isdecimal() and len(given) <= 18 else AlertId(0)
        shown = await alerts.acknowledge(actor_of(interaction), id_)
        await answer(interaction, listing.taken(shown))


def for_letter(
    shown: AlertShown, number: int = 0, *, note: bool = True, listed: bool = False
) -> list[Pressed]:
    """What can be pressed, as it stands; `number` where it is one of several."""
    alert, id_ = shown.alert, int(shown.alert.id)
    if alert.state is AlertState.CLOSED:
        return []
    free = alert.state is AlertState.OPEN
    label = TAKE_LISTED if listed else TAKE
    take = Take(id_, number, label if free else TAKEN, disabled=not free)
    buttons: list[Pressed] = [take, HandOn(id_, number)]
    if alert.sources <= OF_A_MATCH and alert.sources & BY_WORDS:
        buttons.append(FalseMatch(id_, number))
    if listed or not free:
        buttons.append(Close(id_, number))
    if note and (alert.words or alert.when or Source.PEER in alert.sources):
        buttons.append(ReadNote(id_, number))
    return buttons


async def list_page(interaction: Interaction, circle: CircleId, page: int) -> Told:
    """A page of the list, those that nobody has first."""
    services = interaction.client.services
    found = await services.alerts.open(actor_of(interaction), circle)
    pages = listing.pages(found)
    page = min(page, len(pages) - 1)
    rows: list[list[Pressed]] = [
        for_letter(shown, number if len(found) > 1 else 0, listed=True)
        for number, shown in enumerate(pages[page], page * listing.PAGE + 1)
    ]
    turns: list[Pressed] = [SeeAlerts(int(circle), page - 1, say("Earlier"))] if page else []
    turns += [SeeAlerts(int(circle), page + 1, say("Next"))] if page + 1 < len(pages) else []
    on_duty = await services.duty.of(actor_of(interaction), circle)
    return listing.look(on_duty, found, page, [*rows, turns], interaction.client.content)


async def show(interaction: Interaction, shown: AlertShown) -> None:
    """How it stands now, where it was pressed: its card, or the private list."""
    services = interaction.client.services
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await in_place(interaction, await list_page(interaction, shown.alert.circle, 0))
        return
    circle = await services.circles.as_facilitator(actor_of(interaction), shown.alert.circle)

    def look() -> Told:
        buttons = for_letter(shown)
        return Told(
            said(shown, circle, interaction.client.content), view=Panel(*buttons) if buttons else None
        )

    await on_card(interaction, circle, look)
