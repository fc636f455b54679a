"""Brings each timed step onto its screen when it is due, from whichever process gets hold of it first.

The database holds when something is to be done; a loop sleeps until just before the first of it. What is due
is taken in one short transaction, under a lease, and sent at its own instant. A step that could not be shown
is tried again; a run that nobody tapped for long ends quietly. A restart, or another process, goes on there.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import structlog

from bot.clock import Clock
from bot.domain import live_runs
from bot.domain.errors import ChannelGone, DeliveryError, MessagesClosed, NotPermitted, Rejected
from bot.domain.grounding import Ended, Ending, moved_on, shown_late, waiting
from bot.domain.ids import RunId
from bot.domain.live_runs import LiveRun, again, changed, is_over, taken
from bot.domain.prompts import Content
from bot.services.messenger import Messenger, RunShown
from storage import Storage

AHEAD = timedelta(milliseconds=250)  # taken so long before it is due, so that it can leave on time
TOGETHER = timedelta(milliseconds=100)  # what is due within so long is taken in one transaction
AT_ONCE = 64  # in one transaction
PATIENCE = timedelta(seconds=4)  # for one change on a screen; within the lease
RETRY = timedelta(seconds=1)
LOOK = timedelta(seconds=5)  # at the latest it is looked for what other processes may have left
GIVES_WAY = timedelta(seconds=1.5)  # what a tap waits for a change that is under way; it has three seconds

log = structlog.get_logger(__name__)


class _Came(Enum):
    ON_SCREEN = auto()
    LATER = auto()  # try again
    HELD = auto()  # only another tap lets us change it
    GONE = auto()  # there is no card any more


@dataclass(slots=True)
class _Shown:
    """What came of one step, to be written down."""

    live: LiveRun
    came: _Came
    overtaken: bool
    settled: asyncio.Future[LiveRun | None]  # as it stands then; None: it has ended


class ExercisePacing:
    """One a process. `run` is its loop; `tick` does once what is due."""

    def __init__(self, storage: Storage, clock: Clock, content: Content, messenger: Messenger) -> None:
        self._storage = storage
        self._clock = clock
        self._content = content
        self._messenger = messenger
        self._in_hand: dict[RunId, asyncio.Task[None]] = {}
        self._arriving: set[RunId] = set()  # on the wire, or being written down
        self._tapped: Counter[RunId] = Counter()  # taps that are about to bring a newer card
        self._unsettled: list[_Shown] = []
        self._settling: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self._until: datetime | None = None  # what the loop sleeps for

    @property
    def in_hand(self) -> int:
        """How many steps are on their way to a screen."""
        return len(self._in_hand)

    async def run(self) -> None:
        """Until cancelled. A fault is logged, and the loop goes on."""
        while True:
            try:
                await self._sleep()
                await self.tick(AHEAD + TOGETHER)
            except Exception as error:  # noqa: BLE001 - one fault must not stop everybody's exercises
                log.error("pacing failed", error=type(error).__name__)  # noqa: TRY400 - may hold what is private
                await asyncio.sleep(RETRY.total_seconds())

    async def tick(self, ahead: timedelta = timedelta(0)) -> None:
        """Takes what is due within `ahead`; each step leaves at its own instant. Returns with all taken."""
        while await self._take(ahead) == AT_ONCE:
            pass

    async def drain(self) -> None:
        """Returns once nothing is on its way."""
        while self._in_hand:
            await asyncio.wait(self._in_hand.values())

    def wake(self, live: LiveRun) -> None:
        """Something may be due earlier than the loop knows."""
        if self._until is None or live.next_at < self._until:
            self._woken.set()

    @contextmanager
    def tapped(self, id_: RunId) -> Iterator[None]:
        """Around a tap: its card comes after whatever arrives meanwhile."""
        self._tapped[id_] += 1
        try:
            yield
        finally:
            self._tapped[id_] -= 1
            if not self._tapped[id_]:
                del self._tapped[id_]

    async def give_way(self, id_: RunId) -> None:
        """Before a tap's own card is shown: what is not sent yet stays unsent, what is under way arrives."""
        task = self._in_hand.get(id_)
        if task is None:
            return
        if id_ in self._arriving:
            await asyncio.wait({task}, timeout=GIVES_WAY.total_seconds())
        else:
            task.cancel()

    async def _sleep(self) -> None:
        self._woken.clear()
        self._until = None  # what comes up while we look is not known to be later
        async with self._storage.read() as tx:
            first = await tx.exercise_runs.next_at()
        now = self._clock.now()
        latest = now + LOOK
        self._until = min(first, latest) if first is not None else latest
        span = (self._until - AHEAD - now).total_seconds()
        if span > 0:
            try:
                async with asyncio.timeout(span):
                    await self._woken.wait()
            except TimeoutError:
                return

    async def _take(self, ahead: timedelta) -> int:
        until = self._clock.now() + ahead
        async with self._storage.read() as tx:
            first = await tx.exercise_runs.next_at()
        if first is None or first > until:
            return 0
        async with self._storage.begin() as tx:
            found = await tx.exercise_runs.due(until, AT_ONCE)
            now = self._clock.now()
            await tx.exercise_runs.end(*(live.id for live in found if is_over(live, now)))
            ours = [self._ours(live, now) for live in found if not is_over(live, now)]
            await tx.exercise_runs.put(*(live for live, _ in ours))
            await tx.commit()
        for live, at in ours:
            self._begin(live, at)
        return len(found)

    def _ours(self, live: LiveRun, now: datetime) -> tuple[LiveRun, datetime]:
        """What is to be shown, and when; what may not have been shown by another process comes first."""
        at = now if live.pending or live.run.due is None else max(now, live.run.due)
        run = live.run if live.pending else moved_on(live.run, self._content, at)
        return taken(live, run, at), at

    def _begin(self, live: LiveRun, at: datetime) -> None:
        task = asyncio.create_task(self._bring(live, at), name="exercise step")
        self._in_hand[live.id] = task
        task.add_done_callback(lambda done: self._ended(live.id, done))

    def _ended(self, id_: RunId, task: asyncio.Task[None]) -> None:
        if self._in_hand.get(id_) is task:
            del self._in_hand[id_]
        if not task.cancelled() and task.exception() is not None:
            log.error("a step failed", error=type(task.exception()).__name__)

    async def _bring(self, live: LiveRun, at: datetime) -> None:
        await asyncio.sleep(max(0.0, (at - self._clock.now()).total_seconds()))
        self._arriving.add(live.id)
        try:
            await self._settle(live, await self._shown(live))
        finally:
            self._arriving.discard(live.id)

    async def _shown(self, live: LiveRun) -> _Came:
        place, now = live.place, self._clock.now()
        if place is None or (place.channel is None and not live_runs.by_token(place, now)):
            return _Came.HELD
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._messenger.show_run(RunShown(id=live.id, run=live.run, place=place))
        except MessagesClosed:
            return _Came.HELD
        except (ChannelGone, NotPermitted, Rejected) as error:
            log.info("an exercise's card is gone", error=type(error).__name__)
            return _Came.GONE
        except (DeliveryError, TimeoutError) as error:
            log.info("a step waits", error=type(error).__name__)
            return _Came.LATER
        return _Came.ON_SCREEN

    async def _settle(self, live: LiveRun, came: _Came) -> None:
        """Writes down what stands on the screen, together with all else that came meanwhile."""
        shown = _Shown(live, came, live.id in self._tapped, asyncio.get_running_loop().create_future())
        self._unsettled.append(shown)
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle_all(), name="exercise steps written")
        settled = await asyncio.shield(
            shown.settled
        )  # the others of its batch hear of theirs, whatever comes
        if settled is not None:
            self.wake(settled)
        elif came is _Came.ON_SCREEN and not self._is_overtaken(shown):
            await self._stopped(live)

    async def _settle_all(self) -> None:
        try:
            while self._unsettled:
                batch, self._unsettled = self._unsettled[:AT_ONCE], self._unsettled[AT_ONCE:]
                try:
                    await self._settle_some(batch)
                except Exception as error:  # noqa: BLE001 - each of them hears of it; the lease brings it again
                    for shown in batch:
                        shown.settled.set_exception(error)
        finally:
            self._settling = None

    async def _settle_some(self, batch: list["_Shown"]) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            stand = await tx.exercise_runs.find([shown.live.id for shown in batch])
            there = [(shown, stand[shown.live.id]) for shown in batch if shown.live.id in stand]
            gone = [
                stands.id
                for shown, stands in there
                if shown.came is _Came.GONE and stands.turn == shown.live.turn
            ]
            await tx.exercise_runs.end(*gone)
            settled = {
                stands.id: self._settled(stands, shown, now)
                for shown, stands in there
                if stands.id not in gone
            }
            await tx.exercise_runs.put(*settled.values())
            await tx.commit()
        for shown in batch:
            shown.settled.set_result(settled.get(shown.live.id))

    def _settled(self, stands: LiveRun, shown: "_Shown", now: datetime) -> LiveRun:
        """Where the run went on meanwhile it is shown again, unless a tap's own card stands over ours."""
        if stands.turn != shown.live.turn:
            stale = shown.came is _Came.ON_SCREEN and not self._is_overtaken(shown)
            return again(stands, now) if stale else stands
        if shown.came is _Came.LATER:
            return again(stands, now + RETRY)
        if shown.came is _Came.HELD:
            return changed(stands, waiting(stands.run))
        return changed(stands, shown_late(stands.run, self._content, now))

    def _is_overtaken(self, shown: "_Shown") -> bool:
        """Whether a tap in this process brings its card after ours."""
        return shown.overtaken or shown.live.id in self._tapped

    async def _stopped(self, live: LiveRun) -> None:
        """It was stopped in another process while we changed its card: the card says so again."""
        ended = Ended(how=Ending.STOPPED, exercise=live.run.exercise)
        try:
            await self._messenger.show_run(RunShown(id=live.id, run=ended, place=live.place))
        except DeliveryError as error:
            log.info("an ended exercise's card stays", error=type(error).__name__)
