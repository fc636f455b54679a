"""The demo's story: two weeks that the real bot lives before anybody is at the page: today has a past."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.demo import QUICK, Demo, is_cut_off, opened_demo, tour
from bot.demo._clock import DemoClock
from bot.demo._stage import ZONE
from bot.demo._story import CHECK_IN, DAYS, OFFERED, WAITING, Story, beginning
from bot.domain.accounts import Platform
from bot.domain.occurrences import State
from sandbox.world import Message

MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Demo, list[int]]]:
    """The demo when its story has come to the present, and the days that were named meanwhile."""
    days: list[int] = []
    folder = tmp_path_factory.mktemp("demo")
    async with opened_demo(folder, limits=QUICK, begin=beginning()) as demo, demo.serving():
        await demo.cast.open()
        story = Story(demo.trellis, demo.clock, demo.stage, demo.cast)
        await story.play(lambda day, _of: days.append(day))
        yield demo, days


def written(message: Message) -> datetime:
    return datetime.fromisoformat(message.timestamp)


@pytest.mark.asyncio(loop_scope="module")
async def test_today_the_circle_is_in_its_third_week_and_nothing_of_its_past_was_missed(
    told: tuple[Demo, list[int]],
) -> None:
    demo, days = told
    circle_posts = demo.sandbox.world.messages(demo.stage.home)
    async with demo.trellis.storage.read() as tx:
        circle = await tx.circles.at_channel(Platform.DISCORD, demo.stage.home.id)
        assert circle is not None
        kept = await tx.occurrences.since(circle.id, circle.made_at)
        plan = await tx.plans.of(circle.id)
    today = demo.clock.now().astimezone(ZONE).date()
    assert plan.number_of(today) == 3
    assert {one.state for one in kept} == {State.SENT}
    shown = {message.id: message for message in circle_posts}
    posts = [(one, shown[one.message]) for one in kept if one.message]
    assert all(one.due <= written(message) < one.due + MINUTE for one, message in posts)
    assert {message.timestamp[:10] for message in circle_posts} >= {
        f"{today - timedelta(days=day)}" for day in range(1, DAYS + 1)
    }
    asked = demo.cast.newest(demo.stage.home, CHECK_IN)
    assert asked is not None
    assert written(asked).astimezone(ZONE).date() == today
    assert days == sorted(days)
    assert (days[0], days[-1]) == (0, DAYS)


@pytest.mark.asyncio(loop_scope="module")
async def test_words_went_up_others_wait_and_who_asked_for_a_person_has_one(
    told: tuple[Demo, list[int]],
) -> None:
    demo, _ = told
    world, office = demo.sandbox.world, demo.stage.facilitators
    circle = str([message.embeds for message in world.messages(demo.stage.home)])
    assert OFFERED in circle
    assert WAITING not in circle
    assert not [each for each in demo.cast.member("Ada").messages(demo.stage.home) if each.ephemeral]
    queue = (await demo.cast.facilitator.command("review", office)).message
    assert WAITING in str(queue.embeds if queue else None)
    [alert] = [one for one in world.messages(office) if "pressed Ask a facilitator" in one.content]
    assert "has this one" in alert.content


@pytest.mark.asyncio(loop_scope="module")
async def test_every_stop_of_the_tour_leads_to_what_it_speaks_of(told: tuple[Demo, list[int]]) -> None:
    demo, _ = told
    stops = tour.stops(demo.sandbox, demo.stage, demo.cast)
    assert len(stops) == 7
    world = demo.sandbox.world
    assert all(world.sees(stop.person, stop.channel) for stop in stops)
    shown = {stop.title: stop.message for stop in stops}
    assert [title for title, message in shown.items() if message is None] == [
        "Something to steady yourself, in private",
        "Two weeks with a gap and a return",
        "Twelve weeks that can be seen and changed",
    ]
    assert shown["One tap is a whole check-in"] is demo.cast.newest(demo.stage.home, CHECK_IN)


def test_a_story_that_was_cut_off_begins_anew_and_one_that_was_told_does_not(tmp_path: Path) -> None:
    assert not is_cut_off(tmp_path)
    clock = DemoClock(tmp_path / "clock")
    clock.begin(beginning())
    assert is_cut_off(tmp_path)
    clock.forward(datetime.now(UTC))
    assert not is_cut_off(tmp_path)
