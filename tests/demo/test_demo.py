"""The demo's story: a second circle, a member's first check-in, and all of it there after a restart."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.demo.newcomer import Demo, free_port, latest, run_command
from tests.page.browser import ARGS, NoBrowser, find_chromium

pytestmark = pytest.mark.browser


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
    demo = await Demo.start(tmp_path, port)
    mara = await demo.visit(browser, "Mara", "thursday-circle")
    await sets_up_a_second_circle(mara)
    robin = await demo.visit(browser, "Robin", "tuesday-circle")
    await joins_and_answers(robin)
    await sees_a_fortnight(await demo.visit(browser, "Ada", "tuesday-circle"))
    assert await demo.stop() == 0

    again = await Demo.start(tmp_path, port)
    robin = await again.visit(browser, "Robin", "tuesday-circle")
    await finds_the_answer(robin)
    assert await again.stop() == 0


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


async def joins_and_answers(page: Page) -> None:
    await expect(page.get_by_role("button", name="Answer privately")).to_be_visible()
    await page.get_by_role("button", name="Join", exact=True).first.click()
    await page.get_by_role("checkbox", name=re.compile("^Keep my check-ins")).check()
    await page.get_by_role("button", name="Submit").click()
    await expect(latest(page, "Welcome to Tuesday circle")).to_be_visible()
    await taps_weather(page, "Storm")
    await expect(latest(page, "5 people have answered")).to_contain_text("Storm")
    await page.get_by_role("button", name="Answer privately").click()
    await page.get_by_role("textbox", name=re.compile("^Note")).fill("The kettle, every morning.")
    await page.get_by_role("button", name="Submit").click()
    await expect(latest(page, "Storm")).to_be_visible()


async def sees_a_fortnight(page: Page) -> None:
    await run_command(page, "streak")
    await expect(latest(page, "Came back")).to_contain_text("1 time")
    await expect(page.get_by_role("img", name=re.compile("weeks of one commitment"))).to_be_visible()


async def finds_the_answer(page: Page) -> None:
    await page.get_by_role("button", name="Answer privately").click()
    note = page.get_by_role("textbox", name=re.compile("^Note"))
    await expect(note).to_have_value("The kettle, every morning.")
    await page.get_by_role("button", name="Cancel").click()
    await taps_weather(page, "Clear")
    await expect(latest(page, "Clear")).to_contain_text("Only you can see this")


async def taps_weather(page: Page, weather: str) -> None:
    menu = page.get_by_role("combobox", name=re.compile("Today's weather"))
    await menu.or_(page.get_by_role("button", name=re.compile("Today's weather"))).first.click()
    await page.get_by_role("option", name=weather, exact=True).click()
