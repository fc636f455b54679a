"""A plan leaves as a file and comes back as one: its faults are all said, its difference shown, then asked.

Export and forgetting: nothing here is about a member; an import that nobody decided on goes after a day.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.clock import Clock
from bot.content import plan_files as files
from bot.domain.accounts import Actor
from bot.domain.audit import Deed
from bot.domain.circles import Circle, local_date
from bot.domain.ids import CircleId, DraftId, PromptId, ThemeId
from bot.domain.library import MOST_INTENSE, Library
from bot.domain.limits import Costly
from bot.domain.plan_errors import PlanChanged
from bot.domain.plan_files import Known, OwnPrompt, PlanFile, as_prompt, own_of
from bot.domain.plans import Change, Plan, Week, changes
from bot.domain.prompts import Content, ThemeRef
from bot.domain.themes import Words, words_of
from bot.services._audit import noted
from bot.services._outlook import library_of
from bot.services.access import facilitated
from bot.services.limits import Limits
from storage import Storage
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an import would change; nothing of it is done yet. `library` names the themes of before."""

    draft: DraftId
    circle: Circle
    library: Library
    weeks: tuple[Change, ...]
    kept: tuple[Week, ...]  # weeks that have begun stay as they are, whatever the file says
    days: tuple[tuple[date, PromptId | None, PromptId | None], ...]  # date, before, after
    themes: tuple[tuple[ThemeRef, Words], ...]  # new, or new versions
    prompts: tuple[OwnPrompt, ...]
    week_starts: tuple[int, int] | None  # before and after

    @property
    def nothing(self) -> bool:
        """Whether all is there already."""
        return not (self.weeks or self.days or self.themes or self.prompts or self.week_starts)


