"""A member looks back on a year of their own, keeps words of theirs, and plans for hard days; theirs alone.

Kept only with Scope.STREAKS. What is kept here stays when the entry that it came from is over: it is a copy,
made at the member's press. Export: `of`, whole. Forgetting: each part on its own, and with the member's key.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.clock import Clock
from bot.domain import looking_back
from bot.domain.accounts import Actor
from bot.domain.circles import Circle, local_date
from bot.domain.ids import CircleId
from bot.domain.looking_back import YEAR, Keepsake, OwnStory, Year
from bot.domain.members import Member, Scope
from bot.services.access import consenting, membership
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedBack:
    """A year of a member's own, what they keep, and what of their words could be kept."""

    circle: Circle
    today: date
    year: Year
    story: OwnStory = field(repr=False)
    words: tuple[tuple[int, Keepsake], ...] = field(repr=False)  # not kept yet, the newest first: the n-th


class LookingBack:
    """Everyone their own."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def of(self, actor: Actor, circle_id: CircleId, year: int | None = None) -> LookedBack:
        """The last twelve months, or a calendar year. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            return await self._looked(tx, member, year)

    async def aim(self, actor: Actor, circle_id: CircleId, goal: str) -> LookedBack:
        """What the member is growing toward. Raises NotAMember, ConsentNeeded, TooLong."""
        return await self._change(actor, circle_id, lambda story: looking_back.aimed(story, goal))

    async def plan(self, actor: Actor, circle_id: CircleId, name: str, on: date, plan: str) -> LookedBack:
        """What the member wants to do on a hard day. Raises as `aim`, and Empty, NoRoom."""
        return await self._change(actor, circle_id, lambda one: looking_back.planned(one, name, on, plan))

    async def keep(self, actor: Actor, circle_id: CircleId, places: list[tuple[date, int]]) -> LookedBack:
        """Keeps words that were offered: the n-th of a day. Raises NotAMember, ConsentNeeded, NoRoom."""
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            story, offered = await tx.own_stories.of(member.id), await _words(tx, member)
            for on, place in places:
                for found, each in offered:
                    if (each.on, found) == (on, place):
                        story = looking_back.marked(story, each.words, on)
            await tx.own_stories.put(story)
            looked = await self._looked(tx, member, None)
            await tx.commit()
        return looked

    async def take_out(
        self, actor: Actor, circle_id: CircleId, *, kept: int | None = None, hard_day: int | None = None
    ) -> LookedBack:
        """Takes out the words or the day of this place; needs no consent. Raises NotAMember."""
        async with self._storage.begin() as tx:
            member = await membership(tx, actor, circle_id)
            story = await tx.own_stories.of(member.id)
            await tx.own_stories.put(looking_back.without(story, kept=kept, hard_day=hard_day))
            looked = await self._looked(tx, member, None)
            await tx.commit()
        return looked

    async def _change(
        self, actor: Actor, circle_id: CircleId, change: Callable[[OwnStory], OwnStory]
    ) -> LookedBack:
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            await tx.own_stories.put(change(await tx.own_stories.of(member.id)))
            looked = await self._looked(tx, member, None)
            await tx.commit()
        return looked

    async def _looked(self, tx: Reading, member: Member, year: int | None) -> LookedBack:
        circle = await tx.circles.get(member.circle)
        today = local_date(circle, self._clock.now())
        first, last = today - YEAR + timedelta(days=1), today
        if year is not None:
            first, last = date(year, 1, 1), min(date(year, 12, 31), today)
        zone = circle.settings.zone
        story = await tx.own_stories.of(member.id)
        return LookedBack(
            circle=circle,
            today=today,
            year=looking_back.year(
                [(each, await tx.commitments.log(each)) for each in await tx.commitments.of(member.id)],
                [each.date for each in await tx.check_ins.between(member.id, first, last)],
                [each.begun_at.astimezone(zone).date() for each in await tx.attempts.of(member.id)],
                first,
                last,
            ),
            story=story,
            words=tuple(one for one in await _words(tx, member) if one[1] not in story.kept),
        )


async def _words(tx: Reading, member: Member) -> list[tuple[int, Keepsake]]:
    """What the member wrote for themself and that is still there, the newest first; the n-th of its day."""
    zone = (await tx.circles.get(member.circle)).settings.zone
    notes = [
        Keepsake(words=each.answer.note, on=each.date)
        for each in await tx.check_ins.all_of(member.id)
        if each.answer.note
    ]
    learned = [
        Keepsake(words=each.learned, on=each.begun_at.astimezone(zone).date())
        for each in await tx.attempts.of(member.id)
        if each.learned
    ]
    places: Counter[date] = Counter()
    found = []
    for each in sorted([*notes, *learned], key=lambda one: one.on, reverse=True):
        found.append((places[each.on], each))
        places[each.on] += 1
    return found
