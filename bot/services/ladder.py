"""Members practise boundaries on a ladder, one rung at a time; what they tried is theirs alone.

Reading and walking through a challenge needs only a membership; an attempt is kept only with Scope.STREAKS.
The answer to the safety question never reaches a service. Where practice with others rests for a member, what
involves another person is not offered. Export: `mine`. Forgetting: `delete`, and with the
member's key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.domain.accounts import Actor
from bot.domain.areas import Domain
from bot.domain.circles import Circle
from bot.domain.ids import AttemptId, CircleId, OccurrenceId, PromptId
from bot.domain.ladder import Attempt, Ending, another, asks_safety, ceiling, ended, fitting, learned, smaller
from bot.domain.members import Scope, consented
from bot.domain.practice_errors import NoSuchAttempt, NoSuchChallenge, PracticeRests, TooHigh
from bot.domain.prompts import Content, Prompt
from bot.domain.schedules import Kind
from bot.services._outlook import prompt_of
from bot.services.access import consenting, membership
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a member stands: what fits their circle, and how high each area is open."""

    circle: Circle
    fits: tuple[Prompt, ...] = field(repr=False)
    open_to: dict[Domain | None, int] = field(repr=False)
    keeps: bool  # said yes to attempts being kept
    rests: bool = field(default=False, repr=False)  # what involves another person is not offered now


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An attempt with its challenge; None where this version no longer has it."""

    circle: Circle
    attempt: Attempt
    challenge: Prompt | None


MOST = 1000  # characters of a sentence that is kept


class Ladder:
    """Everyone climbs their own."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def standing(self, actor: Actor, circle_id: CircleId) -> Standing:
        """Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            return await self._standing(tx, actor, circle_id)

    async def posted(self, actor: Actor, occurrence: OccurrenceId) -> tuple[Standing, Prompt]:
        """The challenge of a post, for a member of its circle. Raises NotAMember, NoSuchChallenge."""
        async with self._storage.read() as tx:
            found = await tx.occurrences.get(occurrence)
            standing = await self._standing(tx, actor, found.circle)
            prompt = await prompt_of(tx, self._content, found)
        if prompt is None or prompt.kind is not Kind.BOUNDARY:
            raise NoSuchChallenge
        _check_rest(standing, prompt)
        return standing, prompt

    async def today(self, actor: Actor, circle_id: CircleId) -> tuple[Standing, Prompt | None]:
        """The circle's newest challenge; None where none was posted yet. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            standing = await self._standing(tx, actor, circle_id)
            latest = await tx.occurrences.latest(circle_id, Kind.BOUNDARY)
            prompt = None if latest is None else await prompt_of(tx, self._content, latest)
        if prompt is not None:
            _check_rest(standing, prompt)
        return standing, prompt

    async def challenge(self, actor: Actor, circle_id: CircleId, id_: PromptId) -> tuple[Standing, Prompt]:
        """One of the ladder. Raises NotAMember, NoCircle, NoSuchChallenge."""
        standing = await self.standing(actor, circle_id)
        found = next((one for one in standing.fits if one.id == id_), None)
        if found is None:
            for one in self._content.challenges:
                if one.id == id_:
                    _check_rest(standing, one)
            raise NoSuchChallenge
        return standing, found

    async def another(
        self, actor: Actor, circle_id: CircleId, id_: PromptId, turn: int
    ) -> tuple[Standing, Prompt]:
        """Another one of the same rung or below that is open. Raises as `challenge`."""
        standing, found = await self.challenge(actor, circle_id, id_)
        other = another(found, standing.fits, standing.open_to.get(found.domain, 1), turn)
        if other is None:
            raise NoSuchChallenge
        return standing, other

    async def smaller(self, actor: Actor, circle_id: CircleId, id_: PromptId) -> Prompt | None:
        """One a rung below; None on the lowest. Raises as `challenge`."""
        standing, found = await self.challenge(actor, circle_id, id_)
        return smaller(found, standing.fits)

    async def begin(self, actor: Actor, circle_id: CircleId, id_: PromptId) -> Tried:
        """Takes one up; who has it live already goes on with that. Raises as `challenge`, and ConsentNeeded.

        TooHigh for rung 3 where it is not open in its area; the circle's own challenge, of rung 1 or 2, is
        open to everyone.
        """
        standing, found = await self.challenge(actor, circle_id, id_)
        at = standing.open_to.get(found.domain, 1)
        async with self._storage.begin() as tx:
            member = await consenting(tx, actor, circle_id, Scope.STREAKS)
            if found.intensity > at and not await self._is_of_circle(tx, circle_id, id_):
                raise TooHigh(at)
            for attempt in await tx.attempts.of(member.id):
                if attempt.live and attempt.challenge == id_:
                    return Tried(circle=standing.circle, attempt=attempt, challenge=found)
            fresh = Attempt(id=AttemptId(0), member=member.id, challenge=id_, begun_at=self._clock.now())
            made = await tx.attempts.add(fresh)
            await tx.commit()
        return Tried(circle=standing.circle, attempt=made, challenge=found)

    async def get(self, actor: Actor, id_: AttemptId) -> Tried:
        """One of the actor's. Raises NoSuchAttempt, also for anyone else's."""
        async with self._storage.read() as tx:
            return await self._tried(tx, await _own(tx, actor, id_))

    async def mine(self, actor: Actor, circle_id: CircleId) -> list[Tried]:
        """All of the actor's here, the newest first. Raises NotAMember, NoCircle."""
        async with self._storage.read() as tx:
            member = await membership(tx, actor, circle_id)
            found = await tx.attempts.of(member.id)
            return [await self._tried(tx, attempt) for attempt in reversed(found)]

    async def end(self, actor: Actor, id_: AttemptId, ending: Ending) -> Tried:
        """Ends it. Raises NoSuchAttempt, ConsentNeeded."""
        return await self._change(actor, id_, lambda it: ended(it, ending, self._clock.now()))

    async def note(
        self, actor: Actor, id_: AttemptId, text: str, *, before: int | None, after: int | None
    ) -> Tried:
        """What was learned, and 0 to 10 before and after where wanted. Raises as `end`, and TooLong."""
        return await self._change(
            actor, id_, lambda it: replace(learned(it, text), before=before, after=after)
        )

    async def keep_words(self, actor: Actor, id_: AttemptId, words: str) -> Tried:
        """Keeps the sentence that was built. Raises as `end`."""
        return await self._change(actor, id_, lambda it: replace(it, words=words[:MOST]))

    async def delete(self, actor: Actor, id_: AttemptId) -> None:
        """Raises NoSuchAttempt."""
        async with self._storage.begin() as tx:
            await tx.attempts.delete((await _own(tx, actor, id_)).id)
            await tx.commit()

    async def _change(self, actor: Actor, id_: AttemptId, change: Callable[[Attempt], Attempt]) -> Tried:
        async with self._storage.begin() as tx:
            tried = await self._tried(tx, await _own(tx, actor, id_))
            await consenting(tx, actor, tried.circle.id, Scope.STREAKS)
            changed = change(tried.attempt)
            await tx.attempts.put(changed)
            await tx.commit()
        return replace(tried, attempt=changed)

    async def _standing(self, tx: Reading, actor: Actor, circle_id: CircleId) -> Standing:
        member = await membership(tx, actor, circle_id)
        circle = await tx.circles.get(circle_id)
        tried = await tx.attempts.of(member.id)
        rests = (await tx.followings.of(member.id)).practice_rests
        fits = fitting(self._content.challenges, circle.settings.made_for)
        fits = [one for one in fits if not (rests and asks_safety(one))]
        areas = {one.domain for one in fits}
        return Standing(
            circle=circle,
            fits=tuple(fits),
            open_to={area: ceiling(area, tried, self._content.challenges) for area in areas},
            keeps=consented(member, Scope.STREAKS),
            rests=rests,
        )

    async def _is_of_circle(self, tx: Reading, circle_id: CircleId, id_: PromptId) -> bool:
        latest = await tx.occurrences.latest(circle_id, Kind.BOUNDARY)
        return latest is not None and latest.prompt == id_

    async def _tried(self, tx: Reading, attempt: Attempt) -> Tried:
        member = await tx.members.get(attempt.member)
        if member is None:
            raise NoSuchAttempt
        challenge = self._content.prompts.get(attempt.challenge)
        return Tried(circle=await tx.circles.get(member.circle), attempt=attempt, challenge=challenge)


def _check_rest(standing: Standing, prompt: Prompt) -> None:
    if standing.rests and asks_safety(prompt):
        raise PracticeRests(int(standing.circle.id))


async def _own(tx: Reading, actor: Actor, id_: AttemptId) -> Attempt:
    it = await tx.attempts.get(id_)
    member = await tx.members.get(it.member)
    mine = None if member is None else await tx.members.find(member.circle, actor.account)
    if mine is None or mine.id != it.member or not mine.active:
        raise NoSuchAttempt
    return it
