"""How discreet, when quiet, how long kept: one form a circle, filled with what stands."""

import re
from datetime import timedelta
from typing import Any

import discord

from bot.domain.errors import TrellisError
from bot.domain.ids import CircleId
from bot.domain.preferences import DECLINED_KEPT, NOTES_KEPT, RATINGS_KEPT, Preferences
from bot.services.preferences import PreferencesShown, quiet_hours
from cogs.actors import Interaction, actor_of
from cogs.embeds import calm
from cogs.errors import Told, answer
from cogs.forms import Fields, Form
from cogs.items import ROW_ID, Panel, Pressed, button
from cogs.privacy._data import hours
from cogs.speech import Phrase, say, several
from cogs.words import clipped, lines

TITLE = 45  # characters of a form's title (Discord)
WAYS = {"circle": None, "yes": True, "no": False}
DISCREET = {
    None: Phrase("as the circle is set"),
    True: Phrase("discreet"),
    False: Phrase("not discreet"),
}
AS_CIRCLE = {True: Phrase("now: discreet"), False: Phrase("now: not discreet")}
TYPED = {
    "quiet": Phrase("Quiet"),
    "notes": Phrase("Notes"),
    "ratings": Phrase("Ratings"),
    "declined": Phrase("Declined"),
}
NO_NUMBER = Phrase(
    "I couldn't read {given} as a number of days. Nothing was changed; here is what you typed."
)
NO_HOURS = Phrase("I couldn't read {given} as hours. It works as `22:00-07:00`. Nothing was changed.")
# The words too by which `hours` says it in the languages that we speak.
_HOURS = re.compile(r"\s*(\S+?)\s*(?:-|\u2013|to|until|bis|hasta|(?<=\s)a(?=\s))\s*(\S+)\s*")


class SetWishes(Pressed, template=rf"privacy:wishes:({ROW_ID})"):
    """Opens the form."""

    def __init__(self, circle: int, name: str = "") -> None:
        label = clipped(
            say("Discreet, quiet, kept: {name}", name=name)
            if name
            else say("Discreet, quiet, how long kept"),
            80,
        )
        super().__init__(button(label, f"privacy:wishes:{circle}"))
        self.circle = CircleId(circle)

    async def pressed(self, interaction: Interaction) -> None:
        """With what stands in it."""
        shown = await interaction.client.services.preferences.of(actor_of(interaction), self.circle)
        await interaction.response.send_modal(WishesForm(shown))


class WishesForm(Form):
    """Five fields; each may be left as it is."""

    def __init__(self, shown: PreferencesShown) -> None:
        title = clipped(say("Your wishes: {circle}", circle=shown.circle.name), TITLE)
        super().__init__(title=title, custom_id=f"privacy:wishing:{shown.circle.id}")
        wishes = shown.wishes
        self._ask(
            say("Discreet messages"),
            say("Neutral words and no sound, as others may see a screen."),
            _discreet(shown),
        )
        quiet = f"{wishes.quiet.start:%H:%M}-{wishes.quiet.end:%H:%M}" if wishes.quiet else None
        zone = clipped(shown.circle.settings.zone.key, 30)
        self._ask(
            say("Quiet hours"),
            say("Such as 22:00-07:00, in {zone}. Empty: the circle's.", zone=zone),
            _text("quiet", quiet),
        )
        self._days(say("Days that notes are kept"), "notes", wishes.notes, NOTES_KEPT)
        self._days(say("Days that the rest of check-ins is kept"), "ratings", wishes.ratings, RATINGS_KEPT)
        self._days(say("Days that unposted words are kept"), "declined", wishes.declined, DECLINED_KEPT)

    def _days(self, label: str, custom_id: str, now: timedelta, most: timedelta) -> None:
        self._ask(
            label,
            say("1 to {days}; nothing is kept longer for anyone.", days=most.days),
            _text(custom_id, str(now.days)),
        )

    def _ask(self, label: str, description: str, component: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=description, component=component))


async def wished(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form is sent: it holds from now on, or everything typed comes back."""
    circle = CircleId(int(match[1]))
    services, actor = interaction.client.services, actor_of(interaction)
    try:
        wishes = _read(fields)
        shown = await services.preferences.put(actor, circle, wishes)
    except ValueError as error:
        await answer(interaction, _given_back(str(error), int(circle), fields))
        return
    except TrellisError as error:
        told = interaction.client.errors.told(error)
        await answer(interaction, _given_back(told.text if told else "", int(circle), fields))
        return
    await answer(interaction, Told(_said(shown)))


def _read(fields: Fields) -> Preferences:
    way = next(iter(fields.values("discreet")), "circle")
    typed = fields.text("quiet")
    match = _HOURS.fullmatch(typed)
    if typed and match is None:
        raise ValueError(NO_HOURS(given=_quoted(typed)))
    return Preferences(
        discreet=WAYS.get(way),
        quiet=quiet_hours(match[1], match[2]) if match else None,
        notes=_number(fields, "notes", NOTES_KEPT),
        ratings=_number(fields, "ratings", RATINGS_KEPT),
        declined=_number(fields, "declined", DECLINED_KEPT),
    )


def _number(fields: Fields, name: str, usual: timedelta) -> timedelta:
    typed = fields.text(name)
    if not typed:
        return usual
    if not re.fullmatch(r"[0-9]{1,4}", typed):
        raise ValueError(NO_NUMBER(given=_quoted(typed)))
    return timedelta(days=int(typed))


def _given_back(said: str, circle: int, fields: Fields) -> Told:
    embed = calm(title=say("What you typed"))
    for name, label in TYPED.items():
        if fields.text(name):
            embed.add_field(name=label(), value=_quoted(fields.text(name)))
    return Told(said, view=Panel(SetWishes(circle)), embed=embed if embed.fields else None)


def _said(shown: PreferencesShown) -> str:
    wishes = shown.wishes
    kept = say(
        "Kept: notes {notes}, the rest of check-ins {rest}, words that were not posted {unposted}. What is "
        "older than that is deleted already.",
        notes=several("{n} day", "{n} days", wishes.notes.days),
        rest=several("{n} day", "{n} days", wishes.ratings.days),
        unposted=several("{n} day", "{n} days", wishes.declined.days),
    )
    return lines(
        [
            say("So it is from now on, for what reaches you; nobody else sees it."),
            say(
                "Messages: **{discreet}**. Quiet hours: **{quiet}**.",
                discreet=DISCREET[wishes.discreet],
                quiet=hours(wishes.quiet) or say("those of the circle"),
            ),
            kept,
        ]
    )


def _discreet(shown: PreferencesShown) -> discord.ui.RadioGroup[Any]:
    labels = {"circle": say("As the circle is set"), "yes": say("Always"), "no": say("Not needed")}
    return discord.ui.RadioGroup(
        custom_id="discreet",
        options=[
            discord.RadioGroupOption(
                value=way,
                label=label,
                description=AS_CIRCLE[shown.circle.settings.discreet]() if way == "circle" else None,
                default=WAYS[way] is shown.wishes.discreet,
            )
            for way, label in labels.items()
        ],
    )


def _text(custom_id: str, default: str | None) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(custom_id=custom_id, default=default or None, required=False, max_length=20)


def _quoted(typed: str) -> str:
    return "“" + discord.utils.escape_markdown(discord.utils.escape_mentions(typed[:60])) + "”"
