"""The circle's themes as people see them: the calendar, each week's posts beforehand, a theme left out.

Export: `left_out` holds what a member leaves out. Forgetting: it is sealed with their key and goes with them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, local_date
from bot.domain.errors import NotAMember
from bot.domain.ids import CircleId, OccurrenceId, ThemeId
from bot.domain.library import Library
from bot.domain.outlook import Foreseen
from bot.domain.plan_errors import NoPlan, NoSuchTheme, WeekBegun
from bot.domain.plans import Week, rethemed
from bot.domain.prompts import Content, Prompt, Readers, Theme, ThemeRef
from bot.domain.themes import Words, checked, made, words_of
from bot.services._audit import noted
from bot.services._outlook import library_of, outlook_of, prompt_of, standing
from bot.services.access import facilitated, facilitates, membership
from storage import Storage

MILD = 1  # intensity of what is offered in place of a theme that somebody leaves out
END = timedelta(days=2)  # from a date's midnight in UTC, so that it is over in every zone


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWeek:
    """One week as it stands in the calendar. `number` is 0 for a skipped one."""

    week: Week
    number: int
    theme: Theme
    begun: bool
    over: bool
    holidays: tuple[tuple[date, str], ...] = ()
    chosen: tuple[date, ...] = ()  # dates with a prompt of their own; for facilitators alone
    left_out: bool = False  # by the member who looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The weeks of a circle's plan, for somebody who is in it."""

    circle: Circle
    today: date
    weeks: tuple[CalendarWeek, ...]
    facilitates: bool
    member: bool  # and may leave themes out


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSeen:
    """A week before it is posted. `unposted` are parts of its theme that no schedule will post."""

    circle: Circle
    week: Week
    number: int
    theme: Theme
    notes: str  # for facilitators alone
    posts: tuple[Foreseen, ...]
    unposted: tuple[Prompt, ...]
    weeks: tuple[date, ...]  # the first days of all weeks that are not over


@dataclass(frozen=True, slots=True)
class Another:
    """Another question for one member, in place of a post's."""

    circle: Circle
    prompt: Prompt


