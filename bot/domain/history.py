"""A member's own weather over some weeks: their entries folded into days, with rests and themes between."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.check_ins import CheckIn, Energy, Reactivity, Weather

MOST_WEEKS = 26
USUAL_WEEKS = 4
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one day held; a day without any answer is a rest."""

    date: date
    weather: tuple[Weather, ...] = field(default=(), repr=False)
    energy: Energy | None = field(default=None, repr=False)
    reactivity: Reactivity | None = field(default=None, repr=False)

    @property
    def rest(self) -> bool:
        """Whether nothing was answered that can be drawn."""
        return not (self.weather or self.energy or self.reactivity)


@dataclass(frozen=True, slots=True)
class Span:
    """A theme and the days that it held, both inclusive."""

    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class History:
    """Days in order, none left out; themes in order."""

    days: tuple[Day, ...] = field(repr=False)
    themes: tuple[Span, ...]

    @property
    def answered(self) -> list[Day]:
        """The days that are no rests."""
        return [day for day in self.days if not day.rest]

    def theme_of(self, day: date) -> str | None:
        """The theme that held a day."""
        return next((one.title for one in self.themes if one.first <= day <= one.last), None)


def first_day(today: date, weeks: int, since: date) -> date:
    """The first day of `weeks` weeks that end today, and none before `since`: that was no rest of theirs.

    Weeks are brought into 1 to MOST_WEEKS.
    """
    return max(today - min(max(weeks, 1), MOST_WEEKS) * 7 * DAY + DAY, since)


def folded(check_ins: Sequence[CheckIn], themes: Sequence[Span], first: date, today: date) -> History:
    """The entries of these days. Of several on a day the weathers are joined, and the latest level counts."""
    by_day: dict[date, list[CheckIn]] = {}
    for check_in in sorted(check_ins, key=lambda one: one.answered_at):
        by_day.setdefault(check_in.date, []).append(check_in)
    count = (today - first).days + 1
    days = (_day(first + number * DAY, by_day) for number in range(count))
    return History(tuple(days), tuple(one for one in themes if one.last >= first and one.first <= today))


def _day(day: date, by_day: dict[date, list[CheckIn]]) -> Day:
    answers = [one.answer for one in by_day.get(day, ())]
    weather = dict.fromkeys(kind for answer in answers for kind in answer.weather)
    return Day(
        date=day,
        weather=tuple(weather),
        energy=next((one.energy for one in reversed(answers) if one.energy), None),
        reactivity=next((one.reactivity for one in reversed(answers) if one.reactivity), None),
    )
