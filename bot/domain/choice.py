"""Which text is posted next: the one chosen for the date, the running theme's, or one not used lately."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.ids import PromptId
from bot.domain.library import Library
from bot.domain.plans import Week
from bot.domain.prompts import Prompt, Theme
from bot.domain.schedules import Kind

SATURDAY = 6  # ISO weekday
EVERYDAY_RUNG = 1  # of a challenge that no theme names


@dataclass(frozen=True, slots=True)
class Used:
    """A text that was posted, or is about to be, on a local date."""

    prompt: PromptId
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a local date holds for a circle. `theme` is None outside a plan and in a skipped week."""

    date: date
    week: Week | None = None
    theme: Theme | None = None
    chosen: Prompt | None = None  # for this very date, by a facilitator
    festive: bool = False  # a public holiday on which the check-in is a gentler one


def next_prompt(kind: Kind, library: Library, day: Day, used: Sequence[Used]) -> Prompt | None:
    """The text for the day, or None where nothing is planned. `used` are the kind's, oldest first.

    Each part of a theme is said once in its week, and its daily questions on their own day; a further
    check-in or challenge takes one of the others: in file order, none twice until all were used, then the
    one that was used longest ago.
    """
    for one in _planned(kind, library, day, used):
        if not _said(one, library, day, used):
            return one
    if kind is Kind.CHECK_IN:
        return _least_recent((one for one in library.check_ins if _suits(one, day.date)), used)
    if kind is Kind.BOUNDARY:
        return _least_recent(library.challenges(EVERYDAY_RUNG), used)
    return None


def _planned(kind: Kind, library: Library, day: Day, used: Sequence[Used]) -> Iterable[Prompt]:
    """What the date has for the kind, in the order in which it is said."""
    theme = day.theme
    if kind is Kind.CHECK_IN:
        gentle = _least_recent(library.holidays, used, before=day.date) if day.festive else None
        for one in (day.chosen, gentle):
            if one is not None:
                yield one
        if theme is not None and day.week is not None:
            yield theme.daily[day.week.number_of(day.date) - 1]
    elif theme is None:
        return
    elif kind is Kind.THEME:
        yield from (theme.opening, theme.practice)
    elif kind is Kind.REFLECTION:
        yield theme.closing
    elif (challenge := library.prompt(theme.challenge)) is not None:
        yield challenge


def _said(prompt: Prompt, library: Library, day: Day, used: Sequence[Used]) -> bool:
    """Whether it was posted already, in any version: on its day, or (a theme's other parts) in the week."""
    whole_week = day.week is not None and prompt.kind is not Kind.CHECK_IN
    for one in used:
        if one.date == day.date or (whole_week and day.week is not None and day.week.holds(one.date)):
            before = library.prompt(one.prompt)
            if before is not None and _same(prompt, before):
                return True
    return False


def _same(prompt: Prompt, before: Prompt) -> bool:
    if prompt.of is None or before.of is None:
        return prompt.id == before.id
    return (prompt.of.id, prompt.part) == (before.of.id, before.part)


def _suits(prompt: Prompt, day: date) -> bool:
    return prompt.occasion != "weekend" or day.isoweekday() >= SATURDAY


def _least_recent(
    prompts: Iterable[Prompt], used: Sequence[Used], before: date | None = None
) -> Prompt | None:
    """The one used longest ago, counting uses before a date alone where one is given."""
    counted = [one for one in used if before is None or one.date < before]
    last = {one.prompt: place for place, one in enumerate(counted)}
    return min(prompts, key=lambda one: last.get(one.id, -1), default=None)
