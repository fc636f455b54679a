"""Facilitators lay a circle's plan and change it: weeks swapped, skipped, repeated; prompts chosen for dates.

Export and forgetting: nothing here is about a member; who did what stands in the audit list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import Clock
from bot.domain import plans
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, local_date
from bot.domain.errors import BadDate, ScheduleExists
from bot.domain.ids import CircleId, PromptId
from bot.domain.library import Library
from bot.domain.plan_errors import NoPlan, NoSuchPrompt, NoSuchTheme
from bot.domain.plans import Change, Plan, Skip, changes
from bot.domain.prompts import Content, Prompt, Theme, ThemeRef
from bot.domain.schedules import Kind, Schedule, due_at, next_due, parse_date
from bot.services._audit import noted
from bot.services._outlook import library_of
from bot.services.access import facilitated
from storage import Storage
from storage.transaction import Transaction

TWELVE_WEEKS, OWN = "twelve-weeks", "own"  # the curricula that can be laid
BEFORE = timedelta(minutes=10)  # the theme's post comes so long before the day's check-in
AFTER = timedelta(minutes=10)  # and the challenge so long after it
MOMENT = timedelta(microseconds=1)
EVENING = time(18)  # the week's close, unless the check-in comes later still
DAYS_OF = {Kind.THEME: (0, 3), Kind.BOUNDARY: (1,), Kind.REFLECTION: (6,)}  # content/facilitators.md, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanged:
    """A plan before and after, with the library that names its themes in the actor's language."""

    circle: Circle
    before: Plan
    after: Plan
    library: Library
    added: tuple[Schedule, ...] = ()  # recurring posts that the plan needed and the circle lacked

    @property
    def changes(self) -> tuple[Change, ...]:
        """The weeks that differ."""
        return changes(self.before, self.after)