class PlanFiles:
    """All of it is for the circle's facilitators: NoCircle and NotFacilitator are raised everywhere."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, limits: Limits) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._limits = limits

    async def export(self, actor: Actor, circle_id: CircleId) -> str:
        """The plan, what is chosen for dates, and all that is the circle's own, as YAML."""
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            self._limits.take(actor, Costly.IMPORT)
            return files.written(await self._present(tx, circle))

    async def expect(self, actor: Actor, circle_id: CircleId) -> None:
        """Whether a file may be brought now, before it is fetched. Raises TooOften."""
        async with self._storage.read() as tx:
            await facilitated(tx, actor, circle_id)
        self._limits.take(actor, Costly.IMPORT)

    async def draft(self, actor: Actor, circle_id: CircleId, data: bytes) -> Difference:
        """Reads a file and keeps it until it is said yes to. Raises BadPlanFile with every fault.

        It is read beside the loop, and outside of any transaction: the worst takes a quarter of a second.
        """
        now = self._clock.now()
        async with self._storage.read() as tx:
            circle = await facilitated(tx, actor, circle_id)
            library = await library_of(tx, self._content, circle, actor.language)
        given = await asyncio.to_thread(files.read, data, _known(library))
        async with self._storage.begin() as tx:
            circle = await facilitated(tx, actor, circle_id)
            present = await self._present(tx, circle)
            id_ = await tx.drafts.add(circle_id, data.decode("utf-8-sig"), _fingerprint(present), now)
            await tx.commit()
        return _compared(id_, circle, library, present, given, local_date(circle, now))

    async def apply(self, actor: Actor, draft: DraftId) -> Difference:
        """Does what was shown. Raises NoSuchDraft; PlanChanged where the plan is another one by now."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            kept = await tx.drafts.get(draft)
            circle = await facilitated(tx, actor, kept.circle)
            library = await library_of(tx, self._content, circle, actor.language)
            present = await self._present(tx, circle)
            if _fingerprint(present) != kept.seen:
                raise PlanChanged
            given = files.read(kept.text.encode(), _known(library))
            difference = _compared(draft, circle, library, present, given, local_date(circle, now))
            await _do(tx, difference, now)
            await tx.drafts.delete(draft)
            await noted(tx, actor, circle.id, Deed.PLAN_IMPORTED, now, f"{len(difference.weeks)} weeks")
            await tx.commit()
        return difference

    async def discard(self, actor: Actor, draft: DraftId) -> None:
        """Forgets an import. Raises NoSuchDraft."""
        async with self._storage.begin() as tx:
            kept = await tx.drafts.get(draft)
            await facilitated(tx, actor, kept.circle)
            await tx.drafts.delete(draft)
            await tx.commit()

    async def again(self, actor: Actor, draft: DraftId) -> Difference:
        """The same file compared anew, after somebody changed the plan meanwhile. Raises NoSuchDraft."""
        async with self._storage.read() as tx:
            kept = await tx.drafts.get(draft)
        return await self.draft(actor, kept.circle, kept.text.encode())

    async def _present(self, tx: Reading, circle: Circle) -> PlanFile:
        themes = await tx.own_texts.themes(circle.id)
        prompts = await tx.own_texts.prompts(circle.id)
        return PlanFile(
            week_starts=circle.settings.week_starts,
            weeks=(await tx.plans.of(circle.id)).weeks,
            themes={ref: words_of(theme) for ref, theme in themes.items()},
            prompts=tuple(own_of(prompt) for prompt in prompts.values()),
            days=await tx.plans.days(circle.id),
        )


async def _do(tx: Transaction, difference: Difference, at: datetime) -> None:
    circle = difference.circle
    for ref, words in difference.themes:
        await tx.own_texts.add_theme(circle.id, ref, words, at)
    for own in difference.prompts:
        await tx.own_texts.add_prompt(circle.id, as_prompt(own), at)
    weeks = {week.start: week for week in (await tx.plans.of(circle.id)).weeks}
    for change in difference.weeks:
        weeks.pop(change.start, None)
        if change.after is not None:
            weeks[change.start] = change.after
    await tx.plans.put(circle.id, Plan(tuple(weeks[start] for start in sorted(weeks))))
    for day, _, after in difference.days:
        await tx.plans.choose(circle.id, day, after)
    if difference.week_starts is not None:
        settings = replace(circle.settings, week_starts=difference.week_starts[1])
        await tx.circles.put(replace(circle, settings=settings))


def _known(library: Library) -> Known:
    return Known(
        themes=frozenset({theme.ref for theme in library.content.themes} | set(library.own)),
        challenges=frozenset(one.id for one in library.challenges(MOST_INTENSE)),
        prompts=frozenset(one.id for one in (*library.check_ins, *library.hard_days)),
    )


def _compared(
    draft: DraftId, circle: Circle, library: Library, present: PlanFile, given: PlanFile, today: date
) -> Difference:
    """Weeks that have begun are history: they stay, and weeks that would lie on them are left out."""
    refs, themes = _themes(library, given)
    ids, prompts = _prompts(present, given)
    begun = tuple(week for week in present.weeks if week.begun(today))
    coming = tuple(
        replace(week, theme=refs.get(week.theme, week.theme))
        for week in given.weeks
        if not week.begun(today) and not any(old.holds(week.start) or old.holds(week.last) for old in begun)
    )
    asked = {day: ids.get(prompt, prompt) for day, prompt in given.days.items() if day >= today}
    before = {day: prompt for day, prompt in present.days.items() if day >= today}
    return Difference(
        draft=draft,
        circle=circle,
        library=library,
        weeks=changes(Plan(present.weeks), Plan((*begun, *coming))),
        kept=begun,
        days=tuple(
            (day, before.get(day), asked.get(day))
            for day in sorted({*before, *asked})
            if before.get(day) != asked.get(day)
        ),
        themes=themes,
        prompts=prompts,
        week_starts=None
        if given.week_starts in (None, circle.settings.week_starts)
        else (circle.settings.week_starts, given.week_starts or circle.settings.week_starts),
    )


def _themes(
    library: Library, given: PlanFile
) -> tuple[dict[ThemeRef, ThemeRef], tuple[tuple[ThemeRef, Words], ...]]:
    """Under which version each of the file's themes stands here: that of the same words, or a new one."""
    here: dict[ThemeId, dict[ThemeRef, Words]] = {}
    for ref, theme in library.own.items():
        here.setdefault(ref.id, {})[ref] = words_of(theme)
    refs, new = {}, []
    for ref in sorted(given.themes, key=lambda ref: (ref.id, ref.version)):
        words, same = given.themes[ref], here.setdefault(ref.id, {})
        found = next((old for old, its in same.items() if its == words), None)
        if found is None:
            found = ThemeRef(ref.id, 1 + max((old.version for old in same), default=0))
            same[found] = words
            new.append((found, words))
        refs[ref] = found
    return refs, tuple(new)


def _prompts(present: PlanFile, given: PlanFile) -> tuple[Mapping[PromptId, PromptId], tuple[OwnPrompt, ...]]:
    """The same for its prompts."""
    here = list(present.prompts)
    ids, new = {}, []
    for own in sorted(given.prompts, key=lambda own: (own.id, own.version)):
        found = next((old for old in here if replace(old, version=own.version) == own), None)
        if found is None:
            version = 1 + max((old.version for old in here if old.id == own.id), default=0)
            found = replace(own, version=version)
            here.append(found)
            new.append(found)
        ids[as_prompt(own).id] = as_prompt(found).id
    return ids, tuple(new)


def _fingerprint(present: PlanFile) -> str:
    return hashlib.sha256(files.written(present).encode()).hexdigest()
