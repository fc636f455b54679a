"""Random walks through faults, restarts and time: nothing is posted twice, nothing stays unexplained."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.domain.errors import ChannelGone, CirclePaused, DeliveryError, NotPermitted, Rejected, Unreachable
from bot.domain.ids import CircleId
from bot.domain.occurrences import State
from bot.domain.schedules import DAILY, MAX_LATENESS, Kind, dues_between
from tests.clocks import SteppedClock
from tests.services.house import MARA, START, House
from tests.services.recorder import Fault, Recorder

pytestmark = pytest.mark.long

FAULTS = st.sampled_from(
    [
        Fault(Unreachable()),
        Fault(Unreachable(), applied=True),
        Fault(NotPermitted()),
        Fault(ChannelGone()),
        Fault(Rejected()),
        Fault(),
    ]
)
STEPS = st.sampled_from([1, 2, 5, 30, 130, 200, 400, 3600, 5400, 7200, 7260, 14_400, 86_400, 200_000])
CIRCLES = 2


class Walk(RuleBasedStateMachine):
    """Trellis with two circles, on a database file and a platform that both outlive its restarts."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = tempfile.TemporaryDirectory()
        self.clock = SteppedClock(START)
        self.face = Recorder(self.clock)

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    @initialize()
    def begin(self) -> None:
        self.file = Path(self._folder.name) / "trellis.db"
        shutil.copy(self.empty, self.file)
        self.house = self.do(House.open(self.file, self.clock, self.face))
        self.circles = [self.do(self.house.circle(str(10 * n))) for n in range(1, CIRCLES + 1)]

    @rule(seconds=STEPS)
    def time_passes(self, seconds: int) -> None:
        self.clock.step(timedelta(seconds=seconds))

    @rule()
    def a_second_passes_and_a_tick_comes(self) -> None:
        self.clock.step(timedelta(seconds=1))
        self.do(self.house.tick())

    @rule(faults=st.lists(FAULTS, min_size=1, max_size=3))
    def the_platform_fails(self, faults: list[Fault]) -> None:
        self.face.post_faults += faults

    @rule()
    def the_next_look_fails(self) -> None:
        self.face.find_faults.append(Fault(Unreachable()))

    @rule(yields=st.integers(0, 40))
    def it_is_killed_while_it_works(self, yields: int) -> None:
        async def killed() -> None:
            await self.house.dispatch.tick()
            for _ in range(yields):
                await asyncio.sleep(0)
            posts = [task for task in asyncio.all_tasks() if task.get_name().startswith("post ")]
            for task in posts:
                task.cancel()
            await asyncio.gather(*posts, return_exceptions=True)
            await self.house.storage.close()

        self.do(killed())
        self.house = self.do(House.open(self.file, self.clock, self.face))
        self.do(self.house.dispatch.settle())
        self.do(self.house.dispatch.drain())

    @rule()
    def two_work_at_once(self) -> None:
        async def both() -> None:
            other = await House.open(self.file, self.clock, self.face)
            await asyncio.gather(self.house.tick(), other.tick())
            await other.storage.close()

        self.do(both())

    @rule(which=st.integers(0, CIRCLES - 1))
    def a_facilitator_posts_by_hand(self, which: int) -> None:
        async def post() -> None:
            with contextlib.suppress(DeliveryError, CirclePaused):
                await self.house.schedules.post_now(MARA, self.circles[which].id, Kind.CHECK_IN)

        self.do(post())

    @rule(which=st.integers(0, CIRCLES - 1), rests=st.booleans())
    def a_circle_rests_or_goes_on(self, which: int, rests: bool) -> None:
        circles = self.house.circles
        act = circles.pause if rests else circles.resume
        self.do(act(MARA, self.circles[which].id))

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        assert all(times == 1 for times in self.face.times().values())

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self.everything_is_explained_in_the_end()
        finally:
            self._runner.close()
            self._folder.cleanup()

    def everything_is_explained_in_the_end(self) -> None:
        self.face.post_faults, self.face.find_faults = [], []
        for _ in range(4):  # waits, and then the end of lateness
            self.do(self.house.step(minutes=1))
            self.do(self.house.step(seconds=MAX_LATENESS.total_seconds() / 2 + 60))
        self.nothing_is_posted_twice()
        for circle in self.circles:
            self._is_explained(circle.id)
        self.do(self.house.storage.close())

    def _is_explained(self, id_: CircleId) -> None:
        occurrences = self.do(self.house.occurrences(id_))
        circle = self.do(self.house.circles.as_facilitator(MARA, id_))
        zone, at = circle.settings.zone, circle.settings.prompt_time
        promised = dues_between(DAILY, at, zone, after=START, until=self.clock.now())
        kept = [one for one in occurrences if one.schedule is not None]
        assert [one.due for one in kept] == [due.at for due in promised]
        posted = self.face.times()
        for one in occurrences:
            assert one.state is not State.CLAIMED
            assert (one.state is State.SENT) == (one.id in posted)
            assert (one.state is State.SENT) == (one.message is not None)
            assert (one.state is State.SENT) == (one.reason is None)


@pytest.mark.timeout(60)
def test_whatever_fails_and_whenever_nothing_is_posted_twice_and_nothing_stays_unexplained(
    migrated: Path,
) -> None:
    class Here(Walk):
        empty = migrated

    chosen = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=chosen)
