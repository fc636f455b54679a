"""`make pictures`: the README's pictures, taken from the running demo, so that they show what is.

A part alone: `make pictures PARTS=hard-moments`, for one picture that changed.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.demo import hard_moments, members
from tests.demo.newcomer import ROOT, Demo, latest, run_command
from tests.demo.test_demo import taps_weather
from tests.page.browser import ARGS, find_chromium

IMAGES = ROOT / "docs" / "images"
SETTLED_MS = 700  # for a scroll to end


async def take(*parts: str) -> None:
    """All of them, or the parts that are named."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=[*ARGS])
        for part in parts or PARTS:
            await PARTS[part](browser, _shot)
        await browser.close()


async def _of_the_demo(browser: Browser, shot: Any) -> None:
    """The tour, a check-in on a desk, the same in the dark on a phone, and what a facilitator sees."""
    with tempfile.TemporaryDirectory() as folder:
        async with Demo.started(Path(folder)) as demo:
            await _toured(await demo.arrive(browser), shot)
            await _seen_in(demo, browser, shot)


async def _toured(page: Page, shot: Any) -> None:
    """At the stop where words wait for a facilitator."""
    await page.set_viewport_size({"width": 1120, "height": 760})
    await page.get_by_role("button", name="Take the tour").click()
    tour = page.get_by_role("complementary", name="Guided tour")
    for stop in range(2, 6):
        await tour.get_by_role("button", name="Next").click()
        await expect(tour).to_contain_text(f"Stop {stop} of 7")
    await expect(latest(page, "A member offers words")).to_be_in_viewport()
    await shot(page, "tour")


async def _seen_in(demo: Demo, browser: Browser, shot: Any) -> None:
    robin = await demo.visit(browser, "Robin", "tuesday-circle", viewport={"width": 1120, "height": 860})
    await _joins(robin)
    await taps_weather(robin, "Some cloud")
    await expect(latest(robin, "6 people have answered")).to_be_visible()
    await shot(robin, "check-in")
    mara = await demo.visit(browser, "Mara", "tuesday-circle", viewport={"width": 1120, "height": 760})
    await run_command(mara, "schedule list")
    await shot(mara, "schedules")
    tall = await demo.visit(browser, "Mara", "tuesday-facilitators", viewport={"width": 1120, "height": 1010})
    await run_command(tall, "circle settings", holidays="mark")
    await run_command(tall, "theme calendar")
    await expect(tall.get_by_role("img", name="Themes of Tuesday circle").last).to_be_visible()
    await shot(tall, "calendar")
    await run_command(tall, "theme preview")
    await expect(latest(tall, "For facilitators alone")).to_be_visible()
    await shot(tall, "week")
    phone = {"width": 390, "height": 780}
    small = await demo.visit(
        browser, "Robin", "tuesday-circle", viewport=phone, color_scheme="dark", device_scale_factor=2
    )
    await small.get_by_role("button", name="Answer privately").last.click()
    await shot(small, "form-on-a-phone")


async def _joins(page: Page) -> None:
    await page.get_by_role("button", name="Join", exact=True).first.click()
    await page.get_by_role("checkbox", name=re.compile("^Keep my check-ins")).check()
    await page.get_by_role("button", name="Submit").click()
    welcome = latest(page, "Welcome to Tuesday circle")
    await welcome.get_by_role("button", name="Dismiss").or_(welcome.get_by_text("Dismiss")).last.click()
    await expect(page.get_by_text("Welcome to Tuesday circle.")).to_have_count(0)


async def _shot(page: Page, name: str) -> None:
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(SETTLED_MS)
    await page.screenshot(path=IMAGES / f"{name}.png")


PARTS = {"demo": _of_the_demo, "members": members.take, "hard-moments": hard_moments.take}

if __name__ == "__main__":
    asyncio.run(take(*sys.argv[1:]))
