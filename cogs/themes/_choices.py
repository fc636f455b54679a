"""Weeks, themes, challenges and questions, offered as people type; and what they picked, read back."""

import re
from datetime import date

from discord.app_commands import Choice

from bot.domain.circles import Circle
from bot.domain.errors import BadDate
from bot.domain.ids import PromptId, ThemeId
from bot.domain.library import MOST_INTENSE, Library
from bot.domain.plan_errors import NoSuchPrompt, NoSuchTheme, NoSuchWeek
from bot.domain.prompts import Prompt, Theme, ThemeRef
from bot.domain.schedules import parse_date
from bot.services.plans import OWN, TWELVE_WEEKS
from cogs.actors import Interaction, actor_of
from cogs.choices import offered
from cogs.dates import short_day
from cogs.places import circle_here
from cogs.speech import Phrase, say
from cogs.words import clipped

CURRICULA = {
    TWELVE_WEEKS: Phrase("The twelve weeks that come with Trellis"),
    OWN: Phrase("Your circle's own themes"),
}
CURRICULUM_CHOICES = [Choice(name=name.english, value=value) for value, name in CURRICULA.items()]
AS_PLANNED = "as-planned"
_REF = re.compile(r"([a-z0-9][a-z0-9-]{0,39})(?:\.([0-9]{1,6}))?")


@offered
async def choose_week(interaction: Interaction, current: str) -> list[Choice[str]]:
    """The weeks of the plan that are not over."""
    circle = await circle_here(interaction)
    calendar = await interaction.client.services.themes.calendar(actor_of(interaction), circle.id)
    choices = [
        Choice(
            name=clipped(f"{short_day(week.week.start)}: {week.theme.title}", 100),
            value=week.week.start.isoformat(),
        )
        for week in calendar.weeks
        if not week.over
    ]
    return _holding(choices, current)


@offered
async def choose_theme(interaction: Interaction, current: str) -> list[Choice[str]]:
    """What the library has, the changed ones marked."""
    library = await _library(interaction)
    return _holding([Choice(name=theme_name(one), value=str(one.ref)) for one in library.themes], current)


@offered
async def choose_challenge(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Those that a whole circle can be invited to."""
    challenges = (await _library(interaction)).challenges(MOST_INTENSE)
    return _holding([Choice(name=clipped(one.title, 100), value=one.id) for one in challenges], current)


@offered
async def choose_question(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Those for hard days first, then all others; `as planned` gives the date back."""
    library = await _library(interaction)
    choices = [Choice(name=say("as planned: no question of its own"), value=AS_PLANNED)]
    choices += [Choice(name=question_name(one), value=one.id) for one in library.hard_days]
    choices += [Choice(name=question_name(one), value=one.id) for one in library.check_ins]
    return _holding(choices, current)


def theme_name(theme: Theme) -> str:
    """Its title, and whether it is a changed one."""
    title = clipped(theme.title, 80)
    return say("{title} (changed)", title=title) if theme.week == 0 and theme.ref.version else title


def question_name(prompt: Prompt) -> str:
    """`hard day: Holiday table`."""
    hard = prompt.occasion == "hard_day"
    return clipped(say("hard day: {title}", title=prompt.title) if hard else prompt.title, 100)


def week_of(text: str) -> date:
    """The first day of the week that was picked. Raises NoSuchWeek."""
    try:
        return parse_date(text.partition(":")[0])
    except BadDate:
        raise NoSuchWeek from None


async def theme_of(interaction: Interaction, circle: Circle, text: str) -> ThemeRef:
    """The theme that was picked, or typed by its title. Raises NoSuchTheme."""
    library = await interaction.client.services.themes.library(actor_of(interaction), circle.id)
    for theme in library.themes:
        if text.casefold() in (str(theme.ref), theme_name(theme).casefold()):
            return theme.ref
    found = _REF.fullmatch(text.strip())
    if found is None:
        raise NoSuchTheme
    return ThemeRef(ThemeId(found[1]), int(found[2] or 0))


async def challenge_of(interaction: Interaction, circle: Circle, text: str) -> PromptId:
    """The challenge that was picked, or typed by its title. Raises NoSuchPrompt."""
    library = await interaction.client.services.themes.library(actor_of(interaction), circle.id)
    return _by_name(library.challenges(MOST_INTENSE), text)


async def question_of(interaction: Interaction, circle: Circle, text: str) -> PromptId | None:
    """The question that was picked, or typed by its title; None for `as planned`. Raises NoSuchPrompt."""
    if text == AS_PLANNED:
        return None
    library = await interaction.client.services.themes.library(actor_of(interaction), circle.id)
    return _by_name((*library.hard_days, *library.check_ins), text)


async def _library(interaction: Interaction) -> Library:
    circle = await circle_here(interaction)
    return await interaction.client.services.themes.library(actor_of(interaction), circle.id)


def _by_name(prompts: tuple[Prompt, ...], text: str) -> PromptId:
    for prompt in prompts:
        if text.casefold() in (prompt.id, prompt.title.casefold(), question_name(prompt).casefold()):
            return prompt.id
    raise NoSuchPrompt


def _holding(choices: list[Choice[str]], current: str) -> list[Choice[str]]:
    wanted = current.casefold()
    return [each for each in choices if wanted in each.name.casefold() or wanted == each.value]
