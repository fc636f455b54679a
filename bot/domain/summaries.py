"""A circle's weeks in bands that point at nobody. The rule and its reasons: docs/privacy-of-summaries.md."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.check_ins import Answer, Energy, Reactivity, Weather
from bot.domain.plans import first_start

FLOOR = 5  # people who answered in a week, so that anything of it is shown; no setting lowers it
HIDDEN = 2  # people who can be among "few", or missing among "most", without showing
SETTLED = timedelta(days=2)  # after a week's end, for late answers and second thoughts
WEEK = timedelta(days=7)
MOST_WEEKS, USUAL_WEEKS = 26, 8
STEP = 5  # people in a band of those who answered: 5 to 9, 10 to 14 ...


class Band(StrEnum):
    """How many of a week's people said something, in three bands; the outer ones hold three counts."""

    FEW = "few"  # up to HIDDEN, nobody too
    SEVERAL = "several"
    MOST = "most"  # all but HIDDEN, or all


Counts = Mapping[str, Band]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """One week as everyone may see it. `people` is the lower end of its band; None under the floor."""

    first: date
    people: int | None
    weather: Counts
    energy: Counts
    reactivity: Counts

    @property
    def last(self) -> date:
        """Its seventh day."""
        return self.first + WEEK - timedelta(days=1)


def figures(first: date, answers: Mapping[int, Sequence[Answer]]) -> WeekFigures:
    """The bands of a week, from each person's answers in it; who says a thing twice counts once."""
    said = {who: given for who, given in answers.items() if any(_said(one) for one in given)}
    if len(said) < FLOOR:
        return WeekFigures(first=first, people=None, weather={}, energy={}, reactivity={})
    people = len(said)

    def bands(kinds: Iterable[StrEnum], of: str) -> Counts:
        counts = {kind: sum(_names(given, of, kind) for given in said.values()) for kind in kinds}
        return {kind.value: _band(count, people) for kind, count in counts.items()}

    return WeekFigures(
        first=first,
        people=people - people % STEP,
        weather=bands(Weather, "weather"),
        energy=bands(Energy, "energy"),
        reactivity=bands(Reactivity, "reactivity"),
    )


def settled_weeks(newest: date | None, made: date, today: date, week_starts: int) -> Iterator[date]:
    """The first days of the weeks to be written now, oldest first; no day is ever in two of them."""
    start = first_start(made if newest is None else newest + WEEK, week_starts)
    while start + WEEK + SETTLED <= today:
        yield start
        start += WEEK


def as_data(week: WeekFigures) -> dict[str, Any]:
    """What is kept of a week: bands alone."""
    if week.people is None:
        return {}
    return {
        "people": week.people,
        "weather": dict(week.weather),
        "energy": dict(week.energy),
        "reactivity": dict(week.reactivity),
    }


def from_data(first: date, held: Mapping[str, Any]) -> WeekFigures:
    """The other way."""
    return WeekFigures(
        first=first,
        people=held.get("people"),
        weather=_bands(held.get("weather", {})),
        energy=_bands(held.get("energy", {})),
        reactivity=_bands(held.get("reactivity", {})),
    )


def _said(answer: Answer) -> bool:
    return bool(answer.weather or answer.energy or answer.reactivity)


def _names(given: Sequence[Answer], of: str, kind: StrEnum) -> bool:
    return any(kind in answer.weather if of == "weather" else getattr(answer, of) is kind for answer in given)


def _band(count: int, people: int) -> Band:
    if count <= HIDDEN:
        return Band.FEW
    return Band.MOST if count >= people - HIDDEN else Band.SEVERAL


def _bands(held: Mapping[str, str]) -> Counts:
    return {kind: Band(band) for kind, band in held.items()}