class Plans:
    """All of it is for the circle's facilitators: NoCircle and NotFacilitator are raised everywhere."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def lay(
        self, actor: Actor, circle_id: CircleId, start_text: str, curriculum: str | None = None
    ) -> PlanChanged:
        """Lays a curriculum week by week, and adds the recurring posts it needs where the circle has none.

        Raises BadDate, PlanInPast, PlanOverlaps, PlanTooLong, NoSuchTheme (an empty curriculum).
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            start = parse_date(start_text)
            library = await library_of(tx, self._content, circle, actor.language)
            refs = [theme.ref for theme in _curriculum(library, curriculum)]
            before = await tx.plans.of(circle_id)
            weekday, today = circle.settings.week_starts, local_date(circle, now)
            after = plans.laid(before, refs, start, weekday, today)
            await tx.plans.put(circle_id, after)
            first = plans.first_start(start, weekday)
            added = await _schedules_for(tx, circle, now, first)
            await noted(tx, actor, circle_id, Deed.PLAN_LAID, now, f"{len(refs)} weeks from {first}")
            await tx.commit()
        return PlanChanged(circle=circle, before=before, after=after, library=library, added=tuple(added))

    async def swap(self, actor: Actor, circle_id: CircleId, one: date, other: date) -> PlanChanged:
        """Exchanges the themes of two coming weeks. Raises NoSuchWeek, SameWeek, WeekBegun, SettlingWeek."""

        def change(plan: Plan, library: Library, today: date) -> Plan:
            return plans.swapped(plan, one, other, today, library.settling)

        return await self._change(actor, circle_id, change, Deed.WEEKS_SWAPPED, f"{one} and {other}")

    async def skip(self, actor: Actor, circle_id: CircleId, start: date, how: Skip) -> PlanChanged:
        """Skips a week. Raises NoSuchWeek, WeekBegun."""
        about = f"{start}, {how}"
        return await self._change(
            actor, circle_id, lambda plan, _, today: plans.skipped(plan, start, how, today),
            Deed.WEEK_SKIPPED, about,
        )  # fmt: skip

    async def restore(self, actor: Actor, circle_id: CircleId, start: date) -> PlanChanged:
        """Holds a skipped week after all. Raises NoSuchWeek, WeekBegun."""
        return await self._change(
            actor, circle_id, lambda plan, _, today: plans.restored(plan, start, today),
            Deed.WEEK_RESTORED, f"{start}",
        )  # fmt: skip

    async def repeat(self, actor: Actor, circle_id: CircleId, start: date) -> PlanChanged:
        """Holds a week's theme once more after it. Raises NoSuchWeek, WeekBegun, PlanTooLong."""
        return await self._change(
            actor, circle_id, lambda plan, _, today: plans.repeated(plan, start, today),
            Deed.WEEK_REPEATED, f"{start}",
        )  # fmt: skip

    async def retheme(self, actor: Actor, circle_id: CircleId, start: date, theme: ThemeRef) -> PlanChanged:
        """Puts another theme on a week that is not over. Raises NoSuchWeek, WeekBegun, NoSuchTheme."""

        def change(plan: Plan, library: Library, today: date) -> Plan:
            if library.theme(theme) is None:
                raise NoSuchTheme
            return plans.rethemed(plan, start, theme, today)

        return await self._change(actor, circle_id, change, Deed.WEEK_CHANGED, f"{start}: {theme}")

    async def clear(self, actor: Actor, circle_id: CircleId) -> PlanChanged:
        """Takes all weeks that have not begun off the plan."""
        return await self._change(
            actor, circle_id, lambda plan, _, today: plans.cleared(plan, today), Deed.PLAN_CLEARED, ""
        )

    async def choose(
        self, actor: Actor, circle_id: CircleId, date_text: str, prompt: PromptId | None
    ) -> tuple[date, Prompt | None]:
        """Sets what a date's check-in asks, such as a hard day's; None gives the date back to the plan.

        Raises BadDate (also for days gone by), NoSuchPrompt.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            day = parse_date(date_text)
            if day < local_date(circle, now):
                raise BadDate(date_text)
            library = await library_of(tx, self._content, circle, actor.language)
            chosen = None if prompt is None else _choosable(library, prompt)
            await tx.plans.choose(circle_id, day, prompt)
            await noted(tx, actor, circle_id, Deed.DAY_CHOSEN, now, f"{day}: {prompt or 'as planned'}")
            await tx.commit()
        return day, chosen

    async def _change(
        self,
        actor: Actor,
        circle_id: CircleId,
        change: Callable[[Plan, Library, date], Plan],
        deed: Deed,
        about: str,
    ) -> PlanChanged:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            library = await library_of(tx, self._content, circle, actor.language)
            before = await tx.plans.of(circle_id)
            if not before.weeks:
                raise NoPlan
            after = change(before, library, local_date(circle, now))
            if after != before:
                await tx.plans.put(circle_id, after)
                await noted(tx, actor, circle_id, deed, now, about)
                await tx.commit()
        return PlanChanged(circle=circle, before=before, after=after, library=library)


def _choosable(library: Library, id_: PromptId) -> Prompt:
    for prompt in (*library.hard_days, *library.check_ins):
        if prompt.id == id_:
            return prompt
    raise NoSuchPrompt


def _curriculum(library: Library, name: str | None) -> tuple[Theme, ...]:
    found = {TWELVE_WEEKS: library.content.themes, OWN: library.written_here}
    themes = found.get(name or TWELVE_WEEKS, ())
    if not themes:
        raise NoSuchTheme
    return themes


async def _schedules_for(tx: Transaction, circle: Circle, now: datetime, first: date) -> list[Schedule]:
    """Adds what the week's parts are posted by, from the plan's first day on.

    What the facilitators set up for a kind stays as it is.
    """
    settings = circle.settings
    since = max(now, due_at(first, time.min, settings.zone) - MOMENT)
    there = {schedule.kind for schedule in await tx.schedules.of_circle(circle.id)}
    added = []
    for kind, offsets in DAYS_OF.items():
        if kind in there:
            continue
        at = _time_of(kind, settings.prompt_time)
        if settings.quiet is not None and settings.quiet.hold(at):
            at = settings.prompt_time
        days = frozenset((settings.week_starts - 1 + offset) % 7 + 1 for offset in offsets)
        due = next_due(days, at, settings.zone, after=since)
        try:
            added.append(await tx.schedules.add(circle.id, kind, at, days, now, due))
        except ScheduleExists:
            continue  # made by somebody else this very moment
    return added


def _time_of(kind: Kind, prompt_time: time) -> time:
    if kind is Kind.THEME:
        return _moved(prompt_time, -BEFORE)
    later = _moved(prompt_time, AFTER)
    return max(EVENING, later) if kind is Kind.REFLECTION else later


def _moved(at: time, by: timedelta) -> time:
    """The time so much earlier or later, but on the same day."""
    moved = datetime.combine(date(2000, 1, 2), at) + by
    return moved.time() if moved.day == 2 else at
