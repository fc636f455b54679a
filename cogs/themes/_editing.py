"""The forms in which a facilitator changes what one week says; nothing that was typed in them is lost."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import discord

from bot.domain.circles import Circle
from bot.domain.errors import TrellisError
from bot.domain.ids import CircleId
from bot.domain.prompts import ShareRule
from bot.domain.schedules import parse_date
from bot.domain.themes import DailyWords, Words
from cogs.actors import Interaction, actor_of
from cogs.dates import short_day
from cogs.errors import Told, answer
from cogs.forms import LONGEST, Fields, Form
from cogs.items import ROW_ID, Panel
from cogs.sentences import sentence
from cogs.speech import Phrase, say
from cogs.themes._components import DATE, PreviewWeeks

WORDS = rf"plan:words:(?P<circle>{ROW_ID}):(?P<start>{DATE})"
DAY = rf"plan:day:(?P<circle>{ROW_ID}):(?P<start>{DATE}):(?P<day>[1-7])"
PARTS = {  # a field, its label, whether it takes several lines
    "title": (Phrase("Title"), False),
    "text": (Phrase("The opening"), True),
    "intention": (Phrase("The intention"), False),
    "practice": (Phrase("The practice"), True),
    "closing": (Phrase("The closing question"), True),
}
SHARES = {
    ShareRule.CHANNEL: Phrase("In the channel, too"),
    ShareRule.EITHER: Phrase("Either, private first"),
    ShareRule.PRIVATE: Phrase("Answers stay private"),
}
CHANGED = Phrase("Changed, on that week alone. The theme as it was stays in the library too.")


class WordsForm(Form):
    """A week's own words but for its daily questions."""

    def __init__(self, circle: Circle, start: date, words: Words) -> None:
        super().__init__(
            title=say("Week of {day}", day=short_day(start)),
            custom_id=f"plan:words:{circle.id}:{start.isoformat()}",
        )
        for name, (label, many) in PARTS.items():
            style = discord.TextStyle.paragraph if many else discord.TextStyle.short
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name, style=style, default=getattr(words, name), max_length=LONGEST
            )
            self.add_item(discord.ui.Label(text=label(), component=field))


class DayForm(Form):
    """One day's question, and where its answers may go."""

    def __init__(self, circle: Circle, start: date, number: int, daily: DailyWords) -> None:
        super().__init__(
            title=say("Day {number} of the week of {start}", number=number, start=short_day(start)),
            custom_id=f"plan:day:{circle.id}:{start.isoformat()}:{number}",
        )
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, default=daily.text, max_length=LONGEST
        )
        self.add_item(discord.ui.Label(text=say("The question"), component=field))
        rules: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
            custom_id="share",
            options=[
                discord.RadioGroupOption(value=rule.value, label=label(), default=rule is daily.share)
                for rule, label in SHARES.items()
            ],
        )
        self.add_item(discord.ui.Label(text=say("Where answers may go"), component=rules))


async def words_changed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form of a week."""
    given = {name: fields.text(name) for name in PARTS}
    await _edit(interaction, match, given, lambda words: replace(words, **given))


async def day_changed(interaction: Interaction, match: re.Match[str], fields: Fields) -> None:
    """The form of a day."""
    place = int(match["day"]) - 1
    given = {"text": fields.text("text")}
    share = next((rule for rule in ShareRule if rule in fields.values("share")), None)

    def change(words: Words) -> Words:
        old = words.daily[place]
        new = replace(old, text=given["text"], share=share or old.share)
        return replace(words, daily=(*words.daily[:place], new, *words.daily[place + 1 :]))

    await _edit(interaction, match, given, change)


async def _edit(interaction: Interaction, match: re.Match[str], given: dict[str, str], change: Any) -> None:
    circle, start = CircleId(int(match["circle"])), parse_date(match["start"])
    try:
        await interaction.client.services.themes.edit(actor_of(interaction), circle, start, change)
    except TrellisError as error:
        typed = "\n\n".join(given.values()).encode()
        file = discord.File(io.BytesIO(typed), "your-words.txt")
        said = say("{why} Nothing was changed, and what you wrote is in the file.", why=sentence(error))
        await answer(interaction, Told(said, file=file))
        return
    await answer(interaction, Told(CHANGED(), view=Panel(PreviewWeeks(int(circle)))))
