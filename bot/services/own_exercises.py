"""Members keep favourite exercises; and, only where they switched it on, the numbers before and after.

Export: `own_exercises` stands in the member's export. Forgetting: it goes with the member's key; switching
the numbers off deletes them at once, and each goes when the member's time for ratings is over (Retention).
"""

from dataclasses import dataclass, field

from bot.clock import Clock
from bot.domain.accounts import Account, Actor
from bot.domain.grounding import exercise_of
from bot.domain.grounding_errors import MembersOnly, NoSuchExercise
from bot.domain.own_exercises import Helped, helped, keeping, liked, unliked
from bot.domain.own_exercises import OwnExercises as Own
from bot.domain.prompts import Content
from storage import Storage
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class OwnShown:
    """A member's own, with what the numbers say; `helped` is empty where none are kept."""

    own: Own
    helped: tuple[Helped, ...] = field(default=(), repr=False)


class OwnExercises:
    """Everyone their own; nobody else sees them."""

    def __init__(self, storage: Storage, clock: Clock, content: Content) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content

    async def of(self, actor: Actor) -> OwnShown:
        """Raises MembersOnly."""
        async with self._storage.read() as tx:
            own = _must(await find_own(tx, actor.account))
        return OwnShown(own, tuple(helped(own)))

    async def favourites(self, actor: Actor) -> tuple[str, ...]:
        """Ids, the newest first; none for who has not joined."""
        async with self._storage.read() as tx:
            own = await find_own(tx, actor.account)
        return own.favourites if own else ()

    async def like(self, actor: Actor, exercise: str, *, on: bool = True) -> OwnShown:
        """Saves a favourite, or takes it out. Raises MembersOnly, NoSuchExercise."""
        if exercise_of(self._content, exercise) is None:
            raise NoSuchExercise
        async with self._storage.begin() as tx:
            own = _must(await find_own(tx, actor.account))
            changed = liked(own, exercise) if on else unliked(own, exercise)
            await tx.own_exercises.put(changed)
            await tx.commit()
        return OwnShown(changed, tuple(helped(changed)))

    async def keep_ratings(self, actor: Actor, *, on: bool) -> OwnShown:
        """Keeps the numbers from now on, or no more; then those that were kept go. Raises MembersOnly."""
        async with self._storage.begin() as tx:
            changed = keeping(_must(await find_own(tx, actor.account)), on=on)
            await tx.own_exercises.put(changed)
            await tx.commit()
        return OwnShown(changed, tuple(helped(changed)))


async def find_own(tx: Reading, account: Account) -> Own | None:
    """What this person keeps, in whichever of their circles they began to; None for who has not joined."""
    first: Own | None = None
    for member in await tx.members.of(account):
        if member.active:
            own = await tx.own_exercises.of(member.id)
            if own != Own(member=member.id):
                return own
            first = first or own
    return first


def _must(own: Own | None) -> Own:
    if own is None:
        raise MembersOnly
    return own
