"""Looking back: a member's own growth, told from their own entries; what lacks is no part of the story.

It is the "coherent life narrative" of the article (content/seed-trace.md): weeks, returns, repairs, words
that the member marked as worth keeping, what they are growing toward, and plans for hard days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.commitments import KEEPS, Commitment, Log, Mark
from bot.domain.errors import Empty, TooLong
from bot.domain.ids import MemberId
from bot.domain.practice_errors import NoRoom
from bot.domain.streaks import return_days

YEAR = timedelta(days=365)
MAX_GOAL, MAX_PLAN, MAX_NAME = 1000, 600, 80  # characters
MOST_KEPT, MOST_HARD = 50, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HardDay:
    """A day that comes back each year, and what its member wants to do then."""

    name: str = field(repr=False)
    month: int
    day: int
    plan: str = field(default="", repr=False)

    def falls_on(self, on: date) -> bool:
        """The 29th of February is the 28th in other years."""
        leap = (self.month, self.day) == (2, 29) and not _is_leap(on.year)
        return (on.month, on.day) == ((2, 28) if leap else (self.month, self.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepsake:
    """Words of the member's own that are worth keeping to them."""

    words: str = field(repr=False)
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStory:
    """What a member keeps to look back on."""

    member: MemberId
    goal: str = field(default="", repr=False)  # what they are growing toward
    hard_days: tuple[HardDay, ...] = field(default=(), repr=False)
    kept: tuple[Keepsake, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What a member's own entries say of a span of days, both ends among them; only what is there."""

    first: date
    last: date
    weeks: int  # in which anything of theirs was noted
    kept: int  # steps kept, of all commitments
    acts: tuple[str, ...] = field(repr=False)  # what was kept, in their words
    returns: tuple[date, ...]
    repairs: int
    practised: int  # boundary practices tried


def aimed(story: OwnStory, goal: str) -> OwnStory:
    """With what they are growing toward; empty takes it out. Raises TooLong."""
    return replace(story, goal=_fitting(goal, MAX_GOAL))


def planned(story: OwnStory, name: str, on: date, plan: str) -> OwnStory:
    """With a plan for a hard day, over the one of the same date. Raises Empty, TooLong, NoRoom."""
    name = _fitting(name, MAX_NAME)
    if not name:
        raise Empty
    new = HardDay(name=name, month=on.month, day=on.day, plan=_fitting(plan, MAX_PLAN))
    others = [each for each in story.hard_days if (each.month, each.day) != (new.month, new.day)]
    if len(others) >= MOST_HARD:
        raise NoRoom(MOST_HARD)
    return replace(story, hard_days=tuple(sorted([*others, new], key=lambda each: (each.month, each.day))))


def marked(story: OwnStory, words: str, on: date) -> OwnStory:
    """With these words kept, once. Raises NoRoom."""
    new = Keepsake(words=words, on=on)
    if new in story.kept:
        return story
    if len(story.kept) >= MOST_KEPT:
        raise NoRoom(MOST_KEPT)
    return replace(story, kept=tuple(sorted([*story.kept, new], key=lambda each: each.on)))


def without(story: OwnStory, *, kept: int | None = None, hard_day: int | None = None) -> OwnStory:
    """Without the words or the day of this place; as it is where there is none."""
    return replace(
        story,
        kept=tuple(each for n, each in enumerate(story.kept) if n != kept),
        hard_days=tuple(each for n, each in enumerate(story.hard_days) if n != hard_day),
    )


def is_hard(story: OwnStory, day: date) -> HardDay | None:
    """The hard day that this one is."""
    return next((each for each in story.hard_days if each.falls_on(day)), None)


def year(
    commitments: Iterable[tuple[Commitment, Log]],
    noted: Iterable[date],
    practised: Iterable[date],
    first: date,
    last: date,
) -> Year:
    """The story's facts. `noted` are the days of check-ins, `practised` those of attempts."""
    tried = [day for day in practised if first <= day <= last]
    days = {day for day in noted if first <= day <= last} | set(tried)
    kept, repairs, acts, returns = 0, 0, [], []
    for commitment, log in commitments:
        within = {day: mark for day, mark in log.items() if first <= day <= last}
        days |= within.keys()
        count = sum(mark in KEEPS for mark in within.values())
        kept += count
        repairs += sum(mark is Mark.REPAIRED for mark in within.values())
        if count:
            acts.append(commitment.words.text)
        returns += [day for day in return_days(commitment, log, last) if first <= day <= last]
    weeks = len({day - timedelta(days=day.weekday()) for day in days})
    return Year(
        first=first,
        last=last,
        weeks=weeks,
        kept=kept,
        acts=tuple(acts),
        returns=tuple(sorted(returns)),
        repairs=repairs,
        practised=len(tried),
    )


def _fitting(text: str, most: int) -> str:
    said = text.strip()
    if len(said) > most:
        raise TooLong(said, most)
    return said


def _is_leap(year_: int) -> bool:
    return year_ % 4 == 0 and (year_ % 100 != 0 or year_ % 400 == 0)
