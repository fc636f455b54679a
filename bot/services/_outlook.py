"""Reads all that decides what a circle posts, in the caller's own snapshot."""

from datetime import date

from bot.domain.circles import Circle, Holidays
from bot.domain.holidays import holidays_between
from bot.domain.languages import Language
from bot.domain.library import Library
from bot.domain.occurrences import Occurrence
from bot.domain.outlook import Outlook
from bot.domain.plan_errors import NoHolidays
from bot.domain.prompts import Content, Part, Prompt
from bot.domain.schedules import Kind, Schedule
from bot.domain.themes import numbered
from storage.transaction import Reading

Standing = list[tuple[Schedule, frozenset[date]]]


async def library_of(
    tx: Reading, content: Content, circle: Circle, language: Language | None = None
) -> Library:
    """Every text that the circle can post, in its own language or in a reader's."""
    return Library(
        content.spoken(language or circle.settings.language),
        own=await tx.own_texts.themes(circle.id),
        own_prompts=await tx.own_texts.prompts(circle.id),
        readers=circle.settings.made_for,
    )


async def prompt_of(tx: Reading, content: Content, occurrence: Occurrence) -> Prompt | None:
    """The text that a post took; None where this version and this circle have it no more."""
    if occurrence.prompt is None:
        return None
    circle = await tx.circles.get(occurrence.circle)
    prompt = content.spoken(circle.settings.language).prompts.get(occurrence.prompt)
    if prompt is None:
        prompt = (await library_of(tx, content, circle)).prompt(occurrence.prompt)
    if prompt is not None and prompt.part is Part.OPENING:
        plan = await tx.plans.of(occurrence.circle)
        return numbered(prompt, plan.number_of(occurrence.date))
    return prompt


async def outlook_of(
    tx: Reading,
    content: Content,
    circle: Circle,
    first: date,
    last: date,
    *kinds: Kind,
    language: Language | None = None,
) -> Outlook:
    """The circle's outlook on these local dates, for these kinds or all; `language` is a reader's own."""
    return Outlook(
        circle=circle,
        library=await library_of(tx, content, circle, language),
        plan=await tx.plans.of(circle.id),
        days=await tx.plans.days(circle.id),
        holidays=holidays_of(circle, first, last, language),
        used={kind: await tx.occurrences.used(circle.id, kind) for kind in kinds or Kind},
    )


def holidays_of(circle: Circle, first: date, last: date, language: Language | None = None) -> dict[date, str]:
    """The holidays that the circle wants to know of; none where it wants none, or none are known."""
    settings = circle.settings
    if settings.holidays is Holidays.OFF or settings.region is None:
        return {}
    try:
        return holidays_between(settings.region, first, last, language or settings.language)
    except NoHolidays:
        return {}


async def standing(tx: Reading, circle: Circle) -> Standing:
    """The circle's schedules, each with its skipped dates."""
    return [(each, await tx.schedules.skips(each.id)) for each in await tx.schedules.of_circle(circle.id)]
