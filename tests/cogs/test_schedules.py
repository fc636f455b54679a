"""Recurring posts: added, listed with their next dates, left out, previewed, posted by hand just once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.cogs.house import House, text_of


async def schedule(house: House, command: str, **options: Any) -> Any:
    """Runs a `/schedule` command; the settled outcome."""
    outcome = await house.facilitator.command(f"schedule {command}", house.channel, **options)
    await outcome.settled(3)
    return outcome


async def named(house: House, text: str) -> str:
    """The value that autocomplete offers for a schedule."""
    choices = await house.facilitator.autocomplete(
        "schedule remove", house.channel, focused="schedule", schedule=text
    )
    return str(choices[0]["value"])


async def test_a_fresh_circle_has_its_daily_check_in(house: House) -> None:
    await house.circle()
    said = text_of((await schedule(house, "list")).message)
    assert "check-in, daily at 09:00" in said
    assert said.count("<t:") == 3


async def test_a_schedule_is_added_listed_and_removed(house: House) -> None:
    await house.circle()
    said = text_of((await schedule(house, "add", kind="boundary", time="18:30", days="mon,wed")).message)
    assert "boundary, mon, wed at 18:30" in said
    assert "Europe/Berlin" in said
    assert "boundary, mon, wed at 18:30" in text_of((await schedule(house, "list")).message)
    await schedule(house, "remove", schedule=await named(house, "boundary"))
    assert "boundary" not in text_of((await schedule(house, "list")).message)


async def test_a_schedule_is_found_by_its_name_too(house: House) -> None:
    await house.circle()
    outcome = await schedule(house, "remove", schedule="Check-in, daily at 09:00")
    assert "Removed" in text_of(outcome.message)
    outcome = await schedule(house, "remove", schedule="check-in, daily at 09:00")
    assert "can't find that schedule" in text_of(outcome.message)


@pytest.mark.parametrize(
    ("time", "days", "said"),
    [("25:61", "daily", "“25:61”"), ("09:00", "someday", "“someday”"), ("09:00", "daily", "already")],
)
async def test_what_cannot_be_read_is_said_back(house: House, time: str, days: str, said: str) -> None:
    await house.circle()
    outcome = await schedule(house, "add", kind="check-in", time=time, days=days)
    assert said in text_of(outcome.message)
    assert outcome.message.ephemeral


async def test_a_skipped_date_is_not_posted_and_the_promise_log_says_so(house: House) -> None:
    await house.circle()
    outcome = await schedule(house, "skip", schedule=await named(house, "check-in"))
    assert "Nothing is posted on" in text_of(outcome.message)
    before = len(house.messages(house.facilitator))
    house.clock.step(timedelta(days=1))
    await house.tick()
    assert len(house.messages(house.facilitator)) == before
    outcome = await house.facilitator.command("about", house.channel)
    assert "skipped" in text_of(outcome.message)


async def test_a_preview_is_private_and_posts_nothing(house: House) -> None:
    await house.circle()
    before = len(house.messages(house.facilitator))
    outcome = await schedule(house, "preview", schedule=await named(house, "check-in"))
    assert outcome.message.ephemeral
    assert len(text_of(outcome.message)) > 40
    assert len(house.messages(house.facilitator)) == before


async def test_posting_now_ten_times_at_once_posts_once(house: House) -> None:
    await house.circle()
    before = len(house.messages(house.facilitator))
    await asyncio.gather(*(schedule(house, "post-now", kind="check-in") for _ in range(10)))
    assert len(house.messages(house.facilitator)) == before + 1
    house.clock.step(timedelta(minutes=2))
    await schedule(house, "post-now", kind="check-in")
    assert len(house.messages(house.facilitator)) == before + 2


@pytest.mark.parametrize("kind", ["check-in", "boundary", "theme", "reflection"])
async def test_each_kind_can_be_posted_by_hand(house: House, kind: str) -> None:
    await house.circle()
    outcome = await schedule(house, "post-now", kind=kind)
    said = text_of(outcome.message)
    assert "It is up: https://discord.com/channels/" in said or "no text planned" in said


async def test_a_post_that_discord_refuses_is_told_in_a_sentence(house: House) -> None:
    await house.circle()
    house.channel.overwrite(house.application.bot, deny=0x800)
    outcome = await schedule(house, "post-now", kind="check-in")
    assert "permission is missing" in text_of(outcome.message)


async def test_only_facilitators_change_the_schedules(house: House) -> None:
    await house.circle()
    manager = house.member("Sam", house.guild.add_role("Manager", permissions=0x20))
    for command, options in (("list", {}), ("post-now", {"kind": "check-in"})):
        outcome = await manager.command(f"schedule {command}", house.channel, **options)
        await outcome.settled(3)
        assert "facilitators" in text_of(outcome.message)


async def test_the_daily_check_in_is_posted_when_it_is_due(house: House) -> None:
    await house.circle()
    before = len(house.messages(house.facilitator))
    house.clock.step(timedelta(days=1))
    house.clock.set(house.clock.now().replace(hour=8, minute=5))  # 09:05 in Berlin, in winter
    await house.tick()
    posts = house.messages(house.facilitator)[before:]
    assert len(posts) == 1
    assert "check-in:weather:" in str(posts[0].components)
