"""A whole plan by the demo's clock: the real bot posts each thing that was previewed, in its time, once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.demo import forget
from bot.demo._clock import DemoClock
from bot.demo._stage import ZONE
from bot.demo._weeks import coming_monday
from bot.domain.occurrences import State
from bot.services.messenger import Post
from cogs.cards import preview_of
from tests.demo.newcomer import Demo
from tests.demo.plan_run import WEEKS, Run, played

pytestmark = pytest.mark.long

POSTS_A_WEEK = 11  # seven check-ins, the theme and its practice, the challenge, the closing question
SOON = timedelta(seconds=20)  # on a busy machine, between a post's time and its message's
DAY = timedelta(days=1)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Run]:
    """From March on, so that the clocks change in the plan's midst."""
    march = datetime(datetime.now(UTC).year + 1, 3, 1, tzinfo=UTC)
    async with played(tmp_path, after=march) as run:
        yield run


@pytest.mark.timeout(90)
async def test_every_post_of_twelve_weeks_comes_once_in_its_time_and_as_it_was_previewed(run: Run) -> None:
    assert len(run.promised) == WEEKS * POSTS_A_WEEK
    promised = [(one.due.at, one.schedule.kind, one.prompt.id) for one in run.promised if one.prompt]
    assert [(one.due, one.kind, one.prompt) for one in run.kept] == promised
    assert {one.state for one in run.kept} == {State.SENT}
    _, *posts = run.said_in("tuesday-circle")  # the first is the circle's welcome
    assert [one.id for one in posts] == [one.message for one in run.kept]
    _looks_as_previewed(run)
    offsets = {one.due.astimezone(ZONE).utcoffset() for one in run.kept}
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}
    _facilitators_heard(run)


def _looks_as_previewed(run: Run) -> None:
    content = run.demo.trellis.services.content
    for promised, kept in zip(run.promised, run.kept, strict=True):
        assert promised.prompt is not None
        message = run.message(kept)
        assert kept.due <= datetime.fromisoformat(message.timestamp) < kept.due + SOON
        shown = preview_of(Post(run.circle, promised.prompt, None), content).embed.to_dict()
        assert {part: message.embeds[0].get(part) for part in shown} == shown


def _facilitators_heard(run: Run) -> None:
    """A digest on each week's last day, and that the plan ends, 7 and 2 days before."""
    letters = run.said_in("tuesday-facilitators")
    dates = {datetime.fromisoformat(one.timestamp).astimezone(ZONE).date() for one in letters}
    over = run.monday + timedelta(weeks=WEEKS)
    assert {over - timedelta(weeks=week, days=1) for week in range(WEEKS)} <= dates
    assert {over - 7 * DAY, over - 2 * DAY} <= dates


def test_the_clock_goes_on_from_where_it_was_and_never_back(tmp_path: Path) -> None:
    first = DemoClock(tmp_path / "clock")
    assert abs(first.now() - datetime.now(UTC)) < SOON
    ahead = first.now() + 40 * DAY
    first.forward(ahead)
    first.forward(ahead - DAY)
    assert first.now() >= ahead
    assert DemoClock(tmp_path / "clock").now() >= ahead
    forget(tmp_path)
    assert DemoClock(tmp_path / "clock").now() < ahead - 30 * DAY


def test_a_clock_can_begin_in_the_past_and_comes_to_the_present_once(tmp_path: Path) -> None:
    clock = DemoClock(tmp_path / "clock")
    clock.begin(datetime.now(UTC) - 16 * DAY)
    assert abs(clock.now() - datetime.now(UTC) + 16 * DAY) < SOON
    assert DemoClock(tmp_path / "clock").is_behind
    clock.forward(datetime.now(UTC))
    clock.begin(datetime.now(UTC) - 16 * DAY)  # begun already
    assert not DemoClock(tmp_path / "clock").is_behind
    assert abs(DemoClock(tmp_path / "clock").now() - datetime.now(UTC)) < SOON


@pytest.mark.timeout(120)
async def test_fast_weeks_stop_cleanly_in_their_midst_and_the_next_demo_goes_on_from_there(
    tmp_path: Path,
) -> None:
    monday = coming_monday(datetime.now(UTC))
    reached = datetime.combine(monday + DAY, time(12), ZONE)
    async with Demo.started(tmp_path, "--fast", "--pace", "0") as fast:
        async with asyncio.timeout(60):
            while DemoClock(tmp_path / "clock").now() < reached:  # noqa: ASYNC110 - another process moves it
                await asyncio.sleep(0.1)
        assert await fast.stop() == 0
    async with Demo.started(tmp_path) as plain:
        assert DemoClock(tmp_path / "clock").now() >= reached
        assert await plain.stop() == 0


def test_a_plan_begins_on_this_monday_only_while_its_first_post_is_still_to_come() -> None:
    monday = date(2027, 3, 1)
    early, late = (datetime.combine(monday, at, ZONE) for at in (time(8, 30), time(8, 50)))
    assert coming_monday(early) == monday
    assert coming_monday(late) == monday + 7 * DAY
