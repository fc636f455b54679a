"""What a circle posts and when, and why not: one value decides the post and its preview, so both agree."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import merge
from itertools import takewhile

from bot.domain.choice import Day, Used, next_prompt
from bot.domain.circles import Circle, Holidays
from bot.domain.ids import PromptId
from bot.domain.library import Library
from bot.domain.occurrences import Reason, State, Verdict, verdict
from bot.domain.plans import Plan
from bot.domain.prompts import Prompt
from bot.domain.schedules import Due, Kind, Schedule, coming
from bot.domain.themes import numbered

BY_THE_WEEK = (Kind.THEME, Kind.REFLECTION)  # what nothing but a plan has texts for


@dataclass(frozen=True, slots=True)
class Decision:
    """What a due post becomes: its text, or the reason why there is none."""

    verdict: Verdict
    prompt: Prompt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A post to come, if nothing is changed."""

    schedule: Schedule
    due: Due
    prompt: Prompt | None
    reason: Reason | None = None  # why nothing comes; None where it does


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that decides what a circle posts, as of one moment."""

    circle: Circle
    library: Library
    plan: Plan = field(default_factory=Plan)
    days: Mapping[date, PromptId] = field(default_factory=dict)  # chosen for single dates
    holidays: Mapping[date, str] = field(default_factory=dict)  # empty where the circle wants none
    used: Mapping[Kind, Sequence[Used]] = field(default_factory=dict)  # oldest first

    def day(self, day: date) -> Day:
        """What the date holds."""
        week = self.plan.at(day)
        running = week is not None and not week.skipped
        gentle = self.circle.settings.holidays is Holidays.GENTLE and day in self.holidays
        return Day(
            date=day,
            week=week if running else None,
            theme=self.library.theme(week.theme) if running and week is not None else None,
            chosen=self.library.prompt(self.days[day]) if day in self.days else None,
            festive=gentle,
        )

    def text(self, kind: Kind, day: date, more: Sequence[Used] = ()) -> Prompt | None:
        """The kind's next text on a date; `more` are used besides those that were."""
        prompt = next_prompt(kind, self.library, self.day(day), [*self.used.get(kind, ()), *more])
        return None if prompt is None else numbered(prompt, self.plan.number_of(day))

    def decide(
        self,
        schedule: Schedule,
        due: Due,
        now: datetime,
        skips: Collection[date],
        more: Sequence[Used] = (),
    ) -> Decision:
        """What becomes of a due post at `now`."""
        found = verdict(self.circle, schedule, due, now, skips)
        if not found.send:
            return Decision(found)
        if self.circle.settings.holidays is Holidays.REST and due.date in self.holidays:
            return Decision(Verdict(State.HELD, Reason.HOLIDAY))
        prompt = self.text(schedule.kind, due.date, more)
        if prompt is None:
            return Decision(self._nothing(schedule.kind, due.date))
        return Decision(found, prompt)

    def foreseen(
        self, schedules: Iterable[tuple[Schedule, Collection[date]]], until: datetime
    ) -> list[Foreseen]:
        """Every post due by `until`, in the order in which they come, each using up its text."""
        more: dict[Kind, list[Used]] = {kind: [] for kind in Kind}
        found = []
        lanes = [_lane(schedule, skips, self.circle, until) for schedule, skips in schedules]
        for _, _, schedule, due, skips in merge(*lanes, key=lambda each: (each[0], each[1])):
            decision = self.decide(schedule, due, due.at, skips, more[schedule.kind])
            prompt = decision.prompt
            found.append(Foreseen(schedule=schedule, due=due, prompt=prompt, reason=decision.verdict.reason))
            if prompt is not None:
                more[schedule.kind].append(Used(prompt.id, due.date))
        return found

    def _nothing(self, kind: Kind, day: date) -> Verdict:
        """By choice where the plan has (or still brings) weeks around the date; else nobody planned on."""
        if kind in BY_THE_WEEK and (self.plan.at(day) is not None or self.plan.after(day)):
            return Verdict(State.HELD, Reason.NO_THEME)
        return Verdict(State.MISSED, Reason.NOTHING_PLANNED)


def _lane(
    schedule: Schedule, skips: Collection[date], circle: Circle, until: datetime
) -> Iterator[tuple[datetime, int, Schedule, Due, Collection[date]]]:
    """A schedule's posts from its next one on, the skipped ones too."""
    for due in takewhile(lambda due: due.at <= until, coming(schedule, circle.settings.zone)):
        yield due.at, int(schedule.id), schedule, due, skips
