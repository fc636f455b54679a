"""The page goes by the sandbox's clock: dates, "Today", and how long until something."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from sandbox import Sandbox
from tests.clocks import SteppedClock
from tests.page.conftest import Stage, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

NOON = datetime(2031, 3, 28, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def test_today_and_in_an_hour_mean_the_sandboxs_time_and_move_on_with_it(visit: Visitor) -> None:
    clock = SteppedClock(NOON)
    async with Sandbox(clock=clock.now) as sandbox:
        owner = sandbox.world.add_user("Robin")
        guild = sandbox.world.add_guild("Workshop", owner)
        channel = guild.add_text_channel("general")
        robin = sandbox.person(owner)
        await robin.send(channel, f"At noon <t:{int((NOON + DAY).timestamp())}:R>")
        page = await visit.window(
            f"{sandbox.url}/#as={owner.id}&channel={channel.id}", timezone_id="UTC", locale="en-GB"
        )
        await expect(page.get_by_role("article")).to_contain_text("12:00")
        await expect(page.get_by_role("article")).to_contain_text("At noon tomorrow")
        assert await _days(page) == ["Today"]
        clock.step(DAY)
        await robin.send(channel, "The day after")
        await expect(page.get_by_role("article").first).to_contain_text("At noon now")
        assert await _days(page) == ["Yesterday", "Today"]
        clock.step(3 * DAY)
        await robin.send(channel, "Later still")
        await expect(page.get_by_role("article").first).to_contain_text("3 days ago")
        assert await _days(page) == ["Friday 28 March 2031", "Saturday 29 March 2031", "Today"]


async def test_how_long_until_something_is_rounded_as_discord_does(visit: Visitor, stage: Stage) -> None:
    page = await visit("Maya", stage.channel())
    said = {
        7 * DAY - timedelta(minutes=1): "in 7 days",
        timedelta(minutes=59, seconds=40): "in 1 hour",
        timedelta(minutes=59, seconds=20): "in 59 minutes",
        -timedelta(hours=1, minutes=50): "2 hours ago",
        -timedelta(hours=23, minutes=50): "yesterday",
        timedelta(seconds=40): "in 40 seconds",
    }
    shown = 'async ms => (await import("/times.js")).relative(new Date(ms), new Date(0))'
    for until, words in said.items():
        assert await page.evaluate(shown, until / timedelta(milliseconds=1)) == words


async def _days(page: Page) -> list[str]:
    return [words.replace(",", "") for words in await page.get_by_role("separator").all_inner_texts()]
