"""The demo's story: a second circle, a member's first check-in, and all of it there after a restart."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.demo.newcomer import Demo, free_port, latest, run_command
from tests.page.browser import ARGS, NoBrowser, find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    try:
        chromium = find_chromium()
    except NoBrowser as none:
        pytest.fail(str(none), pytrace=False)
    async with async_playwright() as playwright:
        one = await playwright.chromium.launch(executable_path=chromium, args=[*ARGS])
        expect.set_options(timeout=10_000)
        yield one
        await one.close()


@pytest.mark.timeout(180)
async def test_a_newcomer_sets_a_circle_up_joins_answers_and_finds_it_all_after_a_restart(
    tmp_path: Path, browser: Browser
) -> None:
    port = free_port()
    async with Demo.started(tmp_path, port=port) as demo:
        await takes_the_tour(await demo.arrive(browser))
        mara = await demo.visit(browser, "Mara", "thursday-circle")
        await sets_up_a_second_circle(mara)
        assert await demo.stop() == 0

    async with Demo.started(tmp_path, port=port) as again:
        robin = await again.visit(browser, "Robin", "tuesday-circle")
        await finds_the_answer(robin)
        assert await again.stop() == 0


async def takes_the_tour(page: Page) -> None:
    """Stop by stop, and does at each what it offers."""
    await page.get_by_role("button", name="Take the tour: 7 stops").click()
    tour = page.get_by_role("complementary", name="Guided tour")
    for stop, tried in enumerate(
        (joins, answers, steadies_herself, sees_a_fortnight, approves, sees_who_has_it, sees_the_plan), 1
    ):
        await expect(tour).to_contain_text(f"Stop {stop} of 7")
        await tried(page)
        await tour.get_by_role("button", name="Next").or_(tour.get_by_text("End the tour")).click()
    await expect(tour).to_be_hidden()


async def sets_up_a_second_circle(page: Page) -> None:
    await run_command(
        page,
        "circle setup",
        channel="thursday-circle",
        facilitators="thursday-facilitators",
        role="Thursday facilitator",
        timezone="Europe/London",
    )
    await expect(latest(page, "thursday-circle stands")).to_contain_text("Only you can see this")
    await page.get_by_role("button", name="Post a check-in now").click()
    await expect(page.get_by_role("button", name="Answer privately")).to_be_visible()


async def joins(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_contain_text("tuesday-circle")
    await page.get_by_role("button", name="Join", exact=True).first.click()
    await page.get_by_role("checkbox", name=re.compile("^Keep my check-ins")).check()
    await page.get_by_role("button", name="Submit").click()
    await expect(latest(page, "Welcome to Tuesday circle")).to_be_visible()


async def answers(page: Page) -> None:
    await taps_weather(page, "Storm")
    await expect(latest(page, "6 people have answered")).to_contain_text("Storm")
    await page.get_by_role("button", name="Answer privately").last.click()
    await page.get_by_role("textbox", name=re.compile("^Note")).fill("The kettle, every morning.")
    await page.get_by_role("button", name="Submit").click()
    await expect(latest(page, "Storm")).to_be_visible()


async def steadies_herself(page: Page) -> None:
    await page.get_by_role("combobox", name="Message Trellis").fill("ground me")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Safe enough")).to_be_visible()


async def sees_a_fortnight(page: Page) -> None:
    await run_command(page, "streak")
    await expect(latest(page, "Came back")).to_contain_text("1 time")
    await expect(page.get_by_role("img", name=re.compile("weeks of one commitment"))).to_be_visible()


async def approves(page: Page) -> None:
    await latest(page, "A member offers words").get_by_role("button", name="Read and decide").click()
    await expect(latest(page, "Offered to the circle")).to_contain_text("I said no to a phone call")
    await page.get_by_role("button", name="Approve", exact=True).click()
    await expect(latest(page, "Approved")).to_be_visible()


async def sees_who_has_it(page: Page) -> None:
    await expect(latest(page, "pressed Ask a facilitator")).to_contain_text("@Mara has this one.")


async def sees_the_plan(page: Page) -> None:
    await run_command(page, "theme calendar")
    await expect(page.get_by_role("img", name="Themes of Tuesday circle")).to_be_visible()


async def finds_the_answer(page: Page) -> None:
    await page.get_by_role("button", name="Answer privately").last.click()
    note = page.get_by_role("textbox", name=re.compile("^Note"))
    await expect(note).to_have_value("The kettle, every morning.")
    await page.get_by_role("button", name="Cancel").click()
    await taps_weather(page, "Clear")
    await expect(latest(page, "Clear")).to_contain_text("Only you can see this")


async def taps_weather(page: Page, weather: str) -> None:
    menu = page.get_by_role("combobox", name=re.compile("Today's weather"))
    await menu.or_(page.get_by_role("button", name=re.compile("Today's weather"))).last.click()
    await page.get_by_role("option", name=weather, exact=True).click()
