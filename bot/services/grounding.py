"""Anyone walks through an exercise in private, joined or not: asked first, at their own pace, out any time.

While it goes on, where somebody stands is kept sealed, found by nothing but a keyed hash of who they are.
Export: that one goes on. Forgetting: nothing is left of it at its end, whichever way it ends.
"""

import asyncio
import contextlib

from bot.clock import Clock
from bot.domain import grounding
from bot.domain.accounts import Actor
from bot.domain.grounding import Ended, Ending, Phase, Press, Run, ends_at
from bot.domain.ids import RunId
from bot.domain.languages import Language
from bot.domain.live_runs import LiveRun, Place, changed, spread
from bot.domain.own_exercises import OwnExercises, Rating, rated
from bot.domain.prompts import Content, Exercise
from bot.services._exercise_pacing import ExercisePacing
from bot.services.messenger import Messenger, RunShown
from bot.services.own_exercises import find_own
from storage import Storage
from storage.transaction import Transaction

ASKS = frozenset({Phase.CHOOSE, Phase.OFFER})  # where favourites are shown


class Grounding:
    """Exercises that go on now."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._pacing = ExercisePacing(storage, clock, content, messenger)
        self._loop: asyncio.Task[None] | None = None

    async def begin(
        self, actor: Actor, *, exercise: str | None = None, minutes: int | None = None
    ) -> RunShown:
        """A new run at its first question, in place of one that goes on.

        `exercise`, an id or a title as somebody types it, is offered then; where there is no such, all are.
        """
        found = self._named(exercise, actor.language) if exercise else None
        run = grounding.begun(self._clock.now(), found.id if found else None, minutes)
        return await self._begun(actor, run)

    async def begin_again(
        self, actor: Actor, kind: str | None = None, *, without: str | None = None
    ) -> RunShown:
        """Another one right after one has ended: at the choice, or at what a kind has besides `without`."""
        run = grounding.begun_again(self._content, self._clock.now(), kind, without)
        return await self._begun(actor, run)

    async def press(self, actor: Actor, id_: RunId, press: Press, place: Place) -> RunShown:
        """After a tap on the run's card, which stands at `place`. Raises NoSuchRun, for anyone else's too."""
        with self._pacing.tapped(id_):
            shown, live = await self._tapped(actor, id_, press, place)
            await self._pacing.give_way(id_)
        if live is not None:
            self._pacing.wake(live)
        return shown

    async def goes_on(self, actor: Actor) -> bool:
        """Whether a run of the actor's goes on."""
        async with self._storage.read() as tx:
            return await tx.exercise_runs.of(actor.account) is not None

    async def tick(self) -> None:
        """Brings what is due by now onto its screen, to its end; for when time is told to pass."""
        await self._pacing.tick()
        await self._pacing.drain()

    @property
    def in_hand(self) -> int:
        """How many steps are on their way to a screen."""
        return self._pacing.in_hand

    def start(self) -> None:
        """Paces by itself from now on; within a running event loop."""
        if self._loop is None:
            self._loop = asyncio.create_task(self._pacing.run(), name="exercise pacing")

    async def stop(self) -> None:
        """Takes nothing more; what is on its way arrives."""
        if self._loop is not None:
            self._loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
            self._loop = None
        await self._pacing.drain()

    def _named(self, given: str, language: Language) -> Exercise | None:
        """A title counts in English and in this language."""
        contents = (self._content, self._content.spoken(language))
        return next((one for each in contents if (one := grounding.named(each, given))), None)

    async def _begun(self, actor: Actor, run: Run) -> RunShown:
        async with self._storage.begin() as tx:
            live = await tx.exercise_runs.begin(actor.account, run, ends_at(run))
            shown = await self._shown(tx, actor, live)
            await tx.commit()
        return shown

    async def _tapped(
        self, actor: Actor, id_: RunId, press: Press, place: Place
    ) -> tuple[RunShown, LiveRun | None]:
        """What is shown then, and the run as it goes on; None: it has ended."""
        async with self._storage.begin() as tx:
            stands = await tx.exercise_runs.get(id_, actor.account)
            now = self._clock.now()  # at this tap's turn: what it begins is on the screen right after it
            after = grounding.pressed(stands.run, press, self._content, now, spread(id_))
            if isinstance(after, Ended):
                await tx.exercise_runs.end(id_)
                shown, live = await self._ended(tx, actor, id_, after), None
            else:
                live = changed(stands, after, place)
                await tx.exercise_runs.put(live)
                shown = await self._shown(tx, actor, live)
            await tx.commit()
        return shown, live

    async def _shown(self, tx: Transaction, actor: Actor, live: LiveRun) -> RunShown:
        own = await find_own(tx, actor.account) if live.run.phase in ASKS else None
        return RunShown(
            id=live.id,
            run=live.run,
            place=live.place,
            favourites=own.favourites if own else (),
            member=own is not None,
        )

    async def _ended(self, tx: Transaction, actor: Actor, id_: RunId, ended: Ended) -> RunShown:
        """With the numbers kept, where that is switched on; else they go with the run."""
        own = await find_own(tx, actor.account)
        kept = await self._keep(tx, own, ended) if own is not None else False
        favourites = own.favourites if own else ()
        return RunShown(id=id_, run=ended, favourites=favourites, member=own is not None, kept=kept)

    async def _keep(self, tx: Transaction, own: OwnExercises, ended: Ended) -> bool:
        if not own.keeps or ended.exercise is None or ended.before is None or ended.after is None:
            return False
        if ended.how is Ending.UNRATED:
            return False
        today = self._clock.now().date()
        await tx.own_exercises.put(rated(own, Rating(ended.exercise, ended.before, ended.after, today)))
        return True