class Themes:
    """Members see the calendar; everything before it is posted is for facilitators alone.

    What is read here is in the reader's language, but for the words that are edited.
    """

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def calendar(self, actor: Actor, circle_id: CircleId) -> Calendar:
        """Past, present and coming weeks. Raises NoCircle, NotAMember, NoPlan."""
        async with self._storage.read() as tx:
            circle = await tx.circles.get(circle_id)
            member = await tx.members.find(circle_id, actor.account)
            facilitator, joined = facilitates(actor, circle), member is not None and member.active
            if not (facilitator or joined):
                raise NotAMember(circle_id)
            plan = await tx.plans.of(circle_id)
            if not plan.weeks:
                raise NoPlan
            today = local_date(circle, self._clock.now())
            first, last = plan.weeks[0].start, plan.weeks[-1].last
            outlook = await outlook_of(tx, self._content, circle, first, last, language=actor.language)
            left_out = await tx.opt_outs.of(member.id) if member is not None else []
            days = tuple(outlook.days) if facilitator else ()
        weeks = [
            CalendarWeek(
                week=week,
                number=0 if week.skipped else plan.number_of(week.start),
                theme=theme,
                begun=week.begun(today),
                over=week.last < today,
                holidays=tuple((day, name) for day, name in outlook.holidays.items() if week.holds(day)),
                chosen=tuple(day for day in days if week.holds(day)),
                left_out=week.theme.id in left_out,
            )
            for week in plan.weeks
            if (theme := outlook.library.theme(week.theme)) is not None
        ]
        return Calendar(
            circle=circle, today=today, weeks=tuple(weeks), facilitates=facilitator, member=joined
        )

    async def week(self, actor: Actor, circle_id: CircleId, start: date | None = None) -> WeekSeen:
        """A week's posts as they will come: the named one, else the running or the next one.

        Raises NoCircle, NotFacilitator, NoPlan, NoSuchWeek; WeekBegun for a week that is over.
        """
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            today = local_date(circle, now)
            plan = await tx.plans.of(circle_id)
            open_ = [week for week in plan.weeks if week.last >= today]
            if not open_:
                raise NoPlan
            week = plan.starting(start) if start is not None else open_[0]
            if week.last < today:
                raise WeekBegun(week.start)
            outlook = await outlook_of(tx, self._content, circle, today, week.last, language=actor.language)
            end = datetime.combine(week.last, time.min, UTC) + END
            foreseen = outlook.foreseen(await standing(tx, circle), end)
            posts = [one for one in foreseen if week.holds(one.due.date)]
        theme = outlook.library.theme(week.theme)
        if theme is None:
            raise NoSuchTheme
        unposted = () if week.skipped or week.begun(today) else _unposted(outlook.library, theme, posts)
        return WeekSeen(
            circle=circle,
            week=week,
            number=0 if week.skipped else plan.number_of(week.start),
            theme=theme,
            notes=outlook.library.spoken(theme.notes),
            posts=tuple(posts),
            unposted=unposted,
            weeks=tuple(one.start for one in open_),
        )

    async def library(self, actor: Actor, circle_id: CircleId) -> Library:
        """Every text that the circle can post. Raises NoCircle, NotFacilitator."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            return await library_of(tx, self._content, circle, actor.language)

    async def words(self, actor: Actor, circle_id: CircleId, start: date) -> tuple[Week, Words]:
        """What a week's theme says, to be edited. Raises NotFacilitator, NoSuchWeek, NoSuchTheme."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            week = (await tx.plans.of(circle_id)).starting(start)
            return week, words_of(_theme(await library_of(tx, self._content, circle), week))

    async def edit(
        self, actor: Actor, circle_id: CircleId, start: date, change: Callable[[Words], Words]
    ) -> Theme:
        """Changes what one week says: its theme in a new version of the circle's own, on that week alone.

        Raises NoCircle, NotFacilitator, NoSuchWeek, WeekBegun (it is over), Empty, TooLong.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            library = await library_of(tx, self._content, circle)
            plan = await tx.plans.of(circle_id)
            week = plan.starting(start)
            before = words_of(_theme(library, week))
            words = checked(change(before))
            if words == before:
                return _theme(library, week)
            ref = next_version(library, week.theme.id)
            await tx.own_texts.add_theme(circle_id, ref, words, now)
            await tx.plans.put(circle_id, rethemed(plan, start, ref, local_date(circle, now)))
            await noted(tx, actor, circle_id, Deed.WEEK_CHANGED, now, f"{start}: {ref}")
            await tx.commit()
        return made(ref, words)

    async def leave_out(self, actor: Actor, circle_id: CircleId, themes: Collection[ThemeId]) -> list[Theme]:
        """A member leaves out these themes of the plan that are not over, and takes up its others.

        The themes that are left out now. Raises NotAMember. Others than the plan's are passed over.
        """
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            circle = await tx.circles.get(circle_id)
            library = await library_of(tx, self._content, circle, actor.language)
            today = local_date(circle, self._clock.now())
            weeks = [week for week in (await tx.plans.of(circle_id)).weeks if week.last >= today]
            open_ = {week.theme.id: library.theme(week.theme) for week in weeks}
            for id_ in open_:
                await (tx.opt_outs.add if id_ in themes else tx.opt_outs.remove)(member.id, id_)
            await tx.commit()
        return [theme for id_, theme in open_.items() if id_ in themes and theme is not None]

    async def left_out(self, actor: Actor) -> list[tuple[Circle, str]]:
        """All themes that the actor leaves out, in every circle, by title."""
        found = []
        async with self._storage.read() as tx:
            for member in await tx.members.of(actor.account):
                ids = await tx.opt_outs.of(member.id)
                circle = await tx.circles.get(member.circle)
                library = await library_of(tx, self._content, circle, actor.language)
                found += [
                    (circle, theme.title)
                    for theme in {one.ref.id: one for one in library.themes}.values()
                    if theme.ref.id in ids
                ]
        return found

    async def another(self, actor: Actor, occurrence_id: OccurrenceId, turn: int = 0) -> Another | None:
        """Another question in place of a post's, for a member who leaves its theme out; else None.

        Each `turn` gives the next one.
        """
        async with self._storage.read() as tx:
            occurrence = await tx.occurrences.get(occurrence_id)
            prompt = await prompt_of(tx, self._content, occurrence)
            member = await tx.members.find(occurrence.circle, actor.account)
            if prompt is None or prompt.of is None or member is None:
                return None
            if not await tx.opt_outs.has(member.id, prompt.of.id):
                return None
            circle = await tx.circles.get(occurrence.circle)
        mild = [
            one
            for one in self._content.check_ins
            if one.intensity == MILD and one.audience is Readers.ALL and one.occasion == "any"
        ]
        return Another(circle, mild[(int(occurrence_id) + turn) % len(mild)])


def next_version(library: Library, id_: ThemeId) -> ThemeRef:
    """The first version of a theme that is not taken."""
    return ThemeRef(id_, 1 + max((ref.version for ref in library.own if ref.id == id_), default=0))


def _theme(library: Library, week: Week) -> Theme:
    theme = library.theme(week.theme)
    if theme is None:
        raise NoSuchTheme
    return theme


def _unposted(library: Library, theme: Theme, posts: list[Foreseen]) -> tuple[Prompt, ...]:
    said = {one.prompt.id for one in posts if one.prompt is not None}
    challenge = library.prompt(theme.challenge)
    parts = (*theme.prompts, *([challenge] if challenge else []))
    return tuple(one for one in parts if one.id not in said)
