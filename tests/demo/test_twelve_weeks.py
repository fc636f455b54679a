"""A whole plan by the demo's clock: the real bot posts each thing that was previewed, in its time, once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.demo import Demo, opened_demo
from bot.demo._clock import DemoClock
from bot.demo._stage import ZONE
from bot.demo._weeks import Weeks, coming_monday
from bot.domain.accounts import Account, Actor, Platform
from bot.domain.circles import Circle
from bot.domain.occurrences import Occurrence, State
from bot.domain.outlook import Foreseen
from bot.services.messenger import Post
from cogs.cards import preview_of
from sandbox import Limits
from sandbox.world import Message

WIDE = Limits(channel_messages=10_000)
POSTS_A_WEEK = 11  # seven check-ins, the theme and its practice, the challenge, the closing question
AT_ONCE = timedelta(seconds=20)  # of a busy machine, between a post's time and its message's
SOON = timedelta(days=1)


@dataclass
class Run:
    """A plan that was previewed, then played to its end."""

    demo: Demo
    circle: Circle
    monday: date
    promised: list[Foreseen]
    kept: list[Occurrence]

    def message(self, id_: str | None) -> Message:
        assert id_ is not None
        return self.demo.stage.home.messages[id_]


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Run]:
    """From a Monday in March on, so that the clocks change in the plan's midst."""
    async with opened_demo(tmp_path, limits=WIDE) as demo:
        demo.clock.forward(_next_march(demo.clock.now()))
        weeks = Weeks(demo.trellis, demo.clock, demo.stage, demo.cast, pace=0)
        await weeks.begin()
        monday = coming_monday(demo.clock.now())
        async with demo.serving():
            await demo.cast.open(post=False)
            await demo.cast.lay_plan(monday)
            circle = await _circle(demo)
            promised = await _previewed(demo, circle, monday)
            began = demo.clock.now()
            await weeks.play(Console(quiet=True))
            async with demo.trellis.storage.read() as tx:
                kept = await tx.occurrences.since(circle.id, began)
            yield Run(demo, circle, monday, promised, sorted(kept, key=lambda one: one.due))


@pytest.mark.timeout(90)
async def test_every_post_of_twelve_weeks_comes_once_in_its_time_and_as_it_was_previewed(run: Run) -> None:
    assert len(run.promised) == 12 * POSTS_A_WEEK
    assert [(one.due, one.kind) for one in run.kept] == [
        (one.due.at, one.schedule.kind) for one in run.promised
    ]
    assert {one.state for one in run.kept} == {State.SENT}
    content = run.demo.trellis.services.content
    for promised, kept in zip(run.promised, run.kept, strict=True):
        assert promised.prompt is not None
        assert kept.prompt == promised.prompt.id
        message = run.message(kept.message)
        assert promised.due.at <= datetime.fromisoformat(message.timestamp) < promised.due.at + AT_ONCE
        shown = preview_of(Post(run.circle, promised.prompt, None), content).embed.to_dict()
        posted = message.embeds[0]
        assert {part: posted.get(part) for part in shown} == shown
    in_channel = [one.id for one in run.demo.sandbox.world.messages(run.demo.stage.home) if one.author.bot]
    assert in_channel[1:] == [one.message for one in run.kept]  # the first is the circle's welcome
    assert _offsets(run.promised) == {timedelta(hours=1), timedelta(hours=2)}
    _warned_in_time(run)


def _warned_in_time(run: Run) -> None:
    """The facilitators hear that the plan ends, 7 and 2 days before, and get a digest each week."""
    dates = [
        datetime.fromisoformat(one.timestamp).astimezone(ZONE).date()
        for one in run.demo.sandbox.world.messages(run.demo.stage.facilitators)
        if one.author.bot
    ]
    after = run.monday + timedelta(weeks=12)
    assert {after - timedelta(days=7), after - timedelta(days=2)} <= set(dates)
    assert {after - timedelta(weeks=week, days=1) for week in range(12)} <= set(dates)


def test_the_clock_goes_on_from_where_it_was_and_never_back(tmp_path: Path) -> None:
    first = DemoClock(tmp_path / "clock")
    assert abs(first.now() - datetime.now(UTC)) < timedelta(seconds=5)
    ahead = first.now() + 40 * SOON
    first.forward(ahead)
    first.forward(ahead - SOON)
    assert first.now() >= ahead
    assert DemoClock(tmp_path / "clock").now() >= ahead


def test_a_plan_begins_on_this_monday_only_while_its_first_post_is_still_to_come() -> None:
    monday = date(2027, 3, 1)
    early, late = (datetime.combine(monday, at, ZONE) for at in (time(8, 30), time(8, 50)))
    assert coming_monday(early) == monday
    assert coming_monday(late) == monday + timedelta(weeks=1)


def _next_march(now: datetime) -> datetime:
    return datetime(now.year + 1, 3, 1, 3, tzinfo=UTC)


def _offsets(promised: list[Foreseen]) -> set[timedelta | None]:
    return {one.due.at.astimezone(ZONE).utcoffset() for one in promised}


async def _circle(demo: Demo) -> Circle:
    async with demo.trellis.storage.read() as tx:
        circle = await tx.circles.at_channel(Platform.DISCORD, demo.stage.home.id)
    assert circle is not None
    return circle


async def _previewed(demo: Demo, circle: Circle, monday: date) -> list[Foreseen]:
    """What the facilitator is shown of each week, before any of it is posted."""
    account = Account(Platform.DISCORD, demo.stage.facilitator.id)
    mara = Actor(account=account, server=demo.stage.guild.id, roles=frozenset({demo.stage.role.id}))
    found: list[Foreseen] = []
    for week in range(12):
        seen = await demo.trellis.services.themes.week(mara, circle.id, monday + timedelta(weeks=week))
        found += seen.posts
    return found
