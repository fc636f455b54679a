"""Which text is posted next: the first theme in a circle's first week, then the others in file order."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.ids import PromptId
from bot.domain.prompts import Content, Prompt, Theme
from bot.domain.schedules import Kind

WEEK = 7  # days
MOST_INTENSE = 2  # for a text that everyone in the circle sees
SATURDAY = 6  # ISO weekday


def next_prompt(
    kind: Kind, content: Content, *, day: date, first_day: date, used: Sequence[PromptId]
) -> Prompt | None:
    """The text for `day`, a local date, or None where nothing is planned.

    `used` are the kind's posted ones, oldest first. In the seven days from `first_day` the first theme is on;
    what it has for the day is said once, so that a second post takes one of the others. Those come in file
    order, none twice until all were used, then the one that was used longest ago.
    """
    theme = _theme_of(content, day, first_day)
    planned = _planned(kind, content, theme, (day - first_day).days) if theme else None
    if planned is not None and planned.id not in used:
        return planned
    if kind is Kind.CHECK_IN:
        return _least_recent((one for one in content.check_ins if _suits(one, day)), used)
    if kind is Kind.BOUNDARY:
        return _least_recent(
            (one for one in content.challenges if one.intensity == 1 and _for_all(one)), used
        )
    return None


def _theme_of(content: Content, day: date, first_day: date) -> Theme | None:
    in_its_week = 0 <= (day - first_day).days < WEEK
    return content.themes[0] if in_its_week and content.themes else None


def _planned(kind: Kind, content: Content, theme: Theme, number: int) -> Prompt | None:
    match kind:
        case Kind.CHECK_IN:
            return theme.daily[number] if number < len(theme.daily) else None
        case Kind.THEME:
            return theme.opening
        case Kind.REFLECTION:
            return theme.closing
        case Kind.BOUNDARY:
            return next((one for one in content.challenges if one.id == theme.challenge), None)


def _for_all(prompt: Prompt) -> bool:
    return prompt.audience == "all"


def _suits(prompt: Prompt, day: date) -> bool:
    if not _for_all(prompt) or prompt.intensity > MOST_INTENSE or prompt.occasion == "hard_day":
        return False
    return prompt.occasion != "weekend" or day.isoweekday() >= SATURDAY


def _least_recent(prompts: Iterable[Prompt], used: Sequence[PromptId]) -> Prompt | None:
    last = {one: place for place, one in enumerate(used)}
    return min(prompts, key=lambda one: last.get(one.id, -1), default=None)
